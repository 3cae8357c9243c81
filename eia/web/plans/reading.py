"""The plans there are, and one plan in the columns that people know."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from eia import content
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.workflow.definition import StageDefinition
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
    return render_template(
        "plans/show.html",
        page=plan_page(services, actor, plan_id),
        stage_of=_stage,
        kinds=KINDS,
        may_import=may_import(actor),
    )


def _stage(workflow: str, stage: str) -> StageDefinition:
    return content.workflow(workflow).stage(stage)
