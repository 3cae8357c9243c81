"""Who leads, contributes to and checks an assessment."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.people import Actor, Role
from eia.domain.policy import Permission
from eia.usecases.assessment_page import AssessmentPage, assessment_page
from eia.usecases.assigning import ASSIGNABLE, NOT_YOURS_TO_ASSIGN, assign
from eia.usecases.scheduling import schedule_choices
from eia.usecases.services import Services
from eia.web.assessments.blueprint import blueprint
from eia.web.assessments.typed import page_version
from eia.web.page import page


@page(
    blueprint,
    "/assessments/<uuid:assessment_id>/people/<role>",
    needs=Permission.SCHEDULE,
    methods=("GET", "POST"),
)
def people(services: Services, actor: Actor, assessment_id: UUID, role: str) -> ResponseReturnValue:
    """One role's people, chosen from everybody."""
    held = _role(role)
    view = assessment_page(services, actor, assessment_id)
    if not view.may_assign:
        raise NotAllowed(NOT_YOURS_TO_ASSIGN)
    error = ""
    if request.method == "POST":
        try:
            assign(services, actor, assessment_id, held, _chosen(), page_version=page_version())
        except Invalid as refusal:
            error = " ".join(gettext(text) for text in refusal.problems.values())
        except Stale:
            error = gettext(
                "Somebody changed the assessment meanwhile. Check who holds the role, then save again."
            )
        else:
            flash(gettext("Saved. Whoever is new has been told."))
            return redirect(_onwards(assessment_id, held))
    shown = render_template(
        "assessments/people.html",
        page=view,
        role=held,
        error=error,
        chosen=_values(view, held),
        choices=schedule_choices(services, actor),
    )
    return shown, 422 if error else 200


def _onwards(assessment_id: UUID, held: Role) -> str:
    """Contributors are asked for some sections, or for all."""
    if held is Role.CONTRIBUTOR and _chosen():
        return url_for("assessments.sections", assessment_id=assessment_id)
    return url_for("assessments.show", assessment_id=assessment_id)


def _role(name: str) -> Role:
    if name not in {role.value for role in ASSIGNABLE}:
        raise NotFound
    return Role(name)


def _chosen() -> tuple[UUID, ...]:
    try:
        return tuple(dict.fromkeys(UUID(value) for value in request.form.getlist("people") if value))
    except ValueError:
        raise Invalid({"people": "Choose somebody from the list"}) from None


def _values(view: AssessmentPage, role: Role) -> list[str]:
    if request.method == "POST":
        return request.form.getlist("people")
    return [str(each.person_id) for each in view.assigned(role)]
