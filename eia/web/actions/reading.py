"""One action, an assessment's actions, a person's own, and all that they may see."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from eia.domain.asked import Asked
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.search import words_of
from eia.store.action_list import Filter, Which
from eia.usecases.action_list import all_actions_page
from eia.usecases.action_pages import Wanted, action_page, assessment_actions, my_actions_page
from eia.usecases.services import Services
from eia.web.actions.blueprint import blueprint
from eia.web.page import page
from eia.web.paging import date_and_id


@page(blueprint, "/actions", needs=Permission.USE)
def mine(services: Services, actor: Actor) -> ResponseReturnValue:
    """Everything I lead: what is late first."""
    wanted = Wanted(
        words=request.args.get("words", "").strip(),
        source=request.args.get("source", type=UUID),
        asked=request.args.get("asked", type=Asked),
    )
    return render_template("actions/mine.html", mine=my_actions_page(services, actor, wanted))


@page(blueprint, "/actions/all", needs=Permission.VIEW_ACTION)
def everybodys(services: Services, actor: Actor) -> ResponseReturnValue:
    """Everything that I may see, whoever leads it: what is overdue longest first."""
    typed = request.args.get("words", "").strip()
    wanted = Filter(
        which=request.args.get("which", type=Which),
        department_id=request.args.get("department", type=UUID),
        words=words_of(typed),
    )
    found = all_actions_page(services, actor, wanted, after=date_and_id(request.args.get("after", "")))
    return render_template("actions/all.html", page=found, typed=typed)


@page(blueprint, "/actions/<uuid:action_id>", needs=Permission.USE)
def show(services: Services, actor: Actor, action_id: UUID) -> ResponseReturnValue:
    """What was promised, by whom and until when, and how it is going."""
    return render_template("actions/show.html", page=action_page(services, actor, action_id))


@page(blueprint, "/assessments/<uuid:assessment_id>/actions", needs=Permission.VIEW)
def of_assessment(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """What this assessment promises."""
    return render_template("actions/index.html", page=assessment_actions(services, actor, assessment_id))


def how_late(latest: date, today: date) -> str:
    """How long ago the day was, in the largest measure that still says something."""
    days = (today - latest).days
    if days < 14:
        return ngettext("%(num)s day late", "%(num)s days late", days)
    if days < 9 * 7:
        return ngettext("%(num)s week late", "%(num)s weeks late", days // 7)
    if days < 730:
        return ngettext("%(num)s month late", "%(num)s months late", days * 12 // 365)
    return ngettext("%(num)s year late", "%(num)s years late", days // 365)


@blueprint.app_context_processor
def _names() -> dict[str, object]:
    return {"how_late": how_late}
