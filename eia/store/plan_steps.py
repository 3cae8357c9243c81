"""The steps by which plans are approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, insert, select, update

from eia.domain.action import Action
from eia.domain.errors import Stale
from eia.domain.people import Role
from eia.store import actions, audit, plan_readings
from eia.store.content_hash import plan_hash
from eia.store.tables import person, plan, plan_reading, plan_step, plan_version

_CHANGES = ("action_lead_named", "action_moved", "action_dropped", "action_carried_forward")
"""Events of a plan's chain with which what it promises is another promise."""


@dataclass(frozen=True, kw_only=True)
class PlanStep:
    """One move of a plan: where from and to, by whom, in which role, and what they said."""

    move: str
    from_stage: str
    to_stage: str
    person_id: UUID
    role: Role
    comment: str
    at: datetime
    content_hash: str = ""  # of what the plan promised then; "" where nobody asked
    person_name: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanStanding:
    """What the approval of a plan is decided by; the steps are in order, oldest first."""

    promised: tuple[Action, ...]
    content_hash: str
    written_by: frozenset[UUID]
    steps: tuple[PlanStep, ...]


def standing(connection: Connection, plan_id: UUID) -> PlanStanding:
    """The plan as the transaction sees it."""
    return PlanStanding(
        promised=actions.of_plan(connection, plan_id),
        content_hash=plan_hash(connection, plan_id),
        written_by=written_by(connection, plan_id),
        steps=steps(connection, plan_id),
    )


def take(connection: Connection, plan_id: UUID, row_version: int, workflow: str, step: PlanStep) -> None:
    """The plan is at its new stage, and the step stays. Raises `Stale` when it moved since `row_version`."""
    moved = connection.execute(
        update(plan)
        .where(plan.c.id == plan_id, plan.c.row_version == row_version)
        .values(workflow=workflow, stage=step.to_stage, stage_since=step.at, row_version=row_version + 1)
    )
    if moved.rowcount != 1:
        raise Stale([], current_version=row_version + 1)
    taken = select(func.coalesce(func.max(plan_step.c.seq), 0) + 1).where(plan_step.c.plan_id == plan_id)
    connection.execute(
        insert(plan_step).values(
            plan_id=plan_id,
            seq=connection.execute(taken).scalar_one(),
            move=step.move,
            from_stage=step.from_stage,
            to_stage=step.to_stage,
            person_id=step.person_id,
            role=step.role.value,
            comment=step.comment,
            at=step.at,
            content_hash=step.content_hash,
        )
    )


def steps(connection: Connection, plan_id: UUID) -> tuple[PlanStep, ...]:
    """The plan's steps, oldest first."""
    rows = connection.execute(
        select(plan_step, person.c.name.label("person_name"))
        .join(person, person.c.id == plan_step.c.person_id)
        .where(plan_step.c.plan_id == plan_id)
        .order_by(plan_step.c.seq)
    ).mappings()
    return tuple(
        PlanStep(
            move=row["move"],
            from_stage=row["from_stage"],
            to_stage=row["to_stage"],
            person_id=row["person_id"],
            role=Role(row["role"]),
            comment=row["comment"],
            at=row["at"],
            content_hash=row["content_hash"],
            person_name=row["person_name"],
        )
        for row in rows
    )


def written_by(connection: Connection, plan_id: UUID) -> frozenset[UUID]:
    """Whoever brought in a version of the plan, said how any of it reads, or changed what it promises."""
    imported = select(plan_version.c.imported_by).where(plan_version.c.plan_id == plan_id)
    read = select(plan_reading.c.created_by).where(plan_reading.c.plan_id == plan_id)
    changed = select(plan_reading.c.changed_by).where(plan_reading.c.plan_id == plan_id)
    made = select(plan.c.imported_by).where(plan.c.id == plan_id)
    brought_in = connection.execute(imported.union(read, changed, made)).scalars()
    checked = plan_readings.checked_by(connection, plan_id)
    return frozenset(brought_in) | checked | audit.who_did(connection, plan_id, _CHANGES)
