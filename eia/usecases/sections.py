"""The sections of an assessment: which there are, who may write them when, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from eia import content
from eia.domain.errors import NotFound
from eia.domain.facts import ActionState, AssessmentFacts
from eia.domain.forms.answers import SectionStatus, section_status
from eia.domain.forms.definition import Characteristic, QuestionSet
from eia.domain.people import Actor
from eia.domain.policy import Permission, may
from eia.domain.workflow.definition import StageDefinition, WorkflowDefinition
from eia.domain.workflow.guards.evidence import covered_groups
from eia.domain.workflow.scope import groups_needing_evidence
from eia.domain.workflow.signatures import complete, counting
from eia.usecases.contributing import OTHER_SECTIONS, is_others
from eia.usecases.writing import NOT_YOURS, subject_of, why_shut

WRITTEN_BY_YOU = "You wrote part of this assessment, so somebody else checks it."
LED_BY_YOU = "This assessment is or was yours to hand in, so somebody else checks it."
AREAS = ("evidence", "consultation", "actions", "sign_off")
"""Sections with pages of their own; every other is a question set."""
ORDER = (
    "schedule",
    "screening",
    "evidence",
    "consultation",
    "impact",
    "outcome",
    "quality_check",
    "sign_off",
    "actions",
    "review",
)


class Access(StrEnum):
    """What somebody can do with a section at this stage."""

    WRITE = "write"
    READ = "read"
    LOCKED = "locked"  # its stage has not come


@dataclass(frozen=True, kw_only=True)
class Section:
    """One line of the task list; `opens_at` is the next stage at which it is written, if one is to come."""

    name: str
    status: SectionStatus
    access: Access
    closed: str | None
    opens_at: StageDefinition | None
    count: int = 0  # sources, consultations, actions or signatures


def characteristics_of(facts: AssessmentFacts) -> tuple[Characteristic, ...]:
    """The groups in force for this assessment, under the names of its list."""
    known = content.characteristics(content.workflow(facts.workflow).characteristics)
    by_id = {item.id: item for item in known.items}
    return tuple(by_id[name] for name in facts.characteristics if name in by_id)


def names(workflow: WorkflowDefinition) -> tuple[str, ...]:
    """Every section that the workflow opens at some stage, in the order in which they are worked on."""
    named = {name for stage in workflow.stages for name in stage.sections}
    return tuple(sorted(named, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name)))


def question_set_of(facts: AssessmentFacts, section: str) -> QuestionSet:
    """The questions of a section without pages of its own. Raises `NotFound` when there is none such."""
    if section in AREAS or section not in names(content.workflow(facts.workflow)):
        raise NotFound
    return content.question_set(facts.workflow, section)


def needs(section: str, workflow: WorkflowDefinition) -> tuple[Permission, ...]:
    """Any of these permissions lets a person write the section while it is open."""
    if section in workflow.reviewer_sections:
        return (Permission.REVIEW,)
    if section == "schedule":
        return (Permission.EDIT_ANSWERS, Permission.SCHEDULE)
    return {
        "actions": (Permission.MANAGE_ACTIONS,),
        "sign_off": (Permission.SIGN,),
    }.get(section, (Permission.EDIT_ANSWERS,))


def why_closed(actor: Actor, facts: AssessmentFacts, section: str) -> str | None:
    """Why the actor may not write this section now, as a sentence; None when they may."""
    workflow = content.workflow(facts.workflow)
    if not any(may(actor, permission, subject_of(facts)) for permission in needs(section, workflow)):
        return NOT_YOURS
    if is_others(actor, facts, section, needs(section, workflow)):
        return OTHER_SECTIONS
    if shut := why_shut(facts, section):
        return shut
    if section in workflow.reviewer_sections and actor.id in facts.answerable:
        return WRITTEN_BY_YOU if actor.id in facts.authors else LED_BY_YOU
    return None


def sections(actor: Actor, facts: AssessmentFacts) -> tuple[Section, ...]:
    """Every section of the assessment's workflow, in the order in which they are worked on."""
    workflow = content.workflow(facts.workflow)
    return tuple(_section(actor, facts, workflow, name) for name in names(workflow))


def _section(actor: Actor, facts: AssessmentFacts, workflow: WorkflowDefinition, name: str) -> Section:
    closed = why_closed(actor, facts, name)
    status = _status(facts, name)
    opens_at = _next_opening(facts, workflow, name)
    return Section(
        name=name,
        status=status,
        access=_access(facts, workflow, name, opens_at, status, closed),
        closed=closed,
        opens_at=opens_at,
        count=_count(facts, name),
    )


def _next_opening(facts: AssessmentFacts, workflow: WorkflowDefinition, name: str) -> StageDefinition | None:
    """The file has its stages in the order of a life, so what comes later is still to come."""
    if workflow.is_end(facts.stage):
        return None
    here = workflow.stage(facts.held_from or facts.stage)
    to_come = workflow.stages[workflow.stages.index(here) + (0 if facts.held_from else 1) :]
    return next((stage for stage in to_come if name in stage.sections), None)


def _access(
    facts: AssessmentFacts,
    workflow: WorkflowDefinition,
    name: str,
    opens_at: StageDefinition | None,
    status: SectionStatus,
    closed: str | None,
) -> Access:
    if closed is None:
        return Access.WRITE
    open_now = name in workflow.stage(facts.stage).sections
    if opens_at and not open_now and status is SectionStatus.NOT_STARTED:
        return Access.LOCKED
    return Access.READ


def _status(facts: AssessmentFacts, name: str) -> SectionStatus:
    match name:
        case "evidence":
            needed = groups_needing_evidence(content.workflow(facts.workflow), facts)
            return _of(bool(facts.evidence), covered_groups(facts) >= set(needed))
        case "consultation":
            finished = all(item.summary and item.changed for item in facts.consultations)
            return _of(bool(facts.consultations), finished)
        case "actions":
            return _of(bool(facts.actions), all(item.state is not ActionState.OPEN for item in facts.actions))
        case "sign_off":
            return _of(bool(counting(facts)), _all_signed(facts))
    question_set = content.question_set(facts.workflow, name)
    return section_status(question_set, facts.answers, characteristics_of(facts))


def _of(started: bool, complete: bool) -> SectionStatus:
    if not started:
        return SectionStatus.NOT_STARTED
    return SectionStatus.COMPLETE if complete else SectionStatus.IN_PROGRESS


def _count(facts: AssessmentFacts, name: str) -> int:
    counts = {
        "evidence": len(facts.evidence),
        "consultation": len(facts.consultations),
        "actions": len(facts.actions),
        "sign_off": len(counting(facts)),
    }
    return counts.get(name, 0)


def _all_signed(facts: AssessmentFacts) -> bool:
    collecting = (move.signing for move in content.workflow(facts.workflow).moves if move.signing)
    return any(complete(signing, facts) for signing in collecting)
