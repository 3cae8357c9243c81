"""Who was invited to an activity, and who has answered."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, NotFound
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases import invitations as verbs
from eia.usecases.invitations import invited_page
from eia.usecases.services import Services
from eia.web.consultation.views import ONE, blueprint
from eia.web.page import page

ANSWERS = {"answered": verbs.record_answer, "take-back": verbs.take_back}


@page(blueprint, f"{ONE}/invited", needs=Permission.VIEW, methods=("GET", "POST"))
def invited(
    services: Services, actor: Actor, assessment_id: UUID, consultation_id: UUID
) -> ResponseReturnValue:
    """Everybody invited; a name that is sent is invited too."""
    problem = ""
    if request.method == "POST":
        name = request.form.get("name", "")
        try:
            verbs.invite(services, actor, assessment_id, consultation_id, name)
            flash(gettext("Added."))
            return redirect(request.path)
        except Invalid as fault:
            problem = fault.problems["name"]
    view = invited_page(services, actor, assessment_id, consultation_id)
    shown = render_template("consultation/invited.html", page=view, problem=problem)
    return shown, 422 if problem else 200


@page(blueprint, f"{ONE}/invited/<uuid:invitation_id>", needs=Permission.EDIT_ANSWERS, methods=("POST",))
def answer(
    services: Services, actor: Actor, assessment_id: UUID, consultation_id: UUID, invitation_id: UUID
) -> ResponseReturnValue:
    """They have answered, or were not invited after all."""
    verb = ANSWERS.get(request.form.get("what", ""))
    if verb is None:
        raise NotFound
    verb(services, actor, assessment_id, consultation_id, invitation_id)
    flash(gettext("Saved."))
    return redirect(
        url_for("consultation.invited", assessment_id=assessment_id, consultation_id=consultation_id)
    )
