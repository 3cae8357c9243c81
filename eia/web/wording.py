"""The words of workflows and forms, which carry their own Welsh instead of going through gettext."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import nh3
from babel import Locale
from flask import Flask
from flask_babel import format_date, get_domain, get_locale, gettext
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from eia.domain.target_date import TargetDate, TargetKind, parse_target
from eia.web.i18n import CLOSE, OPEN, PseudoDomain

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_TAGS = {"p", "em", "strong", "ul", "ol", "li", "a", "blockquote", "code", "br"}
_CLASSES = {"p": "govuk-body", "ul": "govuk-list govuk-list--bullet", "ol": "govuk-list govuk-list--number"}


def set_up(app: Flask) -> None:
    """The names by which every template reaches a definition's words."""
    app.jinja_env.globals.update(words=words, prose=prose, understood=understood, reading=reading)


def words(english: str, welsh: str | None = None) -> str:
    """The definition's words in the reader's language; English where nobody wrote the Welsh."""
    chosen = _chosen(english, welsh)
    return f"{OPEN}{chosen}{CLOSE}" if chosen and _is_pseudo() else chosen


def prose(english: str, welsh: str | None = None) -> Markup:
    """The definition's markdown as safe HTML, in the reader's language."""
    return _html(_chosen(english, welsh), OPEN if _is_pseudo() else "", CLOSE if _is_pseudo() else "")


@lru_cache(maxsize=1024)
def _html(markdown: str, before: str, after: str) -> Markup:
    """Rendered once: it was a quarter of the time that a page took."""
    tokens = _MARKDOWN.parse(markdown)
    for token in tokens:
        _dress(token, before, after)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    clean = nh3.clean(html, tags=_TAGS, attributes={tag: {"class"} for tag in _CLASSES} | {"a": {"href"}})
    return Markup(clean)  # noqa: S704  the line above made it safe


def understood(raw: str) -> tuple[str, ...]:
    """Sentences saying how a target date as written is read, and what a person should confirm."""
    target = parse_target(raw)
    return (reading(target), *(gettext(problem) for problem in target.problems))


def _chosen(english: str, welsh: str | None) -> str:
    locale = get_locale()
    return welsh if welsh and isinstance(locale, Locale) and locale.language == "cy" else english


def _is_pseudo() -> bool:
    return isinstance(get_domain(), PseudoDomain)


def _dress(token: Token, before: str, after: str) -> None:
    if token.nesting == 1 and token.tag in _CLASSES:
        token.attrSet("class", _CLASSES[token.tag])
    for child in token.children or ():
        if child.type == "text" and child.content.strip():
            child.content = f"{before}{child.content}{after}"


def reading(target: TargetDate) -> str:
    """How a target date is read, as a sentence."""
    match target.kind:
        case TargetKind.UNKNOWN:
            return gettext("We could not read a date in this. It is kept as you wrote it.")
        case TargetKind.ONGOING:
            return gettext("We read this as: ongoing, with a check every quarter.")
        case TargetKind.EVENT:
            return gettext("We read this as: tied to something that has no date yet.")
    first, last = target.earliest, target.latest
    if first and last and first != last:
        return gettext("We read this as: from %(first)s to %(last)s.", first=_day(first), last=_day(last))
    if last and target.kind is TargetKind.BY:
        return gettext("We read this as: by %(last)s.", last=_day(last))
    if last:
        return gettext("We read this as: %(last)s.", last=_day(last))
    if first:
        return gettext("We read this as: from %(first)s, without an end.", first=_day(first))
    return gettext("We could not read a date in this. It is kept as you wrote it.")


def _day(value: date) -> str:
    return format_date(value, "d MMMM y")
