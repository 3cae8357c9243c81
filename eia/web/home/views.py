"""A person's own work."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from eia.domain.people import Actor
from eia.domain.policy import Permission, reaches
from eia.usecases.home import home_page
from eia.usecases.operations import operations_state
from eia.usecases.services import Services
from eia.web.page import page

blueprint = Blueprint("home", __name__)


@page(blueprint, "/", needs=Permission.USE)
def show(services: Services, actor: Actor) -> ResponseReturnValue:
    """What is mine, what waits for me, what is due and what is stuck."""
    return render_template(
        "home/show.html",
        home=home_page(services, actor),
        may_schedule=bool(reaches(actor, Permission.SCHEDULE)),
        running=operations_state(services) if reaches(actor, Permission.SEE_OPERATIONS) else None,
    )
