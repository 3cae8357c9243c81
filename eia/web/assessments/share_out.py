"""Which contributor writes which sections."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, NotAllowed, Stale
from eia.domain.people import Actor, Role
from eia.domain.policy import Permission
from eia.usecases.assessment_page import AssessmentPage, assessment_page
from eia.usecases.assigning import NOT_YOURS_TO_SHARE_OUT, sections_to_share, share_out
from eia.usecases.services import Services
from eia.web.assessments.blueprint import blueprint
from eia.web.assessments.typed import page_version
from eia.web.assessments.words import section_name
from eia.web.page import page


@page(
    blueprint,
    "/assessments/<uuid:assessment_id>/people/contributor/sections",
    needs=Permission.VIEW,
    methods=("GET", "POST"),
)
def sections(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """Every contributor with the sections that they are asked to write."""
    view = assessment_page(services, actor, assessment_id)
    if not view.may_share_out:
        raise NotAllowed(NOT_YOURS_TO_SHARE_OUT)
    chosen, error = _chosen(view), ""
    if request.method == "POST":
        try:
            share_out(services, actor, assessment_id, chosen, page_version=page_version())
        except Invalid as refusal:
            error = " ".join(gettext(text) for text in refusal.problems.values())
        except Stale:
            view = assessment_page(services, actor, assessment_id)
            error = gettext("Somebody changed the assessment meanwhile. Check this list, then save again.")
        else:
            flash(gettext("Saved."))
            return redirect(url_for("assessments.show", assessment_id=assessment_id))
    shown = render_template(
        "assessments/share_out.html",
        page=view,
        people=view.assigned(Role.CONTRIBUTOR),
        chosen=_chosen(view),
        offered=[(name, section_name(name)) for name in sections_to_share(view.facts)],
        error=error,
    )
    return shown, 422 if error else 200


def _chosen(view: AssessmentPage) -> dict[UUID, tuple[str, ...]]:
    """What was ticked for each contributor; before anything was sent, what stands."""
    people = [each.person_id for each in view.assigned(Role.CONTRIBUTOR)]
    if request.method == "POST":
        return {each: tuple(request.form.getlist(f"sections-{each}")) for each in people}
    return {each: view.chosen_for(each) for each in people}
