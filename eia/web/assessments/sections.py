"""A section's questions, page by page, saved as somebody goes along; and its answers to check."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import NotAllowed, Stale
from eia.domain.forms.answers import SectionStatus, unanswered
from eia.domain.forms.pages import PageDefinition, next_page, previous_page
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.store.drafts import Draft
from eia.store.search import Found
from eia.usecases.answers import FormState, earlier_texts, read_form, save_answers
from eia.usecases.coaching import Coaching, coaching_for, is_for_checking
from eia.usecases.drafts import draft_of, drafted_pages, drop_draft
from eia.usecases.search import similar_impacts
from eia.usecases.services import Services
from eia.web.answers_summary import line_of, summary_of
from eia.web.assessments.beside import beside
from eia.web.assessments.blueprint import blueprint
from eia.web.assessments.drafts import draft_number
from eia.web.page import page
from eia.web.question_form import COMMENT, QuestionForm, answers_from, form_for

SECTION = "/assessments/<uuid:assessment_id>/<form>"


@page(blueprint, SECTION, needs=Permission.VIEW)
def form(services: Services, actor: Actor, assessment_id: UUID, form: str) -> ResponseReturnValue:
    """The first page of a section that nobody has begun; otherwise its answers."""
    state = read_form(services, actor, assessment_id, form)
    if state.closed is None and state.status is SectionStatus.NOT_STARTED and state.pages:
        return redirect(_address(state, state.pages[0]))
    return redirect(_check_address(state))


@page(blueprint, f"{SECTION}/check", needs=Permission.VIEW)
def check(services: Services, actor: Actor, assessment_id: UUID, form: str) -> ResponseReturnValue:
    """Every answer of the section, with a way to change each while the section is open."""
    state = read_form(services, actor, assessment_id, form)
    missing = unanswered(state.question_set, state.answers, state.characteristics)
    coaching = coaching_for(actor, state.facts, services.today(), form)
    return render_template(
        "assessments/check.html",
        state=state,
        facts=state.facts,
        missing=missing,
        coaching=coaching,
        drafted=drafted_pages(services, actor, assessment_id, form),
    )


@page(blueprint, f"{SECTION}/<slug>", needs=Permission.VIEW, methods=("GET", "POST"))
def form_page(
    services: Services, actor: Actor, assessment_id: UUID, form: str, slug: str
) -> ResponseReturnValue:
    """One question, or one small group; what was typed survives a mistake and another's change."""
    state = read_form(services, actor, assessment_id, form)
    here = state.page(slug)
    if state.closed is not None:
        raise NotAllowed(state.closed)
    asked, draft = _opened(services, actor, state, here)
    if not asked.validate_on_submit():
        coaching = _coaching(services, actor, state)
        shown = _show(state, here, asked, coaching, _similar(services, actor, state, here), draft)
        return shown, 422 if asked.errors else 200
    try:
        _save(services, actor, state, here, asked)
    except Stale:
        return _show_both(state, here, asked), 409
    return redirect(_after_saving(services, actor, state, here, asked))


@page(blueprint, f"{SECTION}/<slug>/earlier", needs=Permission.VIEW)
def earlier(
    services: Services, actor: Actor, assessment_id: UUID, form: str, slug: str
) -> ResponseReturnValue:
    """What a page's questions said before somebody wrote over it."""
    state, here, texts = earlier_texts(services, actor, assessment_id, form, slug)
    asked = {each.key: each for each in here.asked}
    return render_template(
        "assessments/earlier.html",
        state=state,
        facts=state.facts,
        page=here,
        texts=[(each, line_of(asked[each.key], each.value, state.characteristics)) for each in texts],
    )


def _show(
    state: FormState,
    here: PageDefinition,
    asked: QuestionForm,
    coaching: Coaching | None,
    similar: tuple[Found, ...],
    draft: Draft | None,
) -> str:
    return render_template(
        "assessments/question.html",
        **_around(state, here),
        form=asked,
        coaching=coaching,
        similar=similar,
        draft=draft,
        is_unsaved=draft is not None and _differs(asked, state),
    )


def _save(
    services: Services, actor: Actor, state: FormState, here: PageDefinition, asked: QuestionForm
) -> None:
    """What was typed is the answer now, and no draft of it is left."""
    form, seen = state.question_set.form, str(asked.page_token.data)
    save_answers(services, actor, state.facts.id, form, answers_from(asked), page_token=seen)
    if number := draft_number():
        drop_draft(services, actor, state.facts.id, form, here.slug, number=number)


def _after_saving(
    services: Services, actor: Actor, state: FormState, here: PageDefinition, asked: QuestionForm
) -> str:
    """Where the button said: to a comment, back to the assessment, or on to the next question."""
    assessment_id, form = state.facts.id, state.question_set.form
    if request.form.get("save") == COMMENT:
        return url_for("comments.new", assessment_id=assessment_id, section=form, page=here.slug)
    if asked.is_draft:
        flash(gettext("Saved. You can come back to it at any time."))
        return _show_address(state)
    return _onwards(read_form(services, actor, assessment_id, form), here.slug)


def _coaching(services: Services, actor: Actor, state: FormState) -> Coaching | None:
    """Beside the questions only where somebody checks the whole assessment."""
    form = state.question_set.form
    if not is_for_checking(state.facts, form):
        return None
    return coaching_for(actor, state.facts, services.today(), form)


def _differs(asked: QuestionForm, state: FormState) -> bool:
    """Whether the fields say anything else than the stored answers do."""
    return any(state.answers.get(key) != value for key, value in answers_from(asked).items())


def _opened(
    services: Services, actor: Actor, state: FormState, here: PageDefinition
) -> tuple[QuestionForm, Draft | None]:
    """The page's form, with what the person typed before and did not save."""
    given = (state.question_set, here, state.answers, state.characteristics)
    saved = form_for(*given, token=state.token(here))
    if request.method == "POST":
        return saved, None
    draft = draft_of(services, actor, state.facts.id, state.question_set.form, here.slug)
    return (form_for(*given, typed=draft.typed), draft) if draft else (saved, None)


def _similar(services: Services, actor: Actor, state: FormState, here: PageDefinition) -> tuple[Found, ...]:
    """What others found, on the pages that ask for a group's impact."""
    if state.question_set.form != "impact" or here.characteristic is None:
        return ()
    return similar_impacts(services, actor, state.facts, here.characteristic.id)


def _show_both(state: FormState, here: PageDefinition, asked: QuestionForm) -> str:
    """Their words beside yours; saving again says that you have seen them."""
    asked.page_token.data = state.token(here)
    groups = summary_of(state.question_set, state.answers, state.characteristics)
    written = [state.written[each.key] for each in here.asked if each.key in state.written]
    return render_template(
        "assessments/stale.html",
        **_around(state, here),
        form=asked,
        theirs=next((group for group in groups if group.slug == here.slug), None),
        last=max(written, key=lambda item: item.at, default=None),
    )


def _around(state: FormState, here: PageDefinition) -> dict[str, object]:
    before = previous_page(state.pages, here.slug)
    return {
        "state": state,
        "facts": state.facts,
        "page": here,
        "place": state.pages.index(here) + 1,
        "draft_number": draft_number(),
        "beside": beside(state, here),
        "back": _address(state, before) if before else _show_address(state),
    }


def _onwards(state: FormState, slug: str) -> str:
    following = next_page(state.pages, slug)
    return _address(state, following) if following else _check_address(state)


def _address(state: FormState, there: PageDefinition) -> str:
    return url_for(
        "assessments.form_page",
        assessment_id=state.facts.id,
        form=state.question_set.form,
        slug=there.slug,
    )


def _check_address(state: FormState) -> str:
    return url_for("assessments.check", assessment_id=state.facts.id, form=state.question_set.form)


def _show_address(state: FormState) -> str:
    return url_for("assessments.show", assessment_id=state.facts.id)
