"""What a mail says: written from what it speaks of as that stands now, or as it was once sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from eia.domain.digest import Line, digest, line
from eia.domain.mail import Mail, Words
from eia.mail.message import message_bytes
from eia.mail.render import NoticeSubject, digest_words, notice_words
from eia.mail.words import NO_LINKS
from eia.store.outbox import OutboxItem
from eia.store.promises import Carried, Contents
from eia.usecases.calendar_feeds import days_of
from eia.usecases.one_use_links import with_tokens
from eia.usecases.services import Services

WRITTEN = ("subject", "text", "html", "calendar")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail in words, with what it was written from."""

    item: OutboxItem
    contents: Contents
    words: Words
    message_id: str
    at: datetime
    looked_at: datetime
    links: Mapping[str, str] = field(default_factory=dict)  # what each one-use link in the words answers for

    @property
    def payload(self) -> Mapping[str, Any]:
        """What the outbox keeps of it, so that a copy is the same to the byte."""
        said = {part: getattr(self.words, part) for part in WRITTEN}
        return {**self.item.payload, **said, "date": self.at.isoformat(), "links": dict(self.links)}


def letter(
    services: Services, item: OutboxItem, contents: Contents, links: Mapping[UUID, UUID] = NO_LINKS
) -> Letter | None:
    """The mail in words; None when nothing in it holds any more, or nobody is there to read it.

    `links` are the one-use links that were made for it, by the action that each answers for.
    """
    words = words_of(services, item, contents, links)
    if words is None or not item.recipient_active:
        return None
    return Letter(
        item=item,
        contents=contents,
        words=words,
        message_id=item.message_id or f"<{item.id}@{urlsplit(services.letterhead.base_url).hostname}>",
        looked_at=services.now(),
        at=datetime.fromisoformat(item.payload.get("date") or services.now().isoformat()),
        links=item.payload.get("links") or {str(link): str(action) for action, link in links.items()},
    )


def mail(services: Services, written: Letter) -> Mail:
    """The letter as it travels. Raises `RecipientRefused` for an address that cannot be written."""
    item, words = written.item, with_tokens(services, written.words, written.links)
    raw = message_bytes(
        words,
        letterhead=services.letterhead,
        address=item.recipient_email,
        message_id=written.message_id,
        at=written.at,
        because_of=item.payload.get("correlation", ""),
    )
    return Mail(
        key=str(item.id),
        sender=services.letterhead.sender,
        recipient=item.recipient_email,
        subject=words.subject,
        text=words.text,
        raw=raw,
    )


def words_of(
    services: Services, item: OutboxItem, contents: Contents, links: Mapping[UUID, UUID] = NO_LINKS
) -> Words | None:
    """The words kept at the first intent, else as they are now; None when nothing holds any more."""
    if item.kind == "digest":
        lines = _lines(item, contents)
        return (kept(item) or _digest(services, item, contents, lines, links)) if lines else None
    if contents.about is None and contents.person is None:
        return None
    return kept(item) or _notice(services, item, contents)


def kept(item: OutboxItem) -> Words | None:
    """The words that may have gone already."""
    if "subject" not in item.payload:
        return None
    return Words(**{part: item.payload[part] for part in WRITTEN if part in item.payload})


def unwritten(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The payload as it was before anything was written."""
    return {name: value for name, value in payload.items() if name not in (*WRITTEN, "date", "links")}


def no_longer_holding(item: OutboxItem, contents: Contents) -> list[UUID]:
    """The reminders that it would not mention today."""
    return [one.id for one in contents.reminders if _line(one) is None]


def _lines(item: OutboxItem, contents: Contents) -> list[Line]:
    return [found for one in contents.reminders if (found := _line(one)) is not None]


def _line(one: Carried) -> Line | None:
    return line(one.rule, one.occurrence, one.promise, one.recipient_id, away=one.away)


def _digest(
    services: Services, item: OutboxItem, contents: Contents, lines: list[Line], links: Mapping[UUID, UUID]
) -> Words:
    said = digest(lines)
    words = digest_words(
        said,
        services.today(),
        name=item.recipient_name,
        language=item.language,
        letterhead=services.letterhead,
        links=links,
    )
    if not contents.with_calendar:
        return words
    return replace(words, calendar=days_of(services, said, item.language))


def _notice(services: Services, item: OutboxItem, contents: Contents) -> Words:
    about, person = contents.about, contents.person
    return notice_words(
        NoticeSubject(
            kind=item.payload["kind"],
            subject_kind=about.kind if about else "",
            subject_id=str(about.id) if about else "",
            title=about.title if about else person.name if person else "",
            reference=about.source if about else "",
        ),
        name=item.recipient_name,
        language=item.language,
        letterhead=services.letterhead,
    )
