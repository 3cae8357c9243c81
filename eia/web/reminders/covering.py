"""Who gets somebody's mail while they are away."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid
from eia.domain.forms.dates import DateProblem, read_date
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases.absences import AskedAbsence, be_away, be_back, cover
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.reminders.blueprint import blueprint

ADDRESS = "/reminders/cover/<uuid:person_id>"
DAYS = ("first_day", "last_day")


@page(blueprint, ADDRESS, needs=Permission.USE, methods=("GET", "POST"))
def covering(services: Services, actor: Actor, person_id: UUID) -> ResponseReturnValue:
    """When the person is away, and the deputy who gets their mail."""
    found = cover(services, actor, person_id)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            be_away(services, actor, person_id, _typed())
        except Invalid as refusal:
            problems = {field: gettext(sentence) for field, sentence in refusal.problems.items()}
        else:
            flash(gettext("Saved. Mail goes to the deputy on these days."))
            return redirect(url_for("reminders.covering", person_id=person_id))
    shown = render_template(
        "reminders/cover.html",
        found=found,
        is_self=person_id == actor.id,
        problems_found=problems,
        anchors={name: f"{name}-day" for name in DAYS},
        parts={name: _parts(name) for name in DAYS},
        deputy=request.form.get("deputy", ""),
        colleagues=[(each.id, f"{each.name}, {each.job_title}") for each in found.colleagues],
    )
    return shown, 422 if problems else 200


@page(blueprint, f"{ADDRESS}/<uuid:absence_id>/end", needs=Permission.USE, methods=("POST",))
def back(services: Services, actor: Actor, person_id: UUID, absence_id: UUID) -> ResponseReturnValue:
    """They are here after all."""
    be_back(services, actor, person_id, absence_id)
    flash(gettext("Saved. Mail goes to them again."))
    return redirect(url_for("reminders.covering", person_id=person_id))


def _typed() -> AskedAbsence:
    first, last = (read_date(**_parts(name)) for name in DAYS)
    try:
        deputy = UUID(request.form.get("deputy", ""))
    except ValueError:
        deputy = None
    return AskedAbsence(
        first_day=None if isinstance(first, DateProblem) else first,
        last_day=None if isinstance(last, DateProblem) else last,
        deputy_id=deputy,
    )


def _parts(name: str) -> dict[str, str]:
    return {part: request.form.get(f"{name}-{part}", "").strip() for part in ("day", "month", "year")}
