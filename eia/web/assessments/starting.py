"""Choosing an earlier assessment to start a new one from."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.starting import LeftOut, Part
from eia.usecases.search import similar_assessments
from eia.usecases.services import Services
from eia.usecases.starting import Earlier, Start, read_earlier
from eia.web.assessments.blueprint import blueprint
from eia.web.i18n import lazy_gettext
from eia.web.page import page

WHY_LEFT_OUT = {
    LeftOut.OLD: lazy_gettext("older than a source of its kind may be"),
    LeftOut.UNDATED: lazy_gettext("has no date, so nobody can tell whether it still holds"),
    LeftOut.GAP: lazy_gettext("a gap: check whether it still is one"),
}


@page(blueprint, "/assessments/new/earlier", needs=Permission.SCHEDULE)
def start_from(services: Services, actor: Actor) -> ResponseReturnValue:
    """Earlier assessments by what they were about, with what each found."""
    typed = request.args.get("q", "")
    found = similar_assessments(services, actor, typed)
    return render_template("assessments/start_from.html", typed=typed, found=found)


def asked_earlier(services: Services, actor: Actor) -> Earlier | None:
    """The assessment that the address asks to start from; `NotFound` when the actor may not see it."""
    earlier_id = request.args.get("started_from", type=UUID)
    return read_earlier(services, actor, earlier_id) if earlier_id else None


def chosen_start(earlier: Earlier | None) -> Start | None:
    """What was chosen to come along; a part that is not known brings nothing."""
    if earlier is None:
        return None
    chosen = set(request.form.getlist("take"))
    return Start(earlier_id=earlier.facts.id, parts=frozenset(part for part in Part if part.value in chosen))


def prefilled(earlier: Earlier | None) -> dict[str, str]:
    """What the page of a new assessment begins with."""
    if earlier is None:
        return {}
    facts = earlier.facts
    return {
        "title": facts.title,
        "department": str(facts.department_id or ""),
        "lead": str(facts.lead_id or ""),
        "decision_body": facts.decision_body,
    }


@blueprint.app_context_processor
def _names() -> dict[str, object]:
    return {"why_left_out": WHY_LEFT_OUT}
