"""The plans there are, and one plan in the columns that people know."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia import content
from eia.domain.errors import Invalid, Stale
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.workflow.definition import StageDefinition
from eia.usecases.plan_approval import approval_page, move_plan
from eia.usecases.plan_readings import may_import, open_readings
from eia.usecases.plans import plan_lines, plan_page
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.plans.blueprint import blueprint
from eia.web.plans.words import KINDS


@page(blueprint, "/plans", needs=Permission.VIEW)
def index(services: Services, actor: Actor) -> ResponseReturnValue:
    """Every plan that I may see, with how its actions stand."""
    return render_template(
        "plans/index.html",
        plans=plan_lines(services, actor),
        readings=open_readings(services, actor),
        may_import=may_import(actor),
        kinds=KINDS,
    )


@page(blueprint, "/plans/<uuid:plan_id>", needs=Permission.VIEW)
def show(services: Services, actor: Actor, plan_id: UUID) -> ResponseReturnValue:
    """What the plan promises, and how far it has come."""
    return _shown(services, actor, plan_id)


@page(blueprint, "/plans/<uuid:plan_id>/approval", needs=Permission.VIEW, methods=("POST",))
def approval(services: Services, actor: Actor, plan_id: UUID) -> ResponseReturnValue:
    """A step of its approval: to scrutiny, on to whoever decides, back, or approved."""
    try:
        move_plan(
            services,
            actor,
            plan_id,
            request.form.get("move", ""),
            page_version=request.form.get("page_version", -1, type=int),
            comment=request.form.get("comment", ""),
            attested=bool(request.form.get("attested")),
        )
    except Invalid as refusal:
        move = request.form.get("move", "")
        problems = {f"{move}-{name}": gettext(text) for name, text in refusal.problems.items()}
        return _shown(services, actor, plan_id, problems), 422
    except Stale:
        flash(gettext("The plan has moved on since you saw it. Look at it again before you decide."))
    return redirect(url_for("plans.show", plan_id=plan_id))


def _shown(services: Services, actor: Actor, plan_id: UUID, problems: dict[str, str] | None = None) -> str:
    return render_template(
        "plans/show.html",
        page=plan_page(services, actor, plan_id),
        approval=approval_page(services, actor, plan_id),
        problems=problems or {},
        stage_of=_stage,
        kinds=KINDS,
        may_import=may_import(actor),
    )


def _stage(workflow: str, stage: str) -> StageDefinition:
    return content.workflow(workflow).stage(stage)
