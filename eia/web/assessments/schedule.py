"""Proposing an assessment, and changing what was scheduled."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, Stale
from eia.domain.people import Actor, Role
from eia.domain.policy import Permission
from eia.domain.starting import Part
from eia.usecases import rescheduling, scheduling
from eia.usecases.assessment_page import AssessmentPage, assessment_page
from eia.usecases.rescheduling import ScheduleChange, change_schedule
from eia.usecases.scheduling import ScheduleRequest, read_target, schedule_assessment, schedule_choices
from eia.usecases.search import similar_assessments
from eia.usecases.services import Services
from eia.usecases.starting import Start
from eia.web.assessments.blueprint import blueprint
from eia.web.assessments.starting import asked_earlier, chosen_start, prefilled
from eia.web.assessments.typed import Typed
from eia.web.page import page


@page(blueprint, "/assessments/new", needs=Permission.SCHEDULE, methods=("GET", "POST"))
def new(services: Services, actor: Actor) -> ResponseReturnValue:
    """Title, people, decision and target date of a new assessment."""
    earlier = asked_earlier(services, actor)
    typed = Typed(request.form if request.method == "POST" else _own(actor) | prefilled(earlier))
    this_year = _financial_year(services)
    if request.method == "POST":
        asked = _request(typed, this_year, chosen_start(earlier))
        try:
            typed.stop_at(scheduling.problems_with(asked))
            assessment_id = schedule_assessment(services, actor, asked)
        except Invalid as refusal:
            typed.refuse(refusal.problems)
        else:
            flash(gettext("The assessment is proposed. Now say what is being assessed."))
            return redirect(url_for("assessments.form", assessment_id=assessment_id, form="schedule"))
    shown = render_template(
        "assessments/new.html",
        typed=typed,
        choices=schedule_choices(services, actor),
        years=range(this_year - 1, this_year + 4),
        this_year=this_year,
        target=read_target(services, actor, typed.text("target"), this_year),
        home_department=actor.department_id,
        earlier=earlier,
        taking=request.form.getlist("take") if request.method == "POST" else list(Part),
        similar=() if earlier else similar_assessments(services, actor, typed.text("title")),
    )
    return shown, 422 if typed.problems else 200


@page(blueprint, "/assessments/<uuid:assessment_id>/details", needs=Permission.VIEW, methods=("GET", "POST"))
def details(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """Title, decision, target date and priority, changed when any of them changes."""
    view = assessment_page(services, actor, assessment_id)
    typed = Typed(request.form if request.method == "POST" else _as_typed(view))
    changed_meanwhile = False
    if request.method == "POST":
        change = _change(typed)
        try:
            typed.stop_at(rescheduling.problems_with(change))
            change_schedule(services, actor, assessment_id, change, page_version=_page_version(typed))
        except Invalid as refusal:
            typed.refuse(refusal.problems)
        except Stale:
            changed_meanwhile = True
        else:
            flash(gettext("Saved."))
            return redirect(url_for("assessments.show", assessment_id=assessment_id))
    shown = render_template(
        "assessments/details.html", page=view, typed=typed, changed_meanwhile=changed_meanwhile
    )
    return shown, 409 if changed_meanwhile else 422 if typed.problems else 200


def _own(actor: Actor) -> dict[str, str]:
    """An author proposes what they will lead, unless they say otherwise."""
    return {"lead": str(actor.id)} if Role.AUTHOR in actor.roles() else {}


def _request(typed: Typed, this_year: int, start: Start | None) -> ScheduleRequest:
    return ScheduleRequest(
        title=typed.text("title"),
        department_id=typed.chosen("department"),
        financial_year=typed.number("financial_year") or this_year,
        lead_id=typed.chosen("lead"),
        champion_id=typed.chosen("champion"),
        decision_body=typed.text("decision_body"),
        decision_on=typed.day("decision_on"),
        target=typed.text("target"),
        priority=typed.number("priority"),
        start=start,
    )


def _change(typed: Typed) -> ScheduleChange:
    return ScheduleChange(
        title=typed.text("title"),
        decision_body=typed.text("decision_body"),
        decision_on=typed.day("decision_on"),
        target=typed.text("target"),
        priority=typed.number("priority"),
    )


def _page_version(typed: Typed) -> int:
    return typed.number("page_version") or 0


def _as_typed(view: AssessmentPage) -> dict[str, str]:
    facts, on = view.facts, view.facts.decision_on
    return {
        "title": facts.title,
        "decision_body": facts.decision_body,
        "decision_on-day": str(on.day) if on else "",
        "decision_on-month": str(on.month) if on else "",
        "decision_on-year": str(on.year) if on else "",
        "target": facts.target.raw if facts.target else "",
        "priority": str(view.header.priority or ""),
    }


def _financial_year(services: Services) -> int:
    today = services.today()
    return today.year if today.month >= 4 else today.year - 1
