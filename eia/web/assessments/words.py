"""What pages call the parts of an assessment, and where each part is."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask import url_for
from flask_babel import gettext, lazy_gettext, lazy_pgettext

from eia.content import characteristics
from eia.domain.forms.answers import SectionStatus
from eia.domain.unmet import Unmet
from eia.domain.workflow.definition import MoveDefinition, MoveKind, Titled, WorkflowDefinition
from eia.store.people import Department, ListedPerson
from eia.usecases.assessment_page import AssessmentPage
from eia.usecases.sections import Access, Section
from eia.usecases.writing import NOT_RETURNED
from eia.web.assessments.blueprint import blueprint
from eia.web.filters import financial_year
from eia.web.wording import words

SECTIONS = {
    "schedule": lazy_gettext("What is being assessed"),
    "screening": lazy_gettext("Screening"),
    "evidence": lazy_gettext("Evidence"),
    "consultation": lazy_gettext("Consultation"),
    "impact": lazy_gettext("Impact on each group"),
    "outcome": lazy_gettext("Outcome"),
    "quality_check": lazy_gettext("Quality check"),
    "sign_off": lazy_gettext("Sign-off"),
    "actions": lazy_gettext("Actions"),
    "review": lazy_gettext("Review"),
    "comments": lazy_gettext("Comments"),
}
STATUSES = {
    SectionStatus.NOT_STARTED: lazy_gettext("Not started"),
    SectionStatus.IN_PROGRESS: lazy_gettext("In progress"),
    SectionStatus.COMPLETE: lazy_pgettext("status of a section", "Completed"),
}
HAPPENINGS = {
    "propose": lazy_gettext("Proposed"),
    "accept_lead": lazy_gettext("Agreed to lead"),
    "decline_lead": lazy_gettext("Declined to lead"),
    "assign_lead": lazy_gettext("Lead changed"),
    "assign_contributor": lazy_gettext("Contributors changed"),
    "assign_champion": lazy_gettext("Champion changed"),
    "open_sections": lazy_gettext("More sections opened"),
}
"""Lines of the history that are no moves of a workflow."""

_PAGES = {
    "evidence": "evidence.index",
    "consultation": "consultation.index",
    "actions": "actions.of_assessment",
    "sign_off": "sign_off.show",
    "comments": "comments.index",
}


def section_name(name: str) -> str:
    """The section as people call it."""
    return str(SECTIONS.get(name, name))


def sections_named(sections: Iterable[str]) -> list[tuple[str, str]]:
    """Sections for a list to choose from."""
    return [(name, section_name(name)) for name in sections]


def address_of(assessment_id: UUID, section: str) -> str:
    """The page on which the section is written, or read."""
    if endpoint := _PAGES.get(section):
        return url_for(endpoint, assessment_id=assessment_id)
    return url_for("assessments.form", assessment_id=assessment_id, form=section)


def where(assessment_id: UUID, unmet: Unmet) -> str | None:
    """Where what is missing can be put right; None when it is nowhere in particular."""
    if unmet.guard == "lead_accepted":
        return None  # for the lead to say, on the assessment's own page
    if unmet.where == "details":
        return url_for("assessments.details", assessment_id=assessment_id)
    return address_of(assessment_id, unmet.where) if unmet.where else None


def place_name(unmet: Unmet) -> str:
    """What the page is called on which it can be put right."""
    return gettext("Title, dates and people") if unmet.where == "details" else section_name(unmet.where or "")


def happening(workflow: WorkflowDefinition, move: str) -> str:
    """What happened, in the words of the button that did it."""
    named = next((each for each in workflow.moves if each.name == move), None)
    if named:
        return titled(named)
    return str(HAPPENINGS.get(move, gettext("Changed")))


def stage_words(workflow: WorkflowDefinition, stage: str | None) -> str:
    """The stage's title; nothing for no stage."""
    known = workflow.by_stage.get(stage) if stage else None
    return titled(known) if known else ""


def titled(item: Titled) -> str:
    """A title of the workflow in the reader's language."""
    return words(item.title, item.title_cy)


def reason_words(workflow: WorkflowDefinition, move: str, code: str) -> str:
    """The reason as the list of this move's reasons has it."""
    lists = (each.reasons for each in workflow.moves if each.name == move and each.reasons)
    options = (option for name in lists for option in workflow.reasons[name])
    return next((titled(option) for option in options if option.code == code), code)


def groups_named(page: AssessmentPage, ids: tuple[str, ...]) -> str:
    """The groups by name, in the order given; all of them in two words."""
    if len(ids) > 1 and set(ids) == set(page.facts.characteristics):
        return gettext("All groups")
    workflow = page.workflow
    names = {
        item.id: words(item.name, item.name_cy) for item in characteristics(workflow.characteristics).items
    }
    return ", ".join(names.get(each, each) for each in ids)


def why_not_now(section: Section) -> str:
    """Why a section is not for this person to write now, in a few words; nothing if it can be read."""
    if section.access is Access.LOCKED and section.opens_at:
        return gettext("Opens at: %(stage)s", stage=titled(section.opens_at))
    if section.closed == NOT_RETURNED:
        return gettext("Not returned, so it stays as it is")
    if section.status is SectionStatus.NOT_STARTED:
        return gettext("Nothing is written here")
    return ""  # that it can be read is said once, above them all


def move_address(assessment_id: UUID, move: MoveDefinition) -> str:
    """Where the move is confirmed; signatures have pages of their own."""
    if move.kind is MoveKind.SIGN:
        return url_for("sign_off.sign", assessment_id=assessment_id)
    if move.kind is MoveKind.REFUSE:
        return url_for("sign_off.refuse", assessment_id=assessment_id)
    return url_for("assessments.move", assessment_id=assessment_id, name=move.name)


def people_named(people: Iterable[ListedPerson]) -> list[tuple[str, str]]:
    """People for a list to choose from: name, job and department, as two of a name are not rare."""
    return [
        (str(each.id), ", ".join(filter(None, (each.name, each.job_title, each.department))))
        for each in people
    ]


def departments_named(departments: Iterable[Department]) -> list[tuple[str, str]]:
    """Departments for a list to choose from."""
    return [(str(each.id), each.name) for each in departments]


def years_named(years: Iterable[int]) -> list[tuple[str, str]]:
    """Financial years for a list to choose from."""
    return [(str(each), financial_year(each)) for each in years]


blueprint.add_app_template_filter(section_name, "section")


@blueprint.app_context_processor
def _names() -> dict[str, object]:
    return {
        "address_of": address_of,
        "departments_named": departments_named,
        "groups_named": groups_named,
        "happening": happening,
        "move_address": move_address,
        "people_named": people_named,
        "place_name": place_name,
        "reason_words": reason_words,
        "section_name": section_name,
        "sections_named": sections_named,
        "stage_words": stage_words,
        "statuses": STATUSES,
        "titled": titled,
        "where_to_go": where,
        "why_not_now": why_not_now,
        "years_named": years_named,
    }
