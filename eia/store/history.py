"""What an assessment's page says beside its facts: names, versions, and every line of its history."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, select

from eia.domain.people import Role
from eia.store.tables import assessment, assignment, audit_event, department, person, stage_history


@dataclass(frozen=True, kw_only=True)
class Assigned:
    """Somebody assigned to the assessment, by name."""

    person_id: UUID
    name: str
    job_title: str
    role: Role


@dataclass(frozen=True, kw_only=True)
class Header:
    """What heads the page and is in no rule's facts."""

    department: str
    priority: int | None
    financial_year: int
    stage_due_on: date | None
    approved_on: date | None
    decision_outcome: str | None
    created_at: datetime
    assigned: tuple[Assigned, ...]


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """One line of the history; `person` is "" where the clock did it."""

    seq: int
    move: str
    from_stage: str | None
    to_stage: str
    person: str
    role: Role
    reasons: tuple[str, ...]
    comment: str
    at: datetime
    sections: tuple[str, ...] = ()  # that a return is about


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of an assessment."""

    id: UUID
    version: int
    stage: str
    approved_on: date | None


@dataclass(frozen=True, kw_only=True)
class ChainHead:
    """How many events the audit chain has, and the hash that the last one gives."""

    events: int
    hash: str


_HEADER = (
    select(
        assessment.c.priority,
        assessment.c.financial_year,
        assessment.c.stage_due_on,
        assessment.c.approved_on,
        assessment.c.decision_outcome,
        assessment.c.created_at,
        department.c.name.label("department"),
    )
    .outerjoin(department, department.c.id == assessment.c.department_id)
    .where(assessment.c.id == bindparam("assessment_id"))
)
_ASSIGNED = (
    select(person.c.id, person.c.name, person.c.job_title, assignment.c.role)
    .join(person, person.c.id == assignment.c.person_id)
    .where(assignment.c.assessment_id == bindparam("assessment_id"))
    .order_by(assignment.c.role, person.c.name)
)
_LINES = (
    select(stage_history, person.c.name)
    .outerjoin(person, person.c.id == stage_history.c.person_id)
    .where(stage_history.c.assessment_id == bindparam("assessment_id"))
    .order_by(stage_history.c.seq.desc())
)
_VERSIONS = (
    select(assessment.c.id, assessment.c.version, assessment.c.stage, assessment.c.approved_on)
    .where(
        assessment.c.body_id == bindparam("body_id"),
        assessment.c.reference == bindparam("reference"),
    )
    .order_by(assessment.c.version)
)
_HEAD = (
    select(audit_event.c.seq, audit_event.c.hash)
    .where(audit_event.c.chain_id == bindparam("chain_id"))
    .order_by(audit_event.c.seq.desc())
    .limit(1)
)


def header(connection: Connection, assessment_id: UUID) -> Header:
    """The names and days that head the assessment's page."""
    values = {"assessment_id": assessment_id}
    row = connection.execute(_HEADER, values).one()
    people = connection.execute(_ASSIGNED, values)
    return Header(
        department=row.department or "",
        priority=row.priority,
        financial_year=row.financial_year,
        stage_due_on=row.stage_due_on,
        approved_on=row.approved_on,
        decision_outcome=row.decision_outcome,
        created_at=row.created_at,
        assigned=tuple(
            Assigned(person_id=each.id, name=each.name, job_title=each.job_title, role=Role(each.role))
            for each in people
        ),
    )


def lines(connection: Connection, assessment_id: UUID) -> tuple[HistoryEntry, ...]:
    """The whole history, newest first."""
    return tuple(_line(row) for row in connection.execute(_LINES, {"assessment_id": assessment_id}))


def latest(connection: Connection, assessment_id: UUID, limit: int) -> tuple[HistoryEntry, ...]:
    """The newest lines of the history, newest first."""
    rows = connection.execute(_LINES.limit(limit), {"assessment_id": assessment_id})
    return tuple(_line(row) for row in rows)


def led_here(connection: Connection, assessment_id: UUID, apart_from: Collection[str]) -> HistoryEntry | None:
    """The newest move from one stage to another that is none of these."""
    moved = (
        stage_history.c.from_stage.is_not(None),
        stage_history.c.from_stage != stage_history.c.to_stage,
        stage_history.c.move.not_in(apart_from),
    )
    rows = connection.execute(_LINES.where(*moved).limit(1), {"assessment_id": assessment_id})
    return next((_line(row) for row in rows), None)


def versions(connection: Connection, body_id: UUID, reference: str) -> tuple[Version, ...]:
    """Every version under this reference, oldest first."""
    rows = connection.execute(_VERSIONS, {"body_id": body_id, "reference": reference})
    return tuple(
        Version(id=row.id, version=row.version, stage=row.stage, approved_on=row.approved_on) for row in rows
    )


def chain_head(connection: Connection, chain_id: UUID) -> ChainHead:
    """Where the audit chain of the assessment ends."""
    row = connection.execute(_HEAD, {"chain_id": chain_id}).one_or_none()
    return ChainHead(events=row.seq, hash=row.hash.hex()) if row else ChainHead(events=0, hash="")


def _line(row: Row[Any]) -> HistoryEntry:
    return HistoryEntry(
        seq=row.seq,
        move=row.move,
        from_stage=row.from_stage,
        to_stage=row.to_stage,
        person=row.name or "",
        role=Role(row.role),
        reasons=tuple(row.reasons),
        comment=row.comment,
        at=row.at,
        sections=tuple(row.sections),
    )
