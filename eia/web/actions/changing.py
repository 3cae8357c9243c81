"""An action promised, and an action in other words."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia import content
from eia.domain.action import Action, LeadRole
from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.evidence import Evidence
from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.answers import WRITTEN_NAME
from eia.domain.forms.pages import PageDefinition, pages
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.target_date import parse_target
from eia.usecases.action_pages import AssessmentActions, actions_to_change, assessment_actions
from eia.usecases.actions import ActionEntry, add_action, change_action
from eia.usecases.leads import LeadEntry
from eia.usecases.services import Services
from eia.web.actions.blueprint import blueprint
from eia.web.lead_choice import lead_choices, lead_entry
from eia.web.page import page
from eia.web.question_form import QuestionForm, form_for, values_from
from eia.web.wording import reading

FORM = "action"


@page(
    blueprint,
    "/assessments/<uuid:assessment_id>/actions/add",
    needs=Permission.MANAGE_ACTIONS,
    methods=("GET", "POST"),
)
def add(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """A new action, perhaps the one that closes a gap."""
    view = assessment_actions(services, actor, assessment_id)
    if view.closed is not None:
        raise NotAllowed(view.closed)
    gap = view.gap(_gap_id()) if request.args.get("gap") else None
    asked, form = _form(view, _prefilled(gap))
    if not form.validate_on_submit() or _must_look_again(form):
        return _show(view, asked, form, gap=gap)
    try:
        add_action(services, actor, assessment_id, _entry(view, form), closes_gap=gap.id if gap else None)
    except Invalid as refusal:
        form.refuse(refusal.problems)
        return _show(view, asked, form, gap=gap)
    flash(gettext("Added. %(reading)s", reading=_reading(form)))
    if gap:
        return redirect(url_for("evidence.index", assessment_id=assessment_id))
    return redirect(url_for("actions.of_assessment", assessment_id=assessment_id))


@page(
    blueprint,
    "/actions/<uuid:action_id>/change",
    needs=Permission.MANAGE_ACTIONS,
    methods=("GET", "POST"),
)
def change(services: Services, actor: Actor, action_id: UUID) -> ResponseReturnValue:
    """The action in other words, or with another lead."""
    view, item = actions_to_change(services, actor, action_id)
    asked, form = _form(view, _answers(item), token=item.row_version, only_lead=view.is_approved)
    if not form.validate_on_submit() or _must_look_again(form, known=item.target.raw):
        return _show(view, asked, form, item=item)
    version = str(form.page_token.data)
    try:
        change_action(
            services,
            actor,
            action_id,
            _entry(view, form, item),
            page_version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
        )
    except Invalid as refusal:
        form.refuse(refusal.problems)
        return _show(view, asked, form, item=item)
    except Stale:
        form.page_token.data = str(item.row_version)
        return render_template("actions/stale.html", page=view, asked=asked, form=form, item=item), 409
    flash(gettext("Saved."))
    return redirect(url_for("actions.show", action_id=action_id))


def _form(
    view: AssessmentActions,
    given: dict[str, AnswerValue],
    *,
    token: int | str = "",
    only_lead: bool = False,
) -> tuple[PageDefinition, QuestionForm]:
    question_set = content.question_set(view.facts.workflow, FORM)
    answers = {AnswerKey(FORM, name): value for name, value in given.items()}
    asked = pages(question_set, answers, view.characteristics)[0]
    if only_lead:  # approved words stay, and an approved date moves with a reason, on a page of its own
        kept = tuple(each for each in asked.asked if each.question.id == "lead")
        asked = replace(asked, asked=kept)
    return asked, form_for(
        question_set,
        asked,
        answers,
        view.characteristics,
        token=token,
        parties=lead_choices(view.people),
        whole=True,
    )


def _prefilled(gap: Evidence | None) -> dict[str, AnswerValue]:
    if gap is None:
        return {}
    given: dict[str, AnswerValue] = {"text": gettext("Close the gap: %(gap)s", gap=gap.title)}
    if len(gap.characteristics) == 1:
        given["characteristic"] = gap.characteristics[0]
    return given


def _answers(item: Action) -> dict[str, AnswerValue]:
    given: dict[str, AnswerValue] = {"text": item.text, "target": item.target.raw, "outcome": item.outcome}
    if item.characteristic:
        given["characteristic"] = item.characteristic
    if lead := _lead(item):
        given["lead"] = lead
    return given


def _lead(item: Action) -> str:
    """Who leads, as the form's field keeps it: a person's id, or the name as written."""
    for lead in item.leads:
        if lead.role is LeadRole.LEAD:
            party = lead.party
            known = party.holder_id if party.confirmed else None
            return str(known) if known else f"{WRITTEN_NAME}{party.name}"
    return ""


def _entry(view: AssessmentActions, form: QuestionForm, item: Action | None = None) -> ActionEntry:
    values = {**(_answers(item) if item else {}), **values_from(form)}
    characteristic = values.get("characteristic")
    return ActionEntry(
        text=str(values["text"] or ""),
        target=str(values["target"] or ""),
        leads=_leads(view, str(values["lead"] or ""), item),
        outcome=str(values["outcome"] or ""),
        characteristic=str(characteristic) if characteristic else None,
    )


def _leads(view: AssessmentActions, said: str, item: Action | None) -> tuple[LeadEntry, ...]:
    if item is not None and said == _lead(item):  # the same people, under the names they already have
        named = (lead for lead in item.leads if lead.role is LeadRole.LEAD)
        return tuple(LeadEntry(name=lead.party.name) for lead in named)
    entry = lead_entry(view.people, said)
    return (entry,) if entry else ()


def _must_look_again(form: QuestionForm, *, known: str = "") -> bool:
    """Words that are no clear date are shown once with how they are read, before they are kept."""
    said = str(values_from(form).get("target") or "")
    if said in ("", known, request.form.get("read_as")):
        return False
    target = parse_target(said)
    return bool(target.problems) or not target.is_certain


def _reading(form: QuestionForm) -> str:
    return reading(parse_target(str(values_from(form)["target"] or "")))


def _show(
    view: AssessmentActions,
    asked: PageDefinition,
    form: QuestionForm,
    *,
    item: Action | None = None,
    gap: Evidence | None = None,
) -> ResponseReturnValue:
    shown = render_template(
        "actions/form.html",
        page=view,
        asked=asked,
        form=form,
        item=item,
        gap=gap,
        look_again=request.method == "POST" and not form.errors,
        read_as=str(values_from(form).get("target") or "") if request.method == "POST" else "",
    )
    return shown, 422 if form.errors else 200


def _gap_id() -> UUID:
    try:
        return UUID(request.args["gap"])
    except ValueError:
        raise NotFound from None
