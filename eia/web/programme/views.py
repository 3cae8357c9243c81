"""The programme of assessments."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.store.programme import Filter
from eia.usecases.programme import known_stages, programme_page
from eia.usecases.services import Services
from eia.web.page import page

blueprint = Blueprint("programme", __name__)


@page(blueprint, "/programme", needs=Permission.VIEW)
def show(services: Services, actor: Actor) -> ResponseReturnValue:
    """Assessments by department, year and stage."""
    found = programme_page(services, actor, _wanted(), after=_after())
    return render_template("programme/show.html", programme=found)


def _wanted() -> Filter:
    """What the address asks for; what cannot be read does not narrow."""
    stage = request.args.get("stage", "")
    return Filter(
        department_id=request.args.get("department", type=UUID),
        year=_number(request.args.get("year", "")),
        stage=stage if stage in known_stages() else None,
    )


def _after() -> tuple[str, int] | None:
    reference, _, version = request.args.get("after", "").rpartition("~")
    number = _number(version)
    return (reference, number) if reference and number is not None else None


def _number(text: str) -> int | None:
    """No year and no version has more digits: a database takes no more than so many."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
