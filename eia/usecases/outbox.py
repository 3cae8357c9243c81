"""Delivery of what is owed to people: leased, intended, sent, settled; and the outbox as people see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from eia.domain.digest import Line, digest, line
from eia.domain.errors import NotFound
from eia.domain.mail import Mail, Mailer, MailerRefused, NotSent, Post, RecipientRefused, Words
from eia.domain.people import Actor
from eia.domain.policy import Permission, Subject, may
from eia.mail.render import NoticeSubject, digest_words, message_bytes, notice_words
from eia.store import outbox, promises
from eia.store import reminders as ledger
from eia.store.outbox import OutboxItem
from eia.store.people import is_demo
from eia.store.promises import Carried, Contents
from eia.usecases.services import Services

LEASE = timedelta(minutes=5)
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60))
GIVE_UP = timedelta(hours=72)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What became of one batch; `held` says why nothing went."""

    sent: int = 0
    retried: int = 0
    failed: int = 0
    cancelled: int = 0
    held: str | None = None


@dataclass(frozen=True, kw_only=True)
class OutboxMessage:
    """One mail as the person sees it, or would: what has not gone says what it would say now."""

    id: UUID
    recipient_name: str
    recipient_email: str
    kind: str
    state: str
    error: str
    subject: str
    text: str
    html: str
    created_at: datetime
    sent_at: datetime | None


class _Overtaken(Exception):
    """Somebody else took this mail since we leased it."""


def deliver(services: Services, mailer: Mailer, *, limit: int = 100) -> Delivery:
    """Send up to `limit` mails that are due; none while mail is on hold."""
    now = services.now()
    with services.database.write() as work:
        hold = outbox.current_hold(work.connection)
        batch = () if hold else outbox.lease(work.connection, now, now + LEASE, limit)
    if not batch:
        return Delivery(held=hold.reason if hold else None)
    left = list(batch)
    done: Counter[str] = Counter()
    try:
        with mailer.connect() as post:
            while left:
                done[_deliver_one(services, post, left[0])] += 1
                left.pop(0)
    except MailerRefused as refusal:
        return _hold(services, left, f"The mail server refused us: {refusal}", done)
    except NotSent as unreachable:
        done["retried"] += _all_later(services, left, str(unreachable))
    return Delivery(
        sent=done["sent"], retried=done["retried"], failed=done["failed"], cancelled=done["cancelled"]
    )


def _deliver_one(services: Services, post: Post, item: OutboxItem) -> str:
    """What became of one mail. A fault of the mailer's own is for the whole batch and goes on up."""
    try:
        mail = _intended(services, item)
        if mail is None:
            return "cancelled"
        post.send(mail)
    except _Overtaken:
        return "overtaken"
    except RecipientRefused as refusal:
        return _ended(services, item, "failed", str(refusal))
    except MailerRefused:
        raise
    except NotSent as delay:
        return _later(services, item, str(delay))
    with services.database.write() as work:
        outbox.sent(work.connection, item, services.now())
    return "sent"


def _intended(services: Services, item: OutboxItem) -> Mail | None:
    """The mail, once its very words are kept; None, and cancelled, when nothing in it holds any more."""
    now = services.now()
    with services.database.write() as work:
        contents = promises.contents(work.connection, item)
        ledger.cancel(work.connection, _no_longer_holding(contents, item))
        words = _words(services, item, contents)
        if words is None or not item.recipient_active:
            outbox.end(work.connection, item, "cancelled")
            return None
        message_id = item.message_id or f"<{item.id}@{urlsplit(services.letterhead.base_url).hostname}>"
        at = datetime.fromisoformat(item.payload.get("date") or now.isoformat())
        payload = dict(item.payload) | {
            "subject": words.subject,
            "text": words.text,
            "html": words.html,
            "date": at.isoformat(),
        }
        if not outbox.intend(
            work.connection, item, payload=payload, message_id=message_id, until=now + LEASE
        ):
            raise _Overtaken
    raw = message_bytes(
        words,
        letterhead=services.letterhead,
        name=item.recipient_name,
        address=item.recipient_email,
        message_id=message_id,
        at=at,
    )
    return Mail(sender=services.letterhead.sender, recipient=item.recipient_email, raw=raw)


def _words(services: Services, item: OutboxItem, contents: Contents) -> Words | None:
    """The words kept at the first intent, else as they are now; None when nothing holds any more."""
    lines = [found for one in contents.reminders if (found := _line(one, item)) is not None]
    if not lines and contents.about is None:
        return None
    kept = _kept(item)
    if kept is not None:
        return kept
    person = {"name": item.recipient_name, "language": item.language}
    if contents.about is None:
        return digest_words(digest(lines), services.today(), letterhead=services.letterhead, **person)
    about = NoticeSubject(
        kind=item.payload["kind"],
        subject_kind=contents.about.kind,
        subject_id=str(contents.about.id),
        title=contents.about.title,
        reference=contents.about.source,
    )
    return notice_words(about, letterhead=services.letterhead, **person)


def _line(one: Carried, item: OutboxItem) -> Line | None:
    return line(one.rule, one.occurrence, one.promise, item.recipient_id)


def _no_longer_holding(contents: Contents, item: OutboxItem) -> list[UUID]:
    return [one.id for one in contents.reminders if _line(one, item) is None]


def _ended(services: Services, item: OutboxItem, state: str, error: str) -> str:
    with services.database.write() as work:
        outbox.end(work.connection, item, state, error)
    return state


def _later(services: Services, item: OutboxItem, error: str) -> str:
    """5, 15, 30 and 60 minutes, then hourly, until 72 hours have gone."""
    now = services.now()
    if now - item.created_at > GIVE_UP:
        return _ended(services, item, "failed", error)
    wait = RETRIES[min(item.attempt, len(RETRIES)) - 1]
    with services.database.write() as work:
        outbox.wait(work.connection, item, due_at=now + wait, error=error)
    return "retried"


def _all_later(services: Services, items: Sequence[OutboxItem], error: str) -> int:
    return sum(_later(services, item, error) == "retried" for item in items)


def _hold(services: Services, items: Sequence[OutboxItem], reason: str, done: Counter[str]) -> Delivery:
    """A configuration fault burns nobody: every mail goes back as it was, and a person is asked."""
    with services.database.write() as work:
        for item in items:
            outbox.give_back(work.connection, item)
        outbox.hold(work.connection, services.new_id(), reason, services.now())
    return Delivery(sent=done["sent"], failed=done["failed"], held=reason)


def outbox_messages(
    services: Services,
    actor: Actor,
    *,
    recipient_id: UUID | None = None,
    limit: int = 50,
    before: tuple[datetime, UUID] | None = None,
) -> tuple[OutboxMessage, ...]:
    """Mails newest first: everybody's for those who see operations, their own for anybody else.

    In a demo everybody's for everybody: its people are invented, and whoever looks round wants to see.
    """
    with services.database.read() as connection:
        whose = recipient_id if _sees_all(actor) or is_demo(connection) else actor.id
        items = outbox.of_body(connection, actor.body_id, recipient_id=whose, limit=limit, before=before)
        return tuple(_shown(services, item, promises.contents(connection, item)) for item in items)


def outbox_message(services: Services, actor: Actor, outbox_id: UUID) -> OutboxMessage:
    """One mail. Raises `NotFound` for somebody else's, unless the actor sees operations."""
    with services.database.read() as connection:
        item = outbox.one(connection, actor.body_id, outbox_id)
        if item.recipient_id != actor.id and not (_sees_all(actor) or is_demo(connection)):
            raise NotFound
        return _shown(services, item, promises.contents(connection, item))


def _sees_all(actor: Actor) -> bool:
    return may(actor, Permission.SEE_OPERATIONS, Subject(body_id=actor.body_id))


def _shown(services: Services, item: OutboxItem, contents: Contents) -> OutboxMessage:
    words = _kept(item) or _words(services, item, contents) or Words(subject="", text="", html="")
    return OutboxMessage(
        id=item.id,
        recipient_name=item.recipient_name,
        recipient_email=item.recipient_email,
        kind=item.kind,
        state=item.state,
        error=item.error,
        subject=words.subject,
        text=words.text,
        html=words.html,
        created_at=item.created_at,
        sent_at=item.sent_at,
    )


def _kept(item: OutboxItem) -> Words | None:
    if "subject" not in item.payload:
        return None
    return Words(**{part: item.payload[part] for part in ("subject", "text", "html")})
