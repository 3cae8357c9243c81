"""Taking a plan into its next period."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases.plan_carry import CarryPage, NextPlan, carry_page, carry_plan_forward
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.plans.blueprint import blueprint
from eia.web.refused import in_words


@page(blueprint, "/plans/<uuid:plan_id>/carry", needs=Permission.IMPORT_PLAN, methods=("GET", "POST"))
def carry(services: Services, actor: Actor, plan_id: UUID) -> ResponseReturnValue:
    """What is open goes on in the plan of the next years, with the dates it has or others."""
    view = carry_page(services, actor, plan_id)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            next_id = carry_plan_forward(services, actor, plan_id, _asked(view))
            flash(gettext("The next plan is in place, with everything that goes on."))
            return redirect(url_for("plans.show", plan_id=next_id))
        except Invalid as refusal:
            problems = in_words(refusal)
    return render_template("plans/carry.html", view=view, problems=problems), 422 if problems else 200


def _asked(view: CarryPage) -> NextPlan:
    kept = set(request.form.getlist("carry"))
    return NextPlan(
        title=request.form.get("title", ""),
        period=request.form.get("period", ""),
        left=frozenset(item.id for item in view.open if str(item.id) not in kept),
        targets={item.id: request.form.get(f"target-{item.id}", "") for item in view.open},
        because=request.form.get("because", ""),
    )
