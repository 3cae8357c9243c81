"""Plans: the documents that actions and scheduled assessments were read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Select, case, func, insert, select, true, update

from eia.domain.facts import ActionState
from eia.domain.people import Actor
from eia.domain.plan_kind import PlanKind
from eia.domain.policy import Permission
from eia.domain.target_date import TargetDate
from eia.store.lead_name import LEAD_NAME
from eia.store.tables import action, assessment, department, plan, plan_version
from eia.store.targets import has_deadline, target_value
from eia.store.visibility import visible


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One plan as it was imported; `problems` are sentences about what could not be read."""

    id: UUID
    department_id: UUID | None
    title: str
    period_from: date | None
    period_to: date | None
    source_name: str
    source_sha256: str
    problems: tuple[str, ...]
    imported_by: UUID
    kind: PlanKind = PlanKind.EQUALITY_ACTION_PLAN
    workflow: str | None = None  # its approval route
    stage: str | None = None
    stage_since: datetime | None = None
    row_version: int = 1
    carried_from: UUID | None = None  # the plan of the period before


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """A plan in the list, with how its actions stand."""

    id: UUID
    title: str
    department_name: str | None
    period_from: date | None
    period_to: date | None
    kind: PlanKind
    workflow: str | None
    stage: str | None
    actions: int
    open_actions: int
    overdue_actions: int


@dataclass(frozen=True, kw_only=True)
class ScheduledAssessment:
    """An assessment that a plan scheduled; `is_shown` when the person who asks may see its page."""

    id: UUID
    reference: str
    title: str
    stage: str
    workflow: str
    target: TargetDate
    lead_as_written: str
    support_as_written: str
    lead: str  # who is assigned, by name; "" while nobody is
    is_shown: bool


def add(connection: Connection, body_id: UUID, item: Plan, *, at: datetime) -> None:
    """A newly imported plan."""
    connection.execute(
        insert(plan).values(
            id=item.id,
            body_id=body_id,
            department_id=item.department_id,
            title=item.title,
            period_from=item.period_from,
            period_to=item.period_to,
            source_name=item.source_name,
            source_sha256=item.source_sha256,
            problems=list(item.problems),
            imported_by=item.imported_by,
            imported_at=at,
            kind=item.kind.value,
            workflow=item.workflow,
            stage=item.stage,
            stage_since=item.stage_since,
            row_version=item.row_version,
            carried_from=item.carried_from,
        )
    )


def one(connection: Connection, body_id: UUID, plan_id: UUID) -> Plan | None:
    """The body's plan with this id."""
    return _first(connection, select(plan).where(plan.c.id == plan_id, plan.c.body_id == body_id))


def locked(connection: Connection, body_id: UUID, plan_id: UUID) -> Plan | None:
    """The same, its row ours until the end."""
    mine = select(plan).where(plan.c.id == plan_id, plan.c.body_id == body_id).with_for_update()
    return _first(connection, mine)


def with_source(connection: Connection, body_id: UUID, sha256: str) -> Plan | None:
    """The plan that has exactly this file among its versions."""
    mine = select(plan_version.c.plan_id).where(
        plan_version.c.source_sha256 == sha256, plan_version.c.body_id == body_id
    )
    return _first(connection, select(plan).where(plan.c.id.in_(mine)))


def carried_to(connection: Connection, plan_id: UUID) -> Plan | None:
    """The plan of the next period that this one was carried forward to."""
    return _first(connection, select(plan).where(plan.c.carried_from == plan_id))


def retitle(connection: Connection, plan_id: UUID, item: Plan) -> None:
    """What a newer version of the document says of the plan as a whole."""
    connection.execute(
        update(plan)
        .where(plan.c.id == plan_id)
        .values(
            title=item.title,
            period_from=item.period_from,
            period_to=item.period_to,
            source_name=item.source_name,
            problems=list(item.problems),
        )
    )


def lines(
    connection: Connection, body_id: UUID, *, departments: Sequence[UUID] | None, today: date
) -> tuple[PlanLine, ...]:
    """The plans of these departments (None: of every one), newest period first."""
    is_open = action.c.state == ActionState.OPEN
    is_overdue = is_open & has_deadline(action.c) & (action.c.target_latest < today)
    rows = connection.execute(
        select(
            plan.c.id,
            plan.c.title,
            department.c.name.label("department_name"),
            plan.c.period_from,
            plan.c.period_to,
            plan.c.kind,
            plan.c.workflow,
            plan.c.stage,
            func.count(action.c.id).label("actions"),
            func.count(case((is_open, 1))).label("open_actions"),
            func.count(case((is_overdue, 1))).label("overdue_actions"),
        )
        .select_from(
            plan.outerjoin(department, department.c.id == plan.c.department_id).outerjoin(
                action, action.c.plan_id == plan.c.id
            )
        )
        .where(
            plan.c.body_id == body_id,
            true() if departments is None else plan.c.department_id.in_(departments),
        )
        .group_by(plan.c.id, department.c.name)
        .order_by(plan.c.period_from.desc(), plan.c.title)
    ).mappings()
    return tuple(PlanLine(**{**row, "kind": PlanKind(row["kind"])}) for row in rows)


def assessments_of(
    connection: Connection, plan_id: UUID, actor: Actor, today: date
) -> tuple[ScheduledAssessment, ...]:
    """The assessments that the plan scheduled, soonest first."""
    rows = connection.execute(
        select(assessment, LEAD_NAME.label("lead"), visible(actor, Permission.VIEW, today).label("is_shown"))
        .where(assessment.c.plan_id == plan_id)
        .order_by(assessment.c.target_latest, assessment.c.reference)
    ).mappings()
    return tuple(
        ScheduledAssessment(
            id=row["id"],
            reference=row["reference"],
            title=row["title"],
            stage=row["stage"],
            workflow=row["workflow"],
            target=target_value(row),
            lead_as_written=row["lead_as_written"],
            support_as_written=row["support_as_written"],
            lead=row["lead"] or "",
            is_shown=bool(row["is_shown"]),
        )
        for row in rows
    )


def titles_of_assessments(connection: Connection, plan_id: UUID) -> frozenset[str]:
    """What the assessments that the plan scheduled are of."""
    titles = select(assessment.c.title).where(assessment.c.plan_id == plan_id)
    return frozenset(connection.execute(titles).scalars())


def count_assessments(connection: Connection, plan_id: UUID) -> int:
    """How many assessments the plan scheduled."""
    found = select(func.count()).select_from(assessment).where(assessment.c.plan_id == plan_id)
    return connection.execute(found).scalar_one()


def _first(connection: Connection, query: Select[tuple[object, ...]]) -> Plan | None:
    row = connection.execute(query).mappings().first()
    return None if row is None else _value(row)


def _value(row: RowMapping) -> Plan:
    return Plan(
        id=row["id"],
        department_id=row["department_id"],
        title=row["title"],
        period_from=row["period_from"],
        period_to=row["period_to"],
        source_name=row["source_name"],
        source_sha256=row["source_sha256"],
        problems=tuple(row["problems"]),
        imported_by=row["imported_by"],
        kind=PlanKind(row["kind"]),
        workflow=row["workflow"],
        stage=row["stage"],
        stage_since=row["stage_since"],
        row_version=row["row_version"],
        carried_from=row["carried_from"],
    )
