"""An assessment's page, and the lead's answer to being asked."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases.assessment_page import assessment_page
from eia.usecases.assigning import accept_lead, decline_lead
from eia.usecases.services import Services
from eia.web.assessments.blueprint import blueprint
from eia.web.page import page


@page(blueprint, "/assessments/<uuid:assessment_id>", needs=Permission.VIEW)
def show(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """Where it is, who has it, what is missing, what can be done."""
    return render_template("assessments/show.html", page=assessment_page(services, actor, assessment_id))


@page(blueprint, "/assessments/<uuid:assessment_id>/accept", needs=Permission.VIEW, methods=("POST",))
def accept(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """The lead says yes."""
    accept_lead(services, actor, assessment_id)
    flash(gettext("You lead this assessment. Thank you."))
    return redirect(url_for("assessments.show", assessment_id=assessment_id))


@page(blueprint, "/assessments/<uuid:assessment_id>/decline", needs=Permission.VIEW, methods=("GET", "POST"))
def decline(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """The lead says no, and why."""
    view = assessment_page(services, actor, assessment_id)
    because, error = request.form.get("because", ""), ""
    if request.method == "POST":
        try:
            decline_lead(services, actor, assessment_id, because)
        except Invalid as refusal:
            error = gettext(refusal.problems["because"])
        else:
            flash(gettext("You have declined. The equality officers have been told, with your reason."))
            return redirect(url_for("home.show"))
    shown = render_template("assessments/decline.html", page=view, because=because, error=error)
    return shown, 422 if error else 200
