"""The history of an assessment."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases.assessment_page import assessment_history
from eia.usecases.services import Services
from eia.web.assessments.blueprint import blueprint
from eia.web.page import page


@page(blueprint, "/assessments/<uuid:assessment_id>/history", needs=Permission.READ_HISTORY)
def history(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """Who did what and when, newest first."""
    view = assessment_history(services, actor, assessment_id)
    return render_template("assessments/history.html", page=view)
