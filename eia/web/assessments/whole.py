"""A whole section on one page, for whoever knows the questions: the second time is faster."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eia.domain.errors import NotAllowed
from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.store.drafts import Draft
from eia.usecases.answers import FormState, page_token, read_form, save_answers
from eia.usecases.drafts import WHOLE, draft_of, drop_draft
from eia.usecases.services import Services
from eia.web.answers_summary import SummaryGroup, summary_of
from eia.web.assessments.blueprint import blueprint
from eia.web.assessments.drafts import draft_number
from eia.web.page import page
from eia.web.question_form import QuestionForm, answers_from, form_for


@page(
    blueprint,
    f"/assessments/<uuid:assessment_id>/<form>/check/{WHOLE}",
    needs=Permission.VIEW,
    methods=("GET", "POST"),
)
def whole(services: Services, actor: Actor, assessment_id: UUID, form: str) -> ResponseReturnValue:
    """Every question of the section, with what is answered already; what is unfinished is said afterwards."""
    state = read_form(services, actor, assessment_id, form)
    if state.closed is not None:
        raise NotAllowed(state.closed)
    if request.method == "GET":
        draft = draft_of(services, actor, assessment_id, form, WHOLE)
        return _show(state, _forms(state, draft), draft.number if draft else 0)
    forms = _forms(state, None)
    if [each for each in forms if not each.validate()]:  # all of them: every mistake is told at once
        return _show(state, forms, draft_number()), 422
    if theirs := _theirs(state, forms):
        return _show(state, forms, draft_number(), theirs), 409
    _save(services, actor, state, forms)
    return redirect(url_for("assessments.check", assessment_id=assessment_id, form=form))


def _forms(state: FormState, draft: Draft | None) -> tuple[QuestionForm, ...]:
    return tuple(
        form_for(
            state.question_set,
            each,
            state.answers,
            state.characteristics,
            token=state.token(each),
            typed=draft.typed if draft else None,
            among=f"{each.slug}-",
        )
        for each in state.pages
    )


def _theirs(state: FormState, forms: tuple[QuestionForm, ...]) -> dict[str, SummaryGroup]:
    """What others saved on pages that are answered otherwise here; sending again says that it was seen."""
    groups = {
        each.slug: each for each in summary_of(state.question_set, state.answers, state.characteristics)
    }
    found = {}
    for form in forms:
        unseen = form.page_token.data != state.token(form.page)
        if unseen and any(state.answers.get(key) != value for key, value in answers_from(form).items()):
            found[form.page.slug] = groups[form.page.slug]
        form.page_token.data = state.token(form.page)
    return found


def _save(services: Services, actor: Actor, state: FormState, forms: tuple[QuestionForm, ...]) -> None:
    """All pages at once, against what was just read: whoever saves in between is not written over."""
    answers: dict[AnswerKey, AnswerValue | None] = {}
    for form in forms:
        answers |= answers_from(form)
    seen = page_token({key: state.answers.get(key) for key in answers})
    name = state.question_set.form
    save_answers(services, actor, state.facts.id, name, answers, page_token=seen)
    if number := draft_number():
        drop_draft(services, actor, state.facts.id, name, WHOLE, number=number)


def _show(
    state: FormState,
    forms: tuple[QuestionForm, ...],
    number: int,
    theirs: dict[str, SummaryGroup] | None = None,
) -> str:
    return render_template(
        "assessments/whole.html",
        state=state,
        facts=state.facts,
        forms=forms,
        number=number,
        theirs=theirs or {},
        errors=[error for form in forms for error in form.error_list()],
    )
