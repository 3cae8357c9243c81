"""Sources and gaps of one assessment."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia import content
from eia.domain.errors import Invalid, NotAllowed, Stale
from eia.domain.evidence import Evidence, EvidenceKind
from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.pages import PageDefinition, pages
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases import evidence as verbs
from eia.usecases.evidence import EvidenceEntry, EvidencePage, evidence_page
from eia.usecases.services import Services
from eia.usecases.writing import token_of
from eia.web.page import page
from eia.web.question_form import QuestionForm, form_for, values_from

blueprint = Blueprint("evidence", __name__)

FORM = "evidence_source"
ALL = "/assessments/<uuid:assessment_id>/evidence"
ONE = f"{ALL}/<uuid:evidence_id>"


@page(blueprint, ALL, needs=Permission.VIEW)
def index(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """What is known group by group, and what is missing."""
    return render_template("evidence/index.html", page=evidence_page(services, actor, assessment_id))


@page(blueprint, f"{ALL}/add", needs=Permission.EDIT_ANSWERS, methods=("GET", "POST"))
def add(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """A new source or gap."""
    view = _writable(services, actor, assessment_id)
    asked, form = _form(view, None)
    if not form.validate_on_submit():
        return _show(view, asked, form)
    try:
        verbs.add_evidence(services, actor, assessment_id, _entry(form))
    except Invalid as refusal:
        return _refused(view, asked, form, refusal)
    flash(gettext("Added. Anything more that you know, or do not know?"))
    return redirect(url_for("evidence.index", assessment_id=assessment_id))


@page(blueprint, ONE, needs=Permission.EDIT_ANSWERS, methods=("GET", "POST"))
def change(services: Services, actor: Actor, assessment_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """A source or gap in other words."""
    view = _writable(services, actor, assessment_id)
    item = view.item(evidence_id)
    asked, form = _form(view, item)
    if not form.validate_on_submit():
        return _show(view, asked, form, item)
    token = str(form.page_token.data)
    try:
        verbs.change_evidence(services, actor, assessment_id, evidence_id, _entry(form), page_token=token)
    except Invalid as refusal:
        return _refused(view, asked, form, refusal, item)
    except Stale:
        form.page_token.data = token_of(item)
        return render_template("evidence/stale.html", page=view, asked=asked, form=form, item=item), 409
    flash(gettext("Saved."))
    return redirect(url_for("evidence.index", assessment_id=assessment_id))


@page(blueprint, f"{ONE}/remove", needs=Permission.EDIT_ANSWERS, methods=("GET", "POST"))
def remove(services: Services, actor: Actor, assessment_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """Asks once more, then takes it out."""
    view = _writable(services, actor, assessment_id)
    item = view.item(evidence_id)
    if request.method == "GET":
        return render_template("evidence/remove.html", page=view, item=item)
    verbs.remove_evidence(services, actor, assessment_id, evidence_id)
    flash(gettext("Removed. The history keeps that it was there."))
    return redirect(url_for("evidence.index", assessment_id=assessment_id))


def _writable(services: Services, actor: Actor, assessment_id: UUID) -> EvidencePage:
    view = evidence_page(services, actor, assessment_id)
    if view.closed is not None:
        raise NotAllowed(view.closed)
    return view


def _form(view: EvidencePage, item: Evidence | None) -> tuple[PageDefinition, QuestionForm]:
    question_set = content.question_set(view.facts.workflow, FORM)
    answers = {AnswerKey(FORM, name): value for name, value in _answers(item).items()}
    asked = pages(question_set, answers, view.characteristics)[0]
    token = token_of(item) if item else ""
    return asked, form_for(question_set, asked, answers, view.characteristics, token=token, whole=True)


def _answers(item: Evidence | None) -> dict[str, AnswerValue]:
    if item is None:
        return {}
    answers: dict[str, AnswerValue] = {
        "is_gap": item.is_gap,
        "title": item.title,
        "characteristics": item.characteristics,
        "finding": item.finding,
        "link": item.link,
    }
    if item.published_on:
        answers["published_on"] = item.published_on.isoformat()
    return answers if item.is_gap else {**answers, "kind": item.kind.value}


def _entry(form: QuestionForm) -> EvidenceEntry:
    values = values_from(form)
    is_gap, groups, published = values["is_gap"], values["characteristics"], values["published_on"]
    return EvidenceEntry(
        title=str(values["title"] or ""),
        kind=EvidenceKind.GAP if is_gap else EvidenceKind(str(values["kind"])),
        characteristics=groups if isinstance(groups, tuple) else (),
        finding=str(values["finding"] or ""),
        published_on=date.fromisoformat(str(published)) if published and not is_gap else None,
        link=str(values["link"] or ""),
    )


def _show(
    view: EvidencePage, asked: PageDefinition, form: QuestionForm, item: Evidence | None = None
) -> ResponseReturnValue:
    shown = render_template("evidence/form.html", page=view, asked=asked, form=form, item=item)
    return shown, 422 if form.errors else 200


def _refused(
    view: EvidencePage,
    asked: PageDefinition,
    form: QuestionForm,
    refusal: Invalid,
    item: Evidence | None = None,
) -> ResponseReturnValue:
    form.refuse(refusal.problems)
    return _show(view, asked, form, item)
