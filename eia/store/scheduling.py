"""Where an assessment begins: its row, its reference, and who is asked to do it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select

from eia.domain.people import Role
from eia.domain.target_date import TargetDate
from eia.store.tables import (
    assessment,
    assignment,
    assignment_section,
    body,
    department,
    person,
    role_grant,
    stage_history,
)
from eia.store.targets import target_columns


@dataclass(frozen=True, kw_only=True)
class BodyRules:
    """What a new assessment takes from its body."""

    workflow: str
    municipal_year_starts: str  # MM-DD


@dataclass(frozen=True, kw_only=True)
class NewAssessment:
    """A first version, before anything has happened to it."""

    id: UUID
    body_id: UUID
    department_id: UUID
    reference: str
    title: str
    workflow: str
    characteristic_list: str
    characteristics: tuple[str, ...]
    stage: str
    target: TargetDate
    decision_body: str
    decision_on: date | None
    priority: int | None
    financial_year: int
    created_at: datetime
    plan_id: UUID | None = None
    lead_as_written: str = ""
    support_as_written: str = ""
    lead_accepted_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Scheduled:
    """The year the assessment belongs to, and the columns that rescheduling can change."""

    financial_year: int
    fields: Mapping[str, object]


_SCHEDULED = (
    "title",
    "decision_body",
    "decision_on",
    "priority",
    "target_raw",
    "target_kind",
    "target_earliest",
    "target_latest",
    "target_provisional",
    "target_milestones",
)


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """What the history says of a happening that is no move: proposed, lead accepted, people assigned."""

    name: str
    stage: str
    from_stage: str | None
    person_id: UUID
    role: Role
    at: datetime
    comment: str = ""
    sections: tuple[str, ...] = ()


def body_rules(connection: Connection, body_id: UUID) -> BodyRules:
    """The body's workflow and the day its municipal year starts."""
    row = connection.execute(
        select(body.c.workflow, body.c.municipal_year_starts).where(body.c.id == body_id)
    ).one()
    return BodyRules(workflow=row.workflow, municipal_year_starts=row.municipal_year_starts)


def scheduled(connection: Connection, assessment_id: UUID) -> Scheduled:
    """What was scheduled, as it stands."""
    row = connection.execute(select(assessment).where(assessment.c.id == assessment_id)).mappings().one()
    fields = {name: row[name] for name in _SCHEDULED}
    return Scheduled(financial_year=row["financial_year"], fields=fields)


def allocate_reference(connection: Connection, department_id: UUID, financial_year: int) -> str:
    """The next "FIN-2026-004" of the department and year.

    The department's row is locked until the transaction ends, so that two people scheduling at the same
    moment do not get the same number; SQLite has one writer at a time anyway.
    """
    row = connection.execute(
        select(department.c.body_id, department.c.code)
        .where(department.c.id == department_id)
        .with_for_update()
    ).one()
    prefix = f"{row.code}-{financial_year}-"
    taken = connection.scalars(
        select(assessment.c.reference).where(
            assessment.c.body_id == row.body_id, assessment.c.reference.startswith(prefix, autoescape=True)
        )
    )
    last = max((int(reference.removeprefix(prefix)) for reference in taken), default=0)
    return f"{prefix}{last + 1:03}"


def insert_assessment(connection: Connection, new: NewAssessment) -> None:
    """The row of a first version, open and at row version 1."""
    connection.execute(insert(assessment).values(**_columns(new)))


def insert_line(connection: Connection, assessment_id: UUID, line: HistoryLine) -> None:
    """One more line of the history, for what happened without a move between stages."""
    last = select(func.coalesce(func.max(stage_history.c.seq), 0)).where(
        stage_history.c.assessment_id == assessment_id
    )
    connection.execute(
        insert(stage_history).values(
            assessment_id=assessment_id,
            seq=connection.execute(last).scalar_one() + 1,
            move=line.name,
            from_stage=line.from_stage,
            to_stage=line.stage,
            person_id=line.person_id,
            role=line.role.value,
            reasons=[],
            comment=line.comment,
            at=line.at,
            sections=list(line.sections),
        )
    )


def assign(connection: Connection, assessment_id: UUID, role: Role, people: Sequence[UUID]) -> None:
    """These people, and nobody else, are assigned to the assessment in this role."""
    connection.execute(
        delete(assignment).where(assignment.c.assessment_id == assessment_id, assignment.c.role == role.value)
    )
    rows: list[dict[str, Any]] = [
        {"assessment_id": assessment_id, "person_id": person_id, "role": role.value} for person_id in people
    ]
    if rows:
        connection.execute(insert(assignment), rows)
    if role is Role.CONTRIBUTOR:  # whoever comes back later starts with every section
        gone = assignment_section.c.person_id.not_in(people)
        connection.execute(
            delete(assignment_section).where(assignment_section.c.assessment_id == assessment_id, gone)
        )


def share_out(connection: Connection, assessment_id: UUID, chosen: Collection[tuple[UUID, str]]) -> None:
    """Who writes which sections of the assessment: these pairs, and no others."""
    connection.execute(delete(assignment_section).where(assignment_section.c.assessment_id == assessment_id))
    rows = [
        {"assessment_id": assessment_id, "person_id": person_id, "section": section}
        for person_id, section in chosen
    ]
    if rows:
        connection.execute(insert(assignment_section), rows)


def without_lead(connection: Connection, body_id: UUID, lead_as_written: str) -> tuple[UUID, ...]:
    """The open assessments of a plan that names this lead, while nobody leads them."""
    led = select(assignment.c.assessment_id).where(assignment.c.role == Role.LEAD.value)
    return tuple(
        connection.scalars(
            select(assessment.c.id).where(
                assessment.c.body_id == body_id,
                assessment.c.lead_as_written == lead_as_written,
                assessment.c.is_open,
                assessment.c.id.not_in(led),
            )
        )
    )


def people_in_body(connection: Connection, body_id: UUID, people: Sequence[UUID]) -> bool:
    """Whether all of them are active people of the body."""
    wanted = sorted(set(people))
    counted = select(func.count()).where(
        person.c.body_id == body_id,
        person.c.active.is_(True),
        person.c.id.in_(bindparam("people", expanding=True)),
    )
    return connection.execute(counted, {"people": wanted}).scalar_one() == len(wanted)


def holders_for(
    connection: Connection, body_id: UUID, role: Role | None, department_id: UUID | None, today: date
) -> tuple[tuple[UUID, str], ...]:
    """Active people who hold the role in the whole body or in this department on `today`, by name."""
    if role is None:
        return ()
    rows = connection.execute(
        select(person.c.id, person.c.name)
        .join(role_grant, role_grant.c.person_id == person.c.id)
        .where(
            role_grant.c.body_id == body_id,
            role_grant.c.role == role.value,
            or_(role_grant.c.department_id.is_(None), role_grant.c.department_id == department_id),
            or_(role_grant.c.until.is_(None), role_grant.c.until >= today),
            person.c.active,
        )
        .order_by(person.c.name, person.c.id)
        .distinct()
    )
    return tuple((row.id, row.name) for row in rows)


def _columns(new: NewAssessment) -> dict[str, object]:
    return {
        "id": new.id,
        "body_id": new.body_id,
        "department_id": new.department_id,
        "plan_id": new.plan_id,
        "reference": new.reference,
        "version": 1,
        "row_version": 1,
        "title": new.title,
        "workflow": new.workflow,
        "characteristic_list": new.characteristic_list,
        "characteristics": list(new.characteristics),
        "stage": new.stage,
        "stage_since": new.created_at,
        "is_open": True,
        "priority": new.priority,
        "financial_year": new.financial_year,
        "decision_body": new.decision_body,
        "decision_on": new.decision_on,
        "created_at": new.created_at,
        "lead_as_written": new.lead_as_written,
        "support_as_written": new.support_as_written,
        "lead_accepted_at": new.lead_accepted_at,
        **target_columns(new.target),
    }
