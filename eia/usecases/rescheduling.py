"""Changing what was scheduled: the title, the decision and its date, the target date, the priority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from eia import content
from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.events import Event
from eia.domain.facts import AssessmentFacts
from eia.domain.people import Actor
from eia.domain.policy import Permission, may
from eia.store import scheduling
from eia.store.targets import target_columns
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.changes import must_be_current
from eia.usecases.contributing import OTHER_SECTIONS, is_others
from eia.usecases.scheduling import target_of
from eia.usecases.services import Services
from eia.usecases.stage_due import stage_due_on
from eia.usecases.writing import subject_of

OVER = "The assessment is over, and what was scheduled stays as it was."
CHANGED_BY = Permission.SCHEDULE, Permission.EDIT_ANSWERS
NOT_YOURS = "Only the lead, the department or the equality officer may change this."


@dataclass(frozen=True, kw_only=True)
class ScheduleChange:
    """What somebody typed; `target` is the date in their own words."""

    title: str
    decision_body: str
    decision_on: date | None
    target: str
    priority: int | None


def change_schedule(
    services: Services, actor: Actor, assessment_id: UUID, change: ScheduleChange, *, page_version: int
) -> None:
    """The schedule as it now reads; saving what is there already changes nothing.

    A decision moves more often than an assessment does, so this is open until the end; but a title is part of
    what is signed, like any other content, and stays once it is approved. Raises `Stale`.
    """
    if problems := problems_with(change):
        raise Invalid(problems)
    with services.database.write() as work:
        facts = _open(work, actor, assessment_id)
        must_be_current(work, facts, page_version)
        if facts.approved_on is not None and _fields(change)["title"] != facts.title:
            raise Invalid({"title": "It was approved under this title, which stays"})
        before = scheduling.scheduled(work.connection, facts.id)
        rules = scheduling.body_rules(work.connection, facts.body_id)
        fields = _fields(change) | target_columns(target_of(change.target, before.financial_year, rules))
        changed = sorted(name for name, value in fields.items() if before.fields[name] != value)
        if changed:
            data = {"fields": ",".join(changed), "decision_on": str(change.decision_on or "")}
            event = Event(
                name="schedule_changed", chain_id=facts.id, actor_id=actor.id, at=services.now(), data=data
            )
            work.change(
                facts, event, fields={name: fields[name] for name in changed} | _due(services, facts, change)
            )


def _due(services: Services, facts: AssessmentFacts, change: ScheduleChange) -> dict[str, object]:
    """A stage should be over so many days before the decision, so it moves with it."""
    definition = content.workflow(facts.workflow)
    return {"stage_due_on": stage_due_on(services, definition, facts.stage, change.decision_on)}


def problems_with(change: ScheduleChange) -> dict[str, str]:
    """Everything in the change that cannot be taken, each with a sentence that says how to fix it."""
    problems = {}
    if not change.title.strip():
        problems["title"] = "Enter the function, policy or decision that is to be assessed"
    if change.priority is not None and change.priority not in (1, 2, 3):
        problems["priority"] = "Select a priority from 1 to 3"
    return problems


def _fields(change: ScheduleChange) -> dict[str, object]:
    return {
        "title": " ".join(change.title.split()),
        "decision_body": change.decision_body.strip(),
        "decision_on": change.decision_on,
        "priority": change.priority,
    }


def _open(work: UnitOfWork, actor: Actor, assessment_id: UUID) -> AssessmentFacts:
    facts = work.assessment(actor.body_id, assessment_id)
    subject = subject_of(facts)
    if not may(actor, Permission.VIEW, subject):
        raise NotFound
    if not any(may(actor, each, subject) for each in CHANGED_BY):
        raise NotAllowed(NOT_YOURS)
    if is_others(actor, facts, "schedule", CHANGED_BY):
        raise NotAllowed(OTHER_SECTIONS)
    if content.workflow(facts.workflow).is_end(facts.stage):
        raise NotAllowed(OVER)
    return facts
