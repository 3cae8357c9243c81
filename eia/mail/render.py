"""Digests and notices as plain text and simple HTML, and as the bytes that travel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from eia.domain.digest import Line, overdue_count
from eia.domain.mail import Letterhead, RecipientRefused, Words
from eia.mail.words import NO_LINKS, line_words, link, subject, translations


@dataclass(frozen=True, kw_only=True)
class NoticeSubject:
    """What a notice is about: an assessment's or an action's words and page."""

    kind: str  # "your_turn", "returned", "signature_awaited"
    subject_kind: str
    subject_id: str
    title: str
    reference: str


def digest_words(
    lines: Sequence[Line],
    today: date,
    *,
    name: str,
    language: str,
    letterhead: Letterhead,
    links: Mapping[UUID, UUID] = NO_LINKS,
) -> Words:
    """A person's digest; the lines come most urgent first, and `links` answer for some of them."""
    words = [
        line_words(item, today, language=language, base_url=letterhead.base_url, links=links)
        for item in lines
    ]
    title = subject(len(lines), overdue_count(lines, today), language)
    return _rendered("digest", language, subject=title, name=name, lines=words, letterhead=letterhead)


def notice_words(about: NoticeSubject, *, name: str, language: str, letterhead: Letterhead) -> Words:
    """One notice."""
    heading, sentence = _said(about.kind, language)
    return _rendered(
        "notice",
        language,
        subject=heading % {"title": about.title},
        name=name,
        sentence=sentence,
        about=about,
        link=link(letterhead.base_url, about.subject_kind, about.subject_id),
        letterhead=letterhead,
    )


def _said(kind: str, language: str) -> tuple[str, str]:
    """The heading and the sentence of a notice; one we have no words for points to its page."""
    _ = translations(language).gettext
    said = {
        "lead_asked": (
            _("Will you lead %(title)s?"),
            _("You were asked to lead it. Please accept or decline."),
        ),
        "lead_declined": (_("No lead: %(title)s"), _("The person who was asked to lead it has declined.")),
        "assigned": (_("You are on %(title)s"), _("You were assigned to it.")),
        "commented": (
            _("Comments on %(title)s"),
            _("Somebody commented on it, or answered a comment. What was said is on its page."),
        ),
        "your_turn": (_("Your turn: %(title)s"), _("It is with you now.")),
        "returned": (_("Returned to you: %(title)s"), _("It came back with reasons. They are on its page.")),
        "sections_opened": (
            _("More of %(title)s is open"),
            _("Sections that were not returned can be changed now too."),
        ),
        "condition_delayed": (
            _("Delayed: %(title)s"),
            _("Your approval is subject to this action, and its lead says that it is delayed."),
        ),
        "condition_moved": (
            _("Its date has moved: %(title)s"),
            _("Your approval is subject to this action, and its date has moved."),
        ),
        "condition_dropped": (
            _("Dropped: %(title)s"),
            _("Your approval is subject to this action, and it will not be done."),
        ),
        "condition_carried": (
            _("Carried forward: %(title)s"),
            _("Your approval is subject to this action, and it goes on elsewhere."),
        ),
        "condition_late": (
            _("Done late: %(title)s"),
            _("Your approval is subject to this action, and it was done after its date."),
        ),
        "signature_awaited": (
            _("Your signature is awaited: %(title)s"),
            _("It has been recommended. Please read it, then sign it off or refuse."),
        ),
    }
    return said.get(kind, (_("News of %(title)s"), _("Something changed. Its page says what.")))


def message_bytes(
    words: Words, *, letterhead: Letterhead, name: str, address: str, message_id: str, at: datetime
) -> bytes:
    """The whole message: nothing in it tracks its reader, and nobody unsubscribes from work.

    Raises `RecipientRefused` for an address that cannot stand in a header: it is one person's, and must not
    hold up everybody else's mail.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = words.subject
    message["From"] = f'"{letterhead.service_name}" <{letterhead.sender}>'
    _address_to(message, address)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"  # so that nobody's absence note answers it
    message.set_content(words.text, cte="quoted-printable")
    message.add_alternative(words.html, subtype="html", cte="quoted-printable")
    return message.as_bytes()


def _address_to(message: EmailMessage, address: str) -> None:
    try:
        address.encode("ascii")
        message["To"] = address
    except (ValueError, IndexError, MessageError) as fault:
        raise RecipientRefused("The address cannot be written into a mail.") from fault


def _rendered(template: str, language: str, *, subject: str, **values: Any) -> Words:
    text, html = _templates(language, template)
    return Words(
        subject=" ".join(subject.split()),
        text=text.render(subject=subject, **values),
        html=html.render(subject=subject, language=language, **values),
    )


@cache
def _templates(language: str, name: str) -> tuple[Any, Any]:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    environment.policies["ext.i18n.trimmed"] = True
    return environment.get_template(f"{name}.txt"), environment.get_template(f"{name}.html")
