"""Saying who leads an action of a plan."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases.leads import LeadEntry
from eia.usecases.plan_leads import lead_page, say_who_leads
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.plans.blueprint import blueprint
from eia.web.plans.words import chosen_id
from eia.web.refused import in_words


@page(
    blueprint,
    "/plans/actions/<uuid:action_id>/lead",
    needs=Permission.MANAGE_ACTIONS,
    methods=("GET", "POST"),
)
def lead(services: Services, actor: Actor, action_id: UUID) -> ResponseReturnValue:
    """A person from the list, or a name, post or group for somebody to confirm."""
    view = lead_page(services, actor, action_id)
    problems: dict[str, str] = {}
    if request.method == "POST":
        person_id = chosen_id(request.form.get("lead", ""))
        try:
            entry = LeadEntry(name=request.form.get("name", ""), person_id=person_id)
            say_who_leads(services, actor, action_id, entry)
            flash(gettext("Saved."))
            return redirect(url_for("actions.show", action_id=action_id))
        except Invalid as refusal:
            problems = in_words(refusal)
    return render_template("plans/lead.html", view=view, problems=problems), 422 if problems else 200
