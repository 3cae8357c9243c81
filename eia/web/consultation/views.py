"""Who was asked, what they said, and what changed because of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia import content
from eia.domain.consultation import Consultation
from eia.domain.errors import NotFound
from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.pages import pages
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases import consultation as verbs
from eia.usecases.consultation import SECTION, ConsultationEntry, ConsultationPage, consultation_page
from eia.usecases.services import Services
from eia.usecases.writing import token_of
from eia.web.item_sheet import ItemSheet, must_be_open, taken_out
from eia.web.page import page
from eia.web.question_form import QuestionForm, form_for, values_from

blueprint = Blueprint("consultation", __name__)

FORM = "consultation"
PLAN = "plan"
TEXTS = ("method", "invited", "summary", "changed", "not_heard_because")
ALL = "/assessments/<uuid:assessment_id>/consultation"
ONE = f"{ALL}/<uuid:consultation_id>"


@page(blueprint, ALL, needs=Permission.VIEW)
def index(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """Every activity, and whom nobody has heard."""
    return render_template("consultation/index.html", page=consultation_page(services, actor, assessment_id))


@page(blueprint, f"{ALL}/add", needs=Permission.EDIT_ANSWERS, methods=("GET", "POST"))
def add(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """A new activity."""
    sheet = _sheet(_writable(services, actor, assessment_id), None, PLAN)
    return sheet.fill_in(
        lambda: verbs.add_consultation(services, actor, assessment_id, _entry(sheet.form, None)),
        gettext("Added. Come back when it has closed, to write what people said."),
    )


@page(blueprint, f"{ONE}/<slug>", needs=Permission.EDIT_ANSWERS, methods=("GET", "POST"))
def change(
    services: Services, actor: Actor, assessment_id: UUID, consultation_id: UUID, slug: str
) -> ResponseReturnValue:
    """One of its two pages: the plan, or what people said and what changed because of it."""
    view = _writable(services, actor, assessment_id)
    item = view.item(consultation_id)
    sheet = _sheet(view, item, slug)
    return sheet.fill_in(
        lambda: verbs.change_consultation(
            services,
            actor,
            assessment_id,
            consultation_id,
            _entry(sheet.form, item),
            page_token=str(sheet.form.page_token.data),
        ),
        gettext("Saved."),
    )


@page(blueprint, f"{ONE}/remove", needs=Permission.EDIT_ANSWERS, methods=("GET", "POST"))
def remove(
    services: Services, actor: Actor, assessment_id: UUID, consultation_id: UUID
) -> ResponseReturnValue:
    """Asks once more, then takes it out."""
    view = _writable(services, actor, assessment_id)
    return taken_out(
        SECTION,
        view,
        view.item(consultation_id),
        lambda: verbs.remove_consultation(services, actor, assessment_id, consultation_id),
    )


def _writable(services: Services, actor: Actor, assessment_id: UUID) -> ConsultationPage:
    view = consultation_page(services, actor, assessment_id)
    must_be_open(view)
    return view


def _sheet(view: ConsultationPage, item: Consultation | None, slug: str) -> ItemSheet[Consultation]:
    question_set = content.question_set(view.facts.workflow, FORM)
    answers = {AnswerKey(FORM, name): value for name, value in _answers(item).items()}
    asked = next(
        (each for each in pages(question_set, answers, view.characteristics) if each.slug == slug), None
    )
    if asked is None:
        raise NotFound
    token = token_of(item) if item else ""
    form = form_for(question_set, asked, answers, view.characteristics, token=token, whole=True)
    return ItemSheet(section=SECTION, page=view, asked=asked, form=form, item=item)


def _answers(item: Consultation | None) -> dict[str, AnswerValue]:
    if item is None:
        return {}
    answers: dict[str, AnswerValue] = {
        name: getattr(item, name) for name in (*TEXTS, "characteristics", "heard")
    }
    for name in ("opens_on", "closes_on"):
        if day := getattr(item, name):
            answers[name] = day.isoformat()
    return answers


def _entry(form: QuestionForm, item: Consultation | None) -> ConsultationEntry:
    """What the page says, with what the other page said before."""
    values = {**_answers(item), **values_from(form)}
    return ConsultationEntry(
        characteristics=_groups(values.get("characteristics")),
        heard=_groups(values.get("heard")),
        opens_on=_day(values.get("opens_on")),
        closes_on=_day(values.get("closes_on")),
        **{name: str(values.get(name) or "") for name in TEXTS},
    )


def _groups(value: AnswerValue | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _day(value: AnswerValue | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
