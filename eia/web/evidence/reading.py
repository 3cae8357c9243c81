"""What is known about each group of an assessment, and what the library could add."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.search import words_of
from eia.store.sources import Wanted
from eia.usecases.evidence_pages import evidence_page
from eia.usecases.services import Services
from eia.usecases.source_pages import library
from eia.web.evidence.blueprint import ALL, blueprint
from eia.web.item_sheet import must_be_open
from eia.web.page import page
from eia.web.paging import date_and_id, group_in


@page(blueprint, ALL, needs=Permission.VIEW)
def index(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """Sources and gaps, and group by group what is missing."""
    return render_template("evidence/index.html", page=evidence_page(services, actor, assessment_id))


@page(blueprint, f"{ALL}/library", needs=Permission.EDIT_ANSWERS)
def choose(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """Sources of the library to cite, the freshest first."""
    view = evidence_page(services, actor, assessment_id)
    must_be_open(view)
    typed = request.args.get("q", "")
    wanted = Wanted(words=words_of(typed), group=group_in(request.args.get("group", "")))
    found = library(services, actor, wanted, after=date_and_id(request.args.get("after", "")))
    return render_template("evidence/choose.html", page=view, library=found, typed=typed)
