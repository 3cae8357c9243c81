"""A leased batch on its way: each mail intended just before it goes, and settled by what became of it."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from eia.domain.mail import (
    Lost,
    Mailer,
    MailerRefused,
    MailRefused,
    Post,
    RecipientRefused,
    TryLater,
    Unreachable,
    Unsure,
    next_attempt,
)
from eia.domain.mail_hold import HoldKind
from eia.mail.words import NO_LINKS
from eia.store import addresses, outbox, promises
from eia.store import reminders as ledger
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.letters import Letter, letter, mail, no_longer_holding
from eia.usecases.mail_holds import hold
from eia.usecases.one_use_links import make_links
from eia.usecases.refusals import tell_the_next_post
from eia.usecases.services import Services

LEASE = timedelta(minutes=5)  # longer than a provider needs to know what it took: it is asked after that
FRESH = timedelta(seconds=1)  # what was looked at longer ago is looked at again before it goes
LOST_IN_A_ROW = 3

_log = logging.getLogger(__name__)


class _Overtaken(Exception):
    """Somebody else took this mail since we leased it."""


class _Changed(Exception):
    """What the mail speaks of is not as it was when the mail was written."""


class Batch:
    """Leased mails, sent through as few connections as hold."""

    def __init__(self, services: Services, letters: Sequence[Letter], done: Counter[str]) -> None:
        self._services = services
        self._left = deque(letters)
        self._done = done

    def go(self, mailer: Mailer) -> str | None:
        """Send them all; why the rest was given back untouched when the mailer itself is at fault."""
        try:
            self._through(mailer)
        except MailerRefused as refusal:
            return self._stop(HoldKind.REFUSED, f"The mail server refused us: {refusal}")
        except Unreachable as fault:
            return self._stop(HoldKind.UNREACHABLE, str(fault))
        return None

    def _through(self, mailer: Mailer) -> None:
        lost = 0
        while self._left:
            before = self._done["sent"]
            with mailer.connect() as post:
                self._while_it_lasts(post)
            lost = lost + 1 if self._done["sent"] == before else 0
            if self._left and lost == LOST_IN_A_ROW:
                raise Unreachable("The connection broke again and again.")

    def _while_it_lasts(self, post: Post) -> None:
        stands = True
        while self._left and stands:
            stands = self._one(post, self._left[0])
            self._left.popleft()

    def _one(self, post: Post, written: Letter) -> bool:
        """Whether the connection still stands after this mail, which is settled.

        A fault of the mailer's own is for the whole batch and goes on up.
        """
        try:
            self._done[self._sent(post, written)] += 1
        except Lost as fault:
            self._later(written, str(fault))
            return False
        except Unsure as fault:
            self._unsure(written, str(fault))
            return False
        except TryLater as delay:
            self._later(written, str(delay))
        except RecipientRefused as refusal:
            self._ended(written, "failed", str(refusal), address_refused=True)
        except MailRefused as refusal:
            self._ended(written, "failed", str(refusal))
        return True

    def _sent(self, post: Post, written: Letter) -> str:
        """What became of a mail that nobody refused."""
        if written.item.message_id and post.has(str(written.item.id)):
            return self._settled(written)
        try:
            post.send(mail(self._services, written), partial(self._intend, written))
        except _Overtaken:
            return "overtaken"
        except _Changed:
            anew = self._written_anew(written)
            return "cancelled" if anew is None else self._sent(post, anew)
        return self._settled(written)

    def _intend(self, written: Letter) -> None:
        """Committed at the last moment before the mail can be anywhere else.

        Where what is in doubt goes again anyway, an intent that a power cut takes along costs nothing: its
        mail goes again as well, under the same Message-ID. Where a person is asked, it waits for the disk.
        """
        now, database = self._services.now(), self._services.database
        resent = self._services.mail_rules.resend_when_in_doubt
        with database.write_lightly() if resent else database.write() as work:
            if now - written.looked_at > FRESH and self._has_changed(work, written):
                raise _Changed
            if not outbox.intend(
                work.connection,
                written.item,
                payload=written.payload,
                message_id=written.message_id,
                until=now + LEASE,
            ):
                raise _Overtaken

    def _has_changed(self, work: UnitOfWork, written: Letter) -> bool:
        item = written.item
        fresh = outbox.one(work.connection, item.body_id, item.id)
        spoken_of = promises.contents(work.connection, [item], self._services.today())[item.id]
        return (fresh.recipient_email, fresh.recipient_active, spoken_of) != (
            item.recipient_email,
            item.recipient_active,
            written.contents,
        )

    def _written_anew(self, written: Letter) -> Letter | None:
        """The letter as things stand now; None, and cancelled, when it says nothing any more."""
        with self._services.database.write() as work:
            item = outbox.refreshed(work.connection, written.item)
            spoken_of = promises.contents(work.connection, [item], self._services.today())[item.id]
            ledger.cancel(work.connection, no_longer_holding(item, spoken_of))
            links = make_links(self._services, work, [item], {item.id: spoken_of})
            found = letter(self._services, item, spoken_of, links.get(item.id, NO_LINKS))
            if found is None:
                outbox.end(work.connection, item, "cancelled")
        return found

    def _settled(self, written: Letter) -> str:
        with self._services.database.write() as work:
            outbox.sent(work.connection, written.item, self._services.now())
            if written.item.address_refused:
                addresses.accept(work.connection, written.item.recipient_id)
        _note("Mail sent", written)
        return "sent"

    def _unsure(self, written: Letter, error: str) -> None:
        if self._services.mail_rules.resend_when_in_doubt:
            self._later(written, error, may_have_gone=True)
            return
        self._done["in_doubt"] += 1
        with self._services.database.write() as work:
            outbox.end(work.connection, written.item, "in_doubt", error)
        _note("Mail in doubt", written)

    def _later(self, written: Letter, error: str, *, may_have_gone: bool = False) -> None:
        item, now = written.item, self._services.now()
        since = item.tried_since or now
        due_at = next_attempt(item.tries + 1, since, now)
        if due_at is None:
            self._ended(written, "expired", error)
            return
        self._done["retried"] += 1
        with self._services.database.write() as work:
            outbox.wait(
                work.connection, item, due_at=due_at, since=since, error=error, may_have_gone=may_have_gone
            )
        _note("Mail put off", written)

    def _ended(self, written: Letter, state: str, error: str, *, address_refused: bool = False) -> None:
        self._done[state] += 1
        with self._services.database.write() as work:
            if outbox.end(work.connection, written.item, state, error, payload=written.payload):
                tell_the_next_post(self._services, work, written.item, error, address_refused=address_refused)
        _note(f"Mail {state}", written)

    def _stop(self, kind: HoldKind, reason: str) -> str:
        """A fault of the installation burns nobody: what is left waits as before."""
        with self._services.database.write() as work:
            for each in self._left:
                outbox.give_back(work.connection, each.item)
        hold(self._services, kind, reason)
        _log.warning("Mail waits: %s", kind)
        return reason


def _note(said: str, written: Letter) -> None:
    """A line of the log: which mail it was, and what it was owed to; never to whom or about what."""
    item = written.item
    about = {"mail": str(item.id), "attempt": item.attempt, "because_of": item.payload.get("correlation", "")}
    _log.info(said, extra=about)
