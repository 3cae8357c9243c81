"""How the installation is doing, what mail it sent, and its rulebook."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases.services import Services
from eia.web.page import page, public_page

blueprint = Blueprint("operations", __name__)


@public_page(blueprint, "/healthz")
def healthz(services: Services) -> ResponseReturnValue:
    """The web process answers."""
    return {"status": "ok"}


@public_page(blueprint, "/readyz")
def readyz(services: Services) -> ResponseReturnValue:
    """Whether work can be done."""
    return {"status": "ok"}


@page(blueprint, "/operations", needs=Permission.SEE_OPERATIONS)
def show(services: Services, actor: Actor) -> ResponseReturnValue:
    """How it is running, for people."""
    return render_template("operations/show.html")


@page(blueprint, "/outbox", needs=Permission.USE)
def outbox(services: Services, actor: Actor) -> ResponseReturnValue:
    """The mails, as the people who get them see them."""
    return render_template("operations/outbox.html")


@page(blueprint, "/rulebook", needs=Permission.SEE_OPERATIONS)
def rulebook(services: Services, actor: Actor) -> ResponseReturnValue:
    """The workflow that assessments follow."""
    return render_template("operations/rulebook.html")
