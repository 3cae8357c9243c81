"""Thin widgets that draw the fields of question forms with the GOV.UK macros."""

from __future__ import annotations

from typing import Any, Protocol

from flask import get_template_attribute
from flask_babel import gettext
from markupsafe import Markup

from eia.domain.forms.definition import Kind, Option, Question
from eia.web.wording import prose, words

_DETAILS = "govuk_frontend_jinja/components/details/macro.html"
_BEFORE = {Kind.LONG_TEXT: "beforeInput", Kind.TEXT: "", Kind.TARGET_DATE: "", Kind.PARTY: ""}
"""Where guidance stands between label and control; not beside a one-line input, which it would push aside."""


class Drawn(Protocol):
    """What a widget needs to know of a field."""

    id: str
    name: str
    question: Question
    is_heading: bool

    @property
    def error(self) -> str:
        """The first thing to put right, or nothing."""


class GovukWidget:
    """Draws a field with the macro that is named after its question's kind."""

    def __call__(self, field: Drawn, **_: object) -> Markup:
        """The field with its label or legend, hint, guidance and error."""
        macro = get_template_attribute("questions/widgets.html", field.question.kind)
        drawn: Markup = macro(field, params(field))
        return drawn


def params(field: Drawn) -> dict[str, Any]:
    """What every GOV.UK macro is told: id, name, label and legend, hint, error and guidance."""
    told: dict[str, Any] = {"id": field.id, "idPrefix": field.id, "name": field.name}
    told["label"] = {"text": label(field), **_size(field, "govuk-label")}
    told["fieldset"] = {"legend": {"text": label(field), **_size(field, "govuk-fieldset__legend")}}
    if text := hint(field):
        told["hint"] = {"text": text}
    if field.error:
        told["errorMessage"] = {"text": field.error, "visuallyHiddenText": gettext("Error")}
    if field.question.guidance:
        told["guidance"] = guidance(field)
        if place := _BEFORE.get(field.question.kind, "beforeInputs"):
            told["formGroup"] = {place: {"html": told["guidance"]}}
    return told


def label(field: Drawn) -> str:
    """The question's words, saying where it may be left out."""
    question = field.question
    text = words(question.label, question.label_cy)
    return text if question.required or question.when else f"{text} {gettext('(optional)')}"


def hint(field: Drawn) -> str:
    """The question's hint, and how long the answer may be."""
    question = field.question
    text = words(question.hint, question.hint_cy)
    if question.max_words is None:
        return text
    limit = gettext("Use up to %(number)s words.", number=question.max_words)
    return f"{text} {limit}".strip()


def guidance(field: Drawn) -> Markup:
    """The question's guidance, folded away until somebody wants it."""
    question = field.question
    shown = {
        "summaryText": gettext("Help with this question"),
        "html": prose(question.guidance, question.guidance_cy),
    }
    drawn: Markup = get_template_attribute(_DETAILS, "govukDetails")(shown)
    return drawn


def items(choices: tuple[Option, ...]) -> list[dict[str, Any]]:
    """The options as the macros of radios and checkboxes take them."""
    return [_item(option) for option in choices]


def _item(option: Option) -> dict[str, Any]:
    told: dict[str, Any] = {"value": option.value, "text": words(option.label, option.label_cy)}
    if option.hint:
        told["hint"] = {"text": words(option.hint, option.hint_cy)}
    if option.exclusive:
        told["behaviour"] = "exclusive"
    return told


def _size(field: Drawn, block: str) -> dict[str, Any]:
    size = "l" if field.is_heading else "s"
    return {"classes": f"{block}--{size}", "isPageHeading": field.is_heading}
