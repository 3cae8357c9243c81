"""Digests and notices as plain text and simple HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from eia.domain.digest import Line, overdue_count
from eia.domain.mail import Letterhead, Words
from eia.mail.catalogue import translations
from eia.mail.template_check import Given, check
from eia.mail.words import NO_LINKS, LineWords, line_words, link, subject


@dataclass(frozen=True, kw_only=True)
class NoticeSubject:
    """What a notice is about: an assessment's or an action's words and page."""

    kind: str  # "your_turn", "returned", "signature_awaited"
    subject_kind: str
    subject_id: str
    title: str
    reference: str


_ALWAYS: Given = {"subject": None, "name": None, "letterhead": Letterhead, "language": None}
GIVEN: Mapping[str, Given] = {
    "digest": {**_ALWAYS, "lines": None},
    "notice": {**_ALWAYS, "sentence": None, "about": NoticeSubject, "link": None},
}
ITEMS: Given = {"line": LineWords}


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
        link=link(letterhead.base_url, about.subject_kind, about.subject_id) if about.subject_id else "",
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
        "address_refused": (
            _("Mail cannot reach %(title)s"),
            _(
                "Their address takes no mail, so you are told what their actions need until it does. Please "
                "tell them, and ask the equality officer to correct the address."
            ),
        ),
        "mail_failed": (
            _("A mail did not reach %(title)s"),
            _("It was tried and not taken. What it asked for is asked again. Please tell them."),
        ),
        "welcome_made": (
            _("A link to set a password: %(title)s"),
            _(
                "A colleague who looks after people made it, and whoever holds it can sign in as them. If "
                "you did not expect this, ask who made it and why."
            ),
        ),
        "plan_turn": (
            _("A plan is with you: %(title)s"),
            _("Please read it, then say on its page whether it may go on."),
        ),
        "plan_approved": (_("Approved: %(title)s"), _("The plan was approved.")),
        "signature_awaited": (
            _("Your signature is awaited: %(title)s"),
            _("It has been recommended. Please read it, then sign it off or refuse."),
        ),
    }
    return said.get(kind, (_("News of %(title)s"), _("Something changed. Its page says what.")))


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
    for each in (f"{name}.txt", f"{name}.html"):
        check(environment, each, GIVEN[name], ITEMS)
    return environment.get_template(f"{name}.txt"), environment.get_template(f"{name}.html")
