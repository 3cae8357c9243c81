"""Somebody leaves: who takes what they had open."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases import leaving as usecase
from eia.usecases.leaving import Leaving, hand_on
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.people.views import ONE, blueprint

NOBODY = "nobody"


@page(blueprint, f"{ONE}/leaving", needs=Permission.IMPORT_PLAN, methods=("GET", "POST"))
def leaving(services: Services, actor: Actor, person_id: UUID) -> ResponseReturnValue:
    """Each thing that is open, with whom it may go to."""
    found = usecase.leaving(services, actor, person_id)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            hand_on(services, actor, person_id, dict(_takers(found)))
        except Invalid as refusal:
            problems = {field: gettext(sentence) for field, sentence in refusal.problems.items()}
        else:
            flash(gettext("Saved. Whoever takes something is told what it needs."))
            return redirect(url_for("people.show"))
    shown = render_template(
        "people/leaving.html",
        found=found,
        key=usecase.key,
        problems_found=problems,
        choices=[
            *((str(each.id), f"{each.name}, {each.job_title}") for each in found.colleagues),
            (NOBODY, gettext("Nobody yet: remind the equality officer")),
        ],
    )
    return shown, 422 if problems else 200


def _takers(found: Leaving) -> Iterator[tuple[str, UUID | None]]:
    """What was chosen; what was not is left out."""
    known = {str(each.id): each.id for each in found.colleagues}
    for name in (*(str(each.id) for each in found.names), *map(usecase.key, found.assessments)):
        said = request.form.get(name, "")
        if said == NOBODY or said in known:
            yield name, known.get(said)
