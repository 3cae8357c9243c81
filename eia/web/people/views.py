"""The body's people and what they hold."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases import people
from eia.usecases.services import Services
from eia.web.page import page

blueprint = Blueprint("people", __name__)


@page(blueprint, "/people", needs=Permission.MANAGE_PEOPLE)
def show(services: Services, actor: Actor) -> ResponseReturnValue:
    """Everybody, with their roles."""
    return render_template("people/show.html", people=people.list_people(services, actor))
