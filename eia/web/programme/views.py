"""The programme of assessments."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases.services import Services
from eia.web.page import page

blueprint = Blueprint("programme", __name__)


@page(blueprint, "/programme", needs=Permission.VIEW)
def show(services: Services, actor: Actor) -> ResponseReturnValue:
    """Assessments by department, year and stage."""
    return render_template("programme/show.html")
