"""Correcting one thing that was read: an action, or an assessment that the plan promises."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.action import LeadRole
from eia.domain.errors import Invalid, NotFound, Stale
from eia.domain.people import Actor
from eia.domain.plan import PlanLead
from eia.domain.plan_check import Found, FoundAction, FoundAssessment
from eia.domain.policy import Permission
from eia.domain.target_date import parse_target
from eia.usecases.plan_checks import ActionWords, correct_assessment, lead_of
from eia.usecases.plan_checks import correct as correct_action
from eia.usecases.plan_readings import ReadingPage, reading_page
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.plans.blueprint import blueprint
from eia.web.refused import in_words

SPARE_LEADS = 2


@page(
    blueprint,
    "/plans/readings/<uuid:reading_id>/<key>",
    needs=Permission.IMPORT_PLAN,
    methods=("GET", "POST"),
)
def correct(services: Services, actor: Actor, reading_id: UUID, key: str) -> ResponseReturnValue:
    """One action or promised assessment, beside its own words in the document."""
    view = reading_page(services, actor, reading_id)
    item = view.check.one(key)
    if not isinstance(item, (FoundAction, FoundAssessment)):
        raise NotFound
    typed = request.form.to_dict() if request.method == "POST" else _as_typed(item)
    problems: dict[str, str] = {}
    if request.method == "POST" and typed.get("do") != "look":
        try:
            _save(services, actor, reading_id, item, typed)
            return redirect(url_for("plans.reading", reading_id=reading_id, _anchor=key))
        except Invalid as refusal:
            problems = in_words(refusal)
        except Stale:
            problems = {"text": gettext("Somebody changed this after you saw it. Look at it again first.")}
    return _form(view, item, typed, problems), 422 if problems else 200


def _save(services: Services, actor: Actor, reading_id: UUID, item: Found, typed: dict[str, str]) -> None:
    seen = typed.get("seen", "")
    if isinstance(item, FoundAction):
        correct_action(services, actor, reading_id, item.key, _words(typed), seen=seen)
    else:
        correct_assessment(
            services,
            actor,
            reading_id,
            item.key,
            subject=typed.get("text", ""),
            target=typed.get("target", ""),
            lead=typed.get("lead", ""),
            support=typed.get("support", ""),
            seen=seen,
        )


def _words(typed: dict[str, str]) -> ActionWords:
    return ActionWords(
        label=typed.get("label", ""),
        heading=typed.get("heading", ""),
        text=typed.get("text", "").replace("\r\n", "\n"),
        target=typed.get("target", ""),
        outcome=typed.get("outcome", "").replace("\r\n", "\n"),
        leads=_leads(typed),
        recommendations=tuple(
            int(each)
            for each in request.form.getlist("recommendations")
            if each.isdecimal() and len(each) < 6
        ),
    )


def _leads(typed: dict[str, str]) -> tuple[PlanLead, ...]:
    places = (place for place in range(20) if typed.get(f"lead-{place}", "").strip())
    return tuple(
        lead_of(typed[f"lead-{place}"], typed.get(f"role-{place}", ""), typed.get(f"post-{place}", ""))
        for place in places
    )


def _as_typed(item: FoundAction | FoundAssessment) -> dict[str, str]:
    if isinstance(item, FoundAssessment):
        now = item.now
        return {
            "text": now.subject,
            "target": now.target.raw,
            "lead": now.lead_name or "",
            "support": ", ".join(now.support),
        }
    action = item.now
    typed = {
        "label": action.label,
        "heading": action.heading,
        "text": action.text,
        "target": action.target.raw,
        "outcome": action.outcome,
    }
    for place, lead in enumerate(action.leads):
        typed |= {f"lead-{place}": lead.name, f"role-{place}": lead.role.value, f"post-{place}": lead.post}
    return typed


def _form(
    view: ReadingPage, item: FoundAction | FoundAssessment, typed: dict[str, str], problems: dict[str, str]
) -> str:
    known = view.reading.found.recommendations
    chosen = (
        request.form.getlist("recommendations")
        if request.method == "POST"
        else [str(known.index(each)) for each in item.now.recommendations if each in known]
        if isinstance(item, FoundAction)
        else []
    )
    return render_template(
        "plans/correct.html",
        page=view,
        item=item,
        is_action=isinstance(item, FoundAction),
        typed=typed,
        problems=problems,
        target=parse_target(typed.get("target", ""), period=view.reading.found.period),
        lead_places=range(max(_named(typed) + SPARE_LEADS, 3)),
        lead_roles=tuple(LeadRole),
        chosen=chosen,
    )


def _named(typed: dict[str, str]) -> int:
    return sum(1 for name, value in typed.items() if name.startswith("lead-") and value.strip())
