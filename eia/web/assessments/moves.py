"""Making a move: what it does, what it asks for, and what stands in its way."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, NotAllowed, NotFound, NotReady, Stale
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.workflow.choices import Choice
from eia.domain.workflow.definition import HELD_FROM, MoveDefinition, MoveKind, StageDefinition
from eia.domain.workflow.returns import returnable
from eia.usecases.assessment_page import AssessmentPage, assessment_page
from eia.usecases.moves import MoveMade, make_move
from eia.usecases.services import Services
from eia.web.assessments.blueprint import blueprint
from eia.web.assessments.words import move_address, titled
from eia.web.page import page


@page(
    blueprint,
    "/assessments/<uuid:assessment_id>/moves/<name>",
    needs=Permission.VIEW,
    methods=("GET", "POST"),
)
def move(services: Services, actor: Actor, assessment_id: UUID, name: str) -> ResponseReturnValue:
    """A last look before the move, and the move."""
    view = assessment_page(services, actor, assessment_id)
    if signature := _by_a_signatory(view, name):
        return redirect(move_address(assessment_id, signature))
    if request.method == "GET":
        return _show(view, name), 200
    try:
        made = make_move(
            services,
            actor,
            assessment_id,
            name,
            page_version=_page_version(),
            reasons=request.form.getlist("reasons"),
            comment=request.form.get("comment", ""),
            attested="attested" in request.form,
            sections=request.form.getlist("sections"),
        )
    except Invalid as refusal:
        return _show(view, name, problems=refusal.problems), 422
    except Stale as refusal:
        return _show(view, name, stale=refusal), 409
    except NotReady:
        return _show(view, name), 409
    return _done(view, made)


def _by_a_signatory(view: AssessmentPage, name: str) -> MoveDefinition | None:
    """A signature, or its refusal: those have pages of their own, which ask again who somebody is."""
    found = view.workflow.move(view.facts.stage, name)
    return found if found is not None and found.kind in (MoveKind.SIGN, MoveKind.REFUSE) else None


def _done(view: AssessmentPage, made: MoveMade) -> ResponseReturnValue:
    if made.assessment_id != view.facts.id:
        flash(gettext("This is the new version. The one before it stays as it was."))
    else:
        stage = titled(view.workflow.stage(made.stage))
        flash(gettext("Done. The assessment is now at: %(stage)s.", stage=stage))
    return redirect(url_for("assessments.show", assessment_id=made.assessment_id))


def _show(
    view: AssessmentPage, name: str, *, problems: Mapping[str, str] | None = None, stale: Stale | None = None
) -> str:
    choice = next((each for each in view.choices if each.move.name == name), None)
    if choice is None:
        if stale:  # it has moved on, and this move does not leave the stage it is at now
            return render_template("assessments/moved_on.html", page=view, stale=stale)
        raise NotFound
    if choice.role is None:
        raise NotAllowed(choice.refused or "This is for somebody in another role.", roles=choice.move.who)
    return render_template(
        "assessments/move.html",
        page=view,
        choice=choice,
        to=_destination(view, choice),
        problems={key: gettext(text) for key, text in (problems or {}).items()},
        stale=stale,
        reasons=_reasons(view, choice),
        sections=returnable(view.workflow, choice.move),
    )


def _destination(view: AssessmentPage, choice: Choice) -> StageDefinition:
    if choice.move.to == HELD_FROM and view.facts.held_from:
        return view.workflow.stage(view.facts.held_from)
    return view.workflow.stage(choice.move.to)


def _reasons(view: AssessmentPage, choice: Choice) -> list[tuple[str, str]]:
    listed = view.workflow.reasons[choice.move.reasons] if choice.move.reasons else ()
    return [(option.code, titled(option)) for option in listed]


def _page_version() -> int:
    """What the page showed; a form without it is as stale as can be."""
    sent = request.form.get("page_version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
