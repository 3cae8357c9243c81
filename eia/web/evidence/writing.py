"""Sources cited or entered, gaps admitted, put into other words, and taken out."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Stale
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases import evidence as verbs
from eia.usecases.evidence import SECTION
from eia.usecases.evidence_pages import EvidencePage, evidence_page
from eia.usecases.gaps import promise_to_close
from eia.usecases.services import Services
from eia.usecases.source_pages import source_page
from eia.web.evidence import sheets
from eia.web.evidence.blueprint import ALL, ONE, blueprint
from eia.web.item_sheet import back_to_list, must_be_open, taken_out
from eia.web.page import page
from eia.web.question_form import values_from
from eia.web.wording import understood

BOTH = ("GET", "POST")


@page(blueprint, f"{ALL}/add", needs=Permission.EDIT_ANSWERS, methods=BOTH)
def add(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """A source that joins the library."""
    sheet = sheets.source_sheet(_writable(services, actor, assessment_id))
    return sheet.fill_in(
        lambda: verbs.add_evidence(services, actor, assessment_id, sheets.source_entry(sheet.form)),
        gettext("Added, and in the library for other assessments to cite."),
    )


@page(blueprint, f"{ALL}/cite/<uuid:source_id>", needs=Permission.EDIT_ANSWERS, methods=BOTH)
def cite(services: Services, actor: Actor, assessment_id: UUID, source_id: UUID) -> ResponseReturnValue:
    """What a source of the library says here."""
    view = _writable(services, actor, assessment_id)
    source = source_page(services, actor, source_id).source
    sheet = sheets.citation_sheet(view, source)
    return sheet.fill_in(
        lambda: verbs.add_evidence(
            services, actor, assessment_id, sheets.citation_entry(sheet.form, source_id, source)
        ),
        gettext("Added from the library."),
    )


@page(blueprint, f"{ALL}/add-gap", needs=Permission.EDIT_ANSWERS, methods=BOTH)
def add_gap(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """Something nobody knows, with who will see to it."""
    view = _writable(services, actor, assessment_id)
    sheet = sheets.gap_sheet(view)
    return sheet.fill_in(
        lambda: verbs.add_evidence(services, actor, assessment_id, sheets.gap_entry(view, sheet.form)),
        gettext("Added. %(reading)s", reading=_reading(sheet)),
    )


@page(blueprint, ONE, needs=Permission.EDIT_ANSWERS, methods=BOTH)
def change(services: Services, actor: Actor, assessment_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """A source or gap in other words; what the library says of a shared source is changed there."""
    view = _writable(services, actor, assessment_id)
    sheet, typed = sheets.sheet_to_change(view, view.item(evidence_id))
    return sheet.fill_in(
        lambda: verbs.change_evidence(
            services,
            actor,
            assessment_id,
            evidence_id,
            typed(),
            page_token=str(sheet.form.page_token.data),
        ),
        gettext("Saved."),
    )


@page(blueprint, f"{ONE}/remove", needs=Permission.EDIT_ANSWERS, methods=BOTH)
def remove(services: Services, actor: Actor, assessment_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """Asks once more, then takes it out."""
    view = _writable(services, actor, assessment_id)
    return taken_out(
        SECTION,
        view,
        view.item(evidence_id),
        lambda: verbs.remove_evidence(services, actor, assessment_id, evidence_id),
    )


@page(blueprint, f"{ONE}/take-over", needs=Permission.EDIT_ANSWERS, methods=("POST",))
def take_over(
    services: Services, actor: Actor, assessment_id: UUID, evidence_id: UUID
) -> ResponseReturnValue:
    """The source as the library has it now."""
    view = _writable(services, actor, assessment_id)
    token = request.form.get("page_token", "")
    try:
        verbs.take_over_source(services, actor, assessment_id, evidence_id, page_token=token)
    except Stale:
        return back_to_list(SECTION, view, gettext("Somebody else changed this source. Please look again."))
    return back_to_list(SECTION, view, gettext("Saved."))


@page(blueprint, f"{ONE}/promise", needs=Permission.MANAGE_ACTIONS, methods=("POST",))
def promise(services: Services, actor: Actor, assessment_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """The gap as an action, in one step: by whoever owns it, by the same date."""
    gap = evidence_page(services, actor, assessment_id).item(evidence_id)
    text = gettext("Close the gap: %(gap)s", gap=gap.title)
    outcome = gettext("We know, and the next assessment can use it.")
    promise_to_close(services, actor, assessment_id, evidence_id, text, outcome)
    flash(gettext("It is an action now, and whoever leads it is reminded before the day."))
    return redirect(url_for("evidence.index", assessment_id=assessment_id))


def _writable(services: Services, actor: Actor, assessment_id: UUID) -> EvidencePage:
    view = evidence_page(services, actor, assessment_id)
    must_be_open(view)
    return view


def _reading(sheet: sheets.Sheet) -> str:
    """How the date of a gap is understood, and what somebody should confirm."""
    said = str(values_from(sheet.form).get("target") or "")
    return " ".join(understood(said)) if said else ""
