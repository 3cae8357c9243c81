"""Writing a part of an assessment: may this person, and is the section open at this stage."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from eia import content
from eia.domain.errors import NotAllowed, NotFound
from eia.domain.events import Event
from eia.domain.facts import AssessmentFacts
from eia.domain.people import Actor
from eia.domain.policy import Permission, Subject, may
from eia.domain.workflow.returns import open_sections
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.contributing import OTHER_SECTIONS, is_others
from eia.usecases.services import LONDON, Services

NOT_YOURS = "Only people assigned to this assessment to write it may do this."
SECTION_CLOSED = "This section cannot be changed at the stage the assessment has reached."
NOT_RETURNED = "This section was not returned, so it stays as it is until the assessment is handed in again."


def subject_of(facts: AssessmentFacts) -> Subject:
    """What a permission on this assessment is asked about."""
    leads = frozenset(person_id for item in facts.actions for person_id in item.leads)
    return Subject(
        body_id=facts.body_id,
        department_id=facts.department_id,
        assessment_id=facts.id,
        assigned=facts.assigned,
        action_leads=leads,
    )


def may_write(actor: Actor, facts: AssessmentFacts, section: str, permission: Permission) -> str | None:
    """Why the actor may not write this section now, or None when they may."""
    if not may(actor, permission, subject_of(facts)):
        return NOT_YOURS
    if is_others(actor, facts, section, (permission,)):
        return OTHER_SECTIONS
    return why_shut(facts, section)


def why_shut(facts: AssessmentFacts, section: str) -> str | None:
    """Why nobody may write the section now, or None when it is open."""
    workflow = content.workflow(facts.workflow)
    if section in open_sections(workflow, facts):
        return None
    return NOT_RETURNED if section in workflow.stage(facts.stage).sections else SECTION_CLOSED


def must_see(actor: Actor, facts: AssessmentFacts) -> None:
    """Raises `NotFound` when the actor may not see the assessment: to them there is none."""
    if not may(actor, Permission.VIEW, subject_of(facts)):
        raise NotFound


def open_for_writing(
    work: UnitOfWork,
    actor: Actor,
    assessment_id: UUID,
    section: str,
    permission: Permission = Permission.EDIT_ANSWERS,
) -> AssessmentFacts:
    """The locked assessment, once it is sure that the actor may write this section at this stage.

    Raises `NotFound` when the actor may not see it, `NotAllowed` when only writing is refused.
    """
    facts = work.assessment(actor.body_id, assessment_id)
    must_see(actor, facts)
    refused = may_write(actor, facts, section, permission)
    if refused:
        raise NotAllowed(refused)
    return facts


def wrote(
    services: Services,
    work: UnitOfWork,
    actor: Actor,
    facts: AssessmentFacts,
    event: str,
    data: Mapping[str, str | int],
) -> int:
    """Record that the actor changed a part of the version; returns the new row version.

    That the actor is an author from now on follows from the changed content when the transaction settles.
    """
    happened = Event(name=event, chain_id=facts.id, actor_id=actor.id, at=services.now(), data=data)
    return work.change(facts, happened)


def ended_on(facts: AssessmentFacts) -> date | None:
    """The day in London on which the assessment came to an end, or None while it goes on."""
    if not content.workflow(facts.workflow).is_end(facts.stage):
        return None
    return facts.stage_since.astimezone(LONDON).date()


def token_of(shown: object) -> str:
    """What a page carries to say which reading of a thing it showed."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]
