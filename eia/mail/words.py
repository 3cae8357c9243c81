"""The sentences of a mail, in the language of whoever gets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from eia.domain.digest import Line, Why
from eia.domain.reminders import ANNOUNCED, CHECK_IN, CONFIRM, GIVE_DATE
from eia.mail import occasion_words
from eia.mail.catalogue import translations
from eia.mail.occasion_words import OCCASIONS

NO_LINKS: Mapping[UUID, UUID] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class LineWords:
    """One line of a digest in words."""

    when: str
    what: str
    source: str
    promised: str
    why: str
    link: str
    is_late: bool
    answers: tuple[tuple[str, str], ...] = ()  # what the lead may say, and where


def line_words(
    line: Line, today: date, *, language: str, base_url: str, links: Mapping[UUID, UUID] = NO_LINKS
) -> LineWords:
    """What the line says on the day; `links` are the one-use links of its mail, by what they answer for."""
    return LineWords(
        when=_when(line, today, language),
        what=" ".join(line.promise.title.split()),
        source=" ".join(line.promise.source.split()),
        promised=" ".join(line.promise.target.raw.split()),
        why=_why_you(line, language),
        link=_page(line, base_url),
        is_late=line.has_deadline and line.days_left(today) < 0,
        answers=_answers(line, language, base_url, links),
    )


def _answers(
    line: Line, language: str, base_url: str, links: Mapping[UUID, UUID]
) -> tuple[tuple[str, str], ...]:
    """Each opens the page with the one button to press: after signing in, or by the link of this mail."""
    if line.promise.kind != "action" or line.why is not Why.LEAD or line.away:
        return ()
    _ = translations(language).gettext
    link_id = links.get(line.promise.id)
    place = f"answer/{link_id}" if link_id else f"actions/{line.promise.id}"
    said = (("on-track", _("It is on track")), ("delayed", _("It is delayed")), ("done", _("It is done")))
    return tuple((words, f"{base_url}/{place}/{name}") for name, words in said)


def _page(line: Line, base_url: str) -> str:
    promise = line.promise
    if promise.setting is None:
        return link(base_url, promise.kind, str(promise.id))
    place = occasion_words.page(promise.setting, promise.kind)
    return place and base_url + place


def link(base_url: str, kind: str, subject_id: str) -> str:
    """The page of an action, an assessment or a plan."""
    return f"{base_url}/{kind}s/{subject_id}"


def subject(count: int, late: int, language: str) -> str:
    """How many things need the person, and how many of them are late."""
    ngettext = translations(language).ngettext
    needed = ngettext("%(n)s thing needs you", "%(n)s things need you", count) % {"n": count}
    if not late:
        return needed
    return ngettext("%(needed)s: %(n)s overdue", "%(needed)s: %(n)s overdue", late) % {
        "needed": needed,
        "n": late,
    }


def spoken(day: date, language: str) -> str:
    """31 March 2009."""
    _ = translations(language).gettext
    months = (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip
    return f"{day.day} {months[day.month - 1]} {day.year}"


def _when(line: Line, today: date, language: str) -> str:
    _ = translations(language).gettext
    if line.promise.kind in OCCASIONS:
        said = occasion_words.when(line, spoken(line.occurrence, language), language)
        return said or _deadline(line, today, language)
    asked = {
        CHECK_IN: _("Ongoing: how is it going?"),
        ANNOUNCED: _("Waiting for something: has it been announced yet?"),
        GIVE_DATE: _("No date yet: when will it be done?"),
        CONFIRM: _("The date is provisional: does it still stand?"),
    }
    if line.rule in asked:
        return asked[line.rule]
    return _deadline(line, today, language)


def _deadline(line: Line, today: date, language: str) -> str:
    _, ngettext = translations(language).gettext, translations(language).ngettext
    days = line.days_left(today)
    day = spoken(line.occurrence, language)
    if days == 0:
        return _("Due today, %(day)s") % {"day": day}
    if days > 0:
        return ngettext("Due tomorrow, %(day)s", "Due in %(n)s days, on %(day)s", days) % {
            "n": days,
            "day": day,
        }
    return ngettext(
        "%(n)s day late: it was due on %(day)s", "%(n)s days late: it was due on %(day)s", -days
    ) % {
        "n": -days,
        "day": day,
    }


def _why_you(line: Line, language: str) -> str:
    """Why it is asked at all, unless it is asked of a deputy: then for whom."""
    _ = translations(language).gettext
    if line.away is None:
        again = _("It went to your deputy while you were away.") if line.was_away else ""
        return f"{_why(line, language)} {again}".rstrip()
    if line.away.until is None:
        return _("You get this because you are the deputy of %(name)s.") % {"name": line.away.name}
    return _(
        "You get this because %(name)s is away until %(day)s and you are their deputy. If it cannot wait, "
        "ask the equality officer to give it to somebody else."
    ) % {"name": line.away.name, "day": spoken(line.away.until, language)}


def _why(line: Line, language: str) -> str:
    _ = translations(language).gettext
    if line.promise.kind in OCCASIONS:
        return occasion_words.why(line, language)
    if line.why is Why.LEAD:
        return _("You are responsible for this.")
    if line.why is Why.NEXT_POST:
        return _("It has been late for a while, and yours is the next post up.")
    named = ", ".join(line.promise.named)
    if not named:
        return _("Nobody leads this yet. Please choose somebody.")
    return _(
        "Its lead is not confirmed, has left, or cannot be reached by mail: %(named)s. Please see to it."
    ) % {"named": named}
