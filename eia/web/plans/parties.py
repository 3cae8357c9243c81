"""Who the names in plans are, so that mail reaches them."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases.parties import confirm_party, known_parties, party_to_confirm
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.plans.blueprint import blueprint


@page(blueprint, "/plans/parties", needs=Permission.IMPORT_PLAN)
def parties(services: Services, actor: Actor) -> ResponseReturnValue:
    """Every name, those that nobody has confirmed first."""
    return render_template("plans/parties.html", parties=known_parties(services, actor))


@page(blueprint, "/plans/parties/<uuid:party_id>", needs=Permission.IMPORT_PLAN, methods=("GET", "POST"))
def party(services: Services, actor: Actor, party_id: UUID) -> ResponseReturnValue:
    """One name: who it is from now on, or nobody."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            holder_id = _holder()
            confirm_party(services, actor, party_id, holder_id)
        except Invalid as refusal:
            problems = {"holder": " ".join(gettext(text) for text in refusal.problems.values())}
        else:
            flash(_thanks(holder_id))
            return redirect(url_for("plans.parties"))
    found, everybody = party_to_confirm(services, actor, party_id)
    shown = render_template("plans/party.html", found=found, everybody=everybody, problems=problems)
    return shown, 422 if problems else 200


def _holder() -> UUID | None:
    said = request.form.get("holder", "")
    if said == "nobody":
        return None
    try:
        return UUID(said)
    except ValueError:
        raise Invalid({"holder": "Choose somebody from the list"}) from None


def _thanks(holder_id: UUID | None) -> str:
    if holder_id is None:
        return gettext("Nobody gets mail for this name now, until you say who it is.")
    return gettext("Confirmed. Reminders reach them from now on.")
