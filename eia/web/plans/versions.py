"""A newer version of a plan: what it changes, and why its dates move."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases.plan_checks import take_as_read
from eia.usecases.plan_versions import differences_page, import_version
from eia.usecases.plans import version_page
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.plans.blueprint import blueprint
from eia.web.plans.words import PARTS, chosen_id
from eia.web.refused import in_words


@page(
    blueprint,
    "/plans/readings/<uuid:reading_id>/differences",
    needs=Permission.IMPORT_PLAN,
    methods=("GET", "POST"),
)
def differences(services: Services, actor: Actor, reading_id: UUID) -> ResponseReturnValue:
    """Each action that the newer version changes, adds or no longer has; then the import."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            return _imported(services, actor, reading_id)
        except Invalid as refusal:
            problems = in_words(refusal)
    view = differences_page(services, actor, reading_id)
    shown = render_template("plans/differences.html", view=view, problems=problems, parts=PARTS)
    return shown, 422 if problems else 200


@page(blueprint, "/plans/<uuid:plan_id>/versions/<int:number>", needs=Permission.VIEW)
def version(services: Services, actor: Actor, plan_id: UUID, number: int) -> ResponseReturnValue:
    """What one version changed of each action."""
    view = version_page(services, actor, plan_id, number)
    return render_template("plans/version.html", view=view, parts=PARTS)


def _imported(services: Services, actor: Actor, reading_id: UUID) -> ResponseReturnValue:
    if request.form.get("as_read"):
        take_as_read(services, actor, reading_id)
    reasons = {
        action_id: text
        for name, text in request.form.items()
        if name.startswith("because-") and (action_id := chosen_id(name.removeprefix("because-")))
    }
    because = request.form.get("because", "")
    made = import_version(services, actor, reading_id, reasons=reasons, because=because)
    flash(gettext("The newer version is in place. No action was lost."))
    return redirect(url_for("plans.show", plan_id=made.plan_id))
