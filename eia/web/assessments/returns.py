"""Opening sections that a return left shut."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, NotAllowed, Stale
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases.assessment_page import assessment_page
from eia.usecases.returns import NOT_YOURS_TO_OPEN, open_more, still_shut
from eia.usecases.services import Services
from eia.web.assessments.blueprint import blueprint
from eia.web.assessments.typed import page_version
from eia.web.page import page
from eia.web.refused import in_words


@page(
    blueprint,
    "/assessments/<uuid:assessment_id>/open-sections",
    needs=Permission.VIEW,
    methods=("GET", "POST"),
)
def open_sections(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """The sections that stayed shut, to choose from."""
    view = assessment_page(services, actor, assessment_id)
    problems: dict[str, str] = {}
    if request.method == "POST":
        chosen = request.form.getlist("sections")
        try:
            open_more(services, actor, assessment_id, chosen, page_version=page_version())
        except Invalid as refusal:
            problems = in_words(refusal)
        except Stale:
            view = assessment_page(services, actor, assessment_id)
            problems = {
                "sections": gettext("Somebody changed the assessment meanwhile. Look again, then send.")
            }
        else:
            flash(gettext("Open. The lead has been told."))
            return redirect(url_for("assessments.show", assessment_id=assessment_id))
    if not view.may_open_more:
        raise NotAllowed(NOT_YOURS_TO_OPEN)
    shown = render_template(
        "assessments/open_sections.html", page=view, shut=still_shut(view.facts), problems=problems
    )
    return shown, 422 if problems else 200
