"""Gaps over all assessments."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.store.gaps import Wanted
from eia.usecases.gaps import gaps_page
from eia.usecases.services import Services
from eia.web.library.blueprint import blueprint
from eia.web.page import page
from eia.web.paging import date_and_id, group_in


@page(blueprint, "/gaps", needs=Permission.VIEW)
def gaps(services: Services, actor: Actor) -> ResponseReturnValue:
    """What nobody knows, those overdue first, and how many by group."""
    wanted = Wanted(
        group=group_in(request.args.get("group", "")),
        only_unpromised=request.args.get("unpromised") == "yes",
    )
    found = gaps_page(services, actor, wanted, after=date_and_id(request.args.get("after", "")))
    return render_template("library/gaps.html", page=found)
