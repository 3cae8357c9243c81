"""What a new assessment takes over from an earlier one, copied row by row."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, RowMapping, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from eia.domain.action import Action
from eia.domain.evidence import Evidence
from eia.domain.facts import AnswerKey, AssessmentFacts
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.store import actions as action_rows
from eia.store import evidence as evidence_rows
from eia.store.load_facts import load_facts
from eia.store.tables import action, action_lead, answer, assessment, authorship, evidence
from eia.store.visibility import visible

_AUTHORS = {
    "sqlite": sqlite.insert(authorship).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(authorship).on_conflict_do_nothing(),
}


@dataclass(frozen=True, kw_only=True)
class Written:
    """An assessment with its sources and actions in full."""

    facts: AssessmentFacts
    sources: tuple[Evidence, ...]
    promised: tuple[Action, ...]


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What is taken over: answers by their place, sources and actions by their ids on the earlier one."""

    earlier_id: UUID
    new_id: UUID
    answers: Collection[AnswerKey]
    evidence: Collection[UUID]
    actions: Collection[UUID]


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The earlier assessment that another was started from."""

    id: UUID
    reference: str
    title: str


def read_written(connection: Connection, body_id: UUID, assessment_id: UUID) -> Written:
    """What somebody could start from. Raises `NotFound` when the body has no such assessment."""
    return Written(
        facts=load_facts(connection, body_id, assessment_id),
        sources=evidence_rows.of_assessment(connection, assessment_id),
        promised=action_rows.of_assessment(connection, assessment_id),
    )


def take_over(
    connection: Connection, taken: Taken, fresh_id: Callable[[], UUID], *, by: UUID, at: datetime
) -> None:
    """Answers and sources keep whose words they are; actions become promises of their own."""
    connection.execute(
        update(assessment).where(assessment.c.id == taken.new_id).values(started_from=taken.earlier_id)
    )
    _copy_answers(connection, taken)
    actions = _copy_actions(connection, taken, fresh_id, by, at)
    _copy_evidence(connection, taken, fresh_id, actions)


def add_authors(connection: Connection, assessment_id: UUID, people: Collection[UUID], at: datetime) -> None:
    """These people wrote some of the assessment; whoever is an author already stays one."""
    rows = [{"assessment_id": assessment_id, "person_id": each, "first_at": at} for each in sorted(people)]
    if rows:
        connection.execute(_AUTHORS[connection.dialect.name], rows)


def origin(connection: Connection, actor: Actor, assessment_id: UUID, today: date) -> Origin | None:
    """What the assessment was started from, if it was and the actor may see that."""
    new = assessment.alias("new")
    row = connection.execute(
        select(assessment.c.id, assessment.c.reference, assessment.c.title)
        .join(new, new.c.started_from == assessment.c.id)
        .where(new.c.id == assessment_id, visible(actor, Permission.VIEW, today))
    ).one_or_none()
    return Origin(id=row.id, reference=row.reference, title=row.title) if row else None


def _copy_answers(connection: Connection, taken: Taken) -> None:
    rows = connection.execute(select(answer).where(answer.c.assessment_id == taken.earlier_id)).mappings()
    copies = [{**row, "assessment_id": taken.new_id} for row in rows if _place(row) in taken.answers]
    if copies:
        connection.execute(insert(answer), copies)


def _place(row: RowMapping) -> AnswerKey:
    return AnswerKey(row["form"], row["question"], row["characteristic"])


def _copy_actions(
    connection: Connection, taken: Taken, fresh_id: Callable[[], UUID], by: UUID, at: datetime
) -> dict[UUID, UUID]:
    rows = connection.execute(select(action).where(action.c.id.in_(taken.actions))).mappings().all()
    ids = {row["id"]: fresh_id() for row in rows}
    fresh = {"assessment_id": taken.new_id, "created_by": by, "created_at": at, "row_version": 1}
    copies = [{**row, **fresh, "id": ids[row["id"]], "carried_from": row["id"]} for row in rows]
    if copies:
        connection.execute(insert(action), copies)
    leads = connection.execute(select(action_lead).where(action_lead.c.action_id.in_(ids))).mappings()
    led = [{**row, "action_id": ids[row["action_id"]]} for row in leads]
    if led:
        connection.execute(insert(action_lead), led)
    return ids


def _copy_evidence(
    connection: Connection, taken: Taken, fresh_id: Callable[[], UUID], actions: dict[UUID, UUID]
) -> None:
    rows = connection.execute(select(evidence).where(evidence.c.id.in_(taken.evidence))).mappings()
    copies = [
        {
            **row,
            "id": fresh_id(),
            "assessment_id": taken.new_id,
            "action_id": actions.get(row["action_id"]),
        }
        for row in rows
    ]
    if copies:
        connection.execute(insert(evidence), copies)
