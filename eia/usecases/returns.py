"""After a return: opening further sections, when putting one right turns out to need another."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from eia import content
from eia.domain.errors import Invalid, NotAllowed
from eia.domain.events import Event, Notice
from eia.domain.facts import AssessmentFacts
from eia.domain.people import Actor, Role
from eia.domain.policy import Permission, roles_that_may
from eia.store import scheduling
from eia.store.scheduling import HistoryLine
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.changes import must_be_current
from eia.usecases.services import Services
from eia.usecases.writing import must_see, subject_of

NOT_YOURS_TO_OPEN = "Only whoever checks the assessment can open more sections."
NOTHING_SHUT = "No section is kept shut by a return."


def may_open_more(actor: Actor, facts: AssessmentFacts) -> bool:
    """Whether a return keeps sections shut that the actor could open."""
    return bool(still_shut(facts)) and bool(roles_that_may(actor, Permission.REVIEW, subject_of(facts)))


def still_shut(facts: AssessmentFacts) -> tuple[str, ...]:
    """The sections of the stage that the return did not name; none where it named none, or while on hold."""
    here = content.workflow(facts.workflow).stage(facts.stage).sections
    return tuple(name for name in here if facts.returned_sections and name not in facts.returned_sections)


def open_more(
    services: Services,
    actor: Actor,
    assessment_id: UUID,
    sections: Sequence[str],
    *,
    page_version: int | None = None,
) -> None:
    """These sections are written too until the assessment is handed in again, and the lead hears of it.

    Raises `Invalid` for none, and for what the stage does not have; what is open already stays open.
    """
    with services.database.write() as work:
        facts = work.assessment(actor.body_id, assessment_id)
        must_see(actor, facts)
        role = _role(actor, facts)
        must_be_current(work, facts, page_version)
        _check(facts, sections)
        opened = tuple(name for name in still_shut(facts) if name in sections)
        if opened:
            _open(services, work, actor, role, facts, opened)


def _role(actor: Actor, facts: AssessmentFacts) -> Role:
    roles = sorted(roles_that_may(actor, Permission.REVIEW, subject_of(facts)))
    if not roles:
        raise NotAllowed(NOT_YOURS_TO_OPEN)
    if not facts.returned_sections:
        raise NotAllowed(NOTHING_SHUT)
    return roles[0]


def _check(facts: AssessmentFacts, sections: Sequence[str]) -> None:
    here = content.workflow(facts.workflow).stage(facts.stage).sections
    if not sections:
        raise Invalid({"sections": "Choose at least one section."})
    if not set(here).issuperset(sections):
        raise Invalid({"sections": "Choose sections from the list."})


def _open(
    services: Services,
    work: UnitOfWork,
    actor: Actor,
    role: Role,
    facts: AssessmentFacts,
    opened: tuple[str, ...],
) -> None:
    line = HistoryLine(
        name="open_sections",
        stage=facts.stage,
        from_stage=facts.stage,
        person_id=actor.id,
        role=role,
        at=services.now(),
        sections=opened,
    )
    scheduling.insert_line(work.connection, facts.id, line)
    work.change(
        facts,
        Event(
            name="sections_opened",
            chain_id=facts.id,
            actor_id=actor.id,
            at=services.now(),
            data={"sections": ",".join(opened)},
        ),
        fields={"returned_sections": [*facts.returned_sections, *opened]},
        notices=[
            Notice(kind="sections_opened", recipient_id=person_id, assessment_id=facts.id)
            for person_id in facts.people_with(Role.LEAD)
            if person_id != actor.id
        ],
    )
