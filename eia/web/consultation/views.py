"""Who was asked, what they said, and what changed because of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia import content
from eia.domain.consultation import Consultation
from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.pages import PageDefinition, pages
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases import consultation as verbs
from eia.usecases.consultation import ConsultationEntry, ConsultationPage, consultation_page
from eia.usecases.services import Services
from eia.usecases.writing import token_of
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
    view = _writable(services, actor, assessment_id)
    asked, form = _form(view, None, PLAN)
    if not form.validate_on_submit():
        return _show(view, asked, form)
    try:
        verbs.add_consultation(services, actor, assessment_id, _entry(form, None))
    except Invalid as refusal:
        return _refused(view, asked, form, refusal)
    flash(gettext("Added. Come back when it has closed, to write what people said."))
    return redirect(url_for("consultation.index", assessment_id=assessment_id))


@page(blueprint, f"{ONE}/<slug>", needs=Permission.EDIT_ANSWERS, methods=("GET", "POST"))
def change(
    services: Services, actor: Actor, assessment_id: UUID, consultation_id: UUID, slug: str
) -> ResponseReturnValue:
    """One of its two pages: the plan, or what people said and what changed because of it."""
    view = _writable(services, actor, assessment_id)
    item = view.item(consultation_id)
    asked, form = _form(view, item, slug)
    if not form.validate_on_submit():
        return _show(view, asked, form, item)
    token = str(form.page_token.data)
    try:
        verbs.change_consultation(
            services, actor, assessment_id, consultation_id, _entry(form, item), page_token=token
        )
    except Invalid as refusal:
        return _refused(view, asked, form, refusal, item)
    except Stale:
        form.page_token.data = token_of(item)
        return render_template("consultation/stale.html", page=view, asked=asked, form=form, item=item), 409
    flash(gettext("Saved."))
    return redirect(url_for("consultation.index", assessment_id=assessment_id))


@page(blueprint, f"{ONE}/remove", needs=Permission.EDIT_ANSWERS, methods=("GET", "POST"))
def remove(
    services: Services, actor: Actor, assessment_id: UUID, consultation_id: UUID
) -> ResponseReturnValue:
    """Asks once more, then takes it out."""
    view = _writable(services, actor, assessment_id)
    item = view.item(consultation_id)
    if request.method == "GET":
        return render_template("consultation/remove.html", page=view, item=item)
    verbs.remove_consultation(services, actor, assessment_id, consultation_id)
    flash(gettext("Removed. The history keeps that it was there."))
    return redirect(url_for("consultation.index", assessment_id=assessment_id))


def _writable(services: Services, actor: Actor, assessment_id: UUID) -> ConsultationPage:
    view = consultation_page(services, actor, assessment_id)
    if view.closed is not None:
        raise NotAllowed(view.closed)
    return view


def _form(
    view: ConsultationPage, item: Consultation | None, slug: str
) -> tuple[PageDefinition, QuestionForm]:
    question_set = content.question_set(view.facts.workflow, FORM)
    answers = {AnswerKey(FORM, name): value for name, value in _answers(item).items()}
    asked = next(
        (each for each in pages(question_set, answers, view.characteristics) if each.slug == slug), None
    )
    if asked is None:
        raise NotFound
    token = token_of(item) if item else ""
    return asked, form_for(question_set, asked, answers, view.characteristics, token=token, whole=True)


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


def _show(
    view: ConsultationPage, asked: PageDefinition, form: QuestionForm, item: Consultation | None = None
) -> ResponseReturnValue:
    shown = render_template("consultation/form.html", page=view, asked=asked, form=form, item=item)
    return shown, 422 if form.errors else 200


def _refused(
    view: ConsultationPage,
    asked: PageDefinition,
    form: QuestionForm,
    refusal: Invalid,
    item: Consultation | None = None,
) -> ResponseReturnValue:
    form.refuse(refusal.problems)
    return _show(view, asked, form, item)
