"""Readings of plans: how a document was understood, and what people said of that before it was imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Select, bindparam, insert, select, update

from eia.domain.errors import NotFound, Stale
from eia.domain.plain import as_plain, from_plain
from eia.domain.plan import PlanRead
from eia.domain.plan_check import PlanCheck
from eia.domain.plan_decision import Checks
from eia.domain.plan_kind import PlanKind
from eia.store.tables import department, person, plan_reading


class ReadingState(StrEnum):
    """What became of a reading."""

    OPEN = "open"
    IMPORTED = "imported"
    PUT_ASIDE = "put_aside"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One document as it was understood and checked so far; nothing of it is imported while it is open."""

    id: UUID
    body_id: UUID
    department_id: UUID
    kind: PlanKind
    source_name: str
    source_sha256: str
    period: str  # as somebody typed it; "": as the title says
    found: PlanRead
    checks: Checks
    meanings: Mapping[str, Any]
    state: ReadingState
    plan_id: UUID | None  # what it became, or the plan that it is a new version of
    changed_by: UUID
    changed_at: datetime
    row_version: int

    @property
    def check(self) -> PlanCheck:
        """What was found with what people said of it."""
        return PlanCheck(found=self.found, checks=self.checks)


@dataclass(frozen=True, kw_only=True)
class ReadingLine:
    """An open reading in the list."""

    id: UUID
    title: str
    source_name: str
    department_name: str
    changed_by: str
    changed_at: datetime


# Without `pieces`, which are the whole document again.
_ONE = select(*(each for each in plan_reading.c if each.name != "pieces")).where(
    plan_reading.c.id == bindparam("reading_id"), plan_reading.c.body_id == bindparam("body_id")
)


def add(connection: Connection, item: Reading, pieces: object) -> None:
    """A new reading, with the document as it was laid out."""
    connection.execute(
        insert(plan_reading).values(
            id=item.id,
            body_id=item.body_id,
            source_name=item.source_name,
            source_sha256=item.source_sha256,
            pieces=as_plain(pieces),
            created_by=item.changed_by,
            created_at=item.changed_at,
            row_version=item.row_version,
            **_values(item),
        )
    )


def replace(connection: Connection, item: Reading) -> None:
    """The reading as it now stands. Raises `Stale` when somebody changed it since `item.row_version`."""
    changed = connection.execute(
        update(plan_reading)
        .where(plan_reading.c.id == item.id, plan_reading.c.row_version == item.row_version)
        .values(row_version=item.row_version + 1, **_values(item))
    )
    if changed.rowcount != 1:
        raise Stale([], current_version=item.row_version + 1)


def one(connection: Connection, body_id: UUID, reading_id: UUID) -> Reading:
    """The body's reading with this id. Raises `NotFound`."""
    return _only(connection, _ONE, body_id, reading_id)


def locked(connection: Connection, body_id: UUID, reading_id: UUID) -> Reading:
    """The same, its row ours until the end. Raises `NotFound`."""
    return _only(connection, _ONE.with_for_update(), body_id, reading_id)


def _only(connection: Connection, query: Select[Any], body_id: UUID, reading_id: UUID) -> Reading:
    row = connection.execute(query, {"reading_id": reading_id, "body_id": body_id}).mappings().first()
    if row is None:
        raise NotFound
    return _value(row)


def pieces(connection: Connection, reading_id: UUID) -> Any:
    """The document as it was laid out."""
    return connection.execute(
        select(plan_reading.c.pieces).where(plan_reading.c.id == reading_id)
    ).scalar_one()


def checked_by(connection: Connection, plan_id: UUID) -> frozenset[UUID]:
    """Everybody who said of anything in the plan's documents how it reads."""
    said = connection.execute(
        select(plan_reading.c.checked).where(plan_reading.c.plan_id == plan_id)
    ).scalars()
    checks = (from_plain(Checks, each) for each in said)
    return frozenset(decision.by for each in checks for decision in each.decisions.values())


def open_for(connection: Connection, body_id: UUID, sha256: str) -> UUID | None:
    """The reading of exactly this file that somebody has begun to check."""
    return connection.execute(
        select(plan_reading.c.id).where(
            plan_reading.c.body_id == body_id,
            plan_reading.c.source_sha256 == sha256,
            plan_reading.c.state == ReadingState.OPEN,
        )
    ).scalar()


def open_lines(connection: Connection, body_id: UUID) -> Sequence[ReadingLine]:
    """Readings that wait for somebody to go on checking, the latest first."""
    query = (
        select(
            plan_reading.c.id,
            plan_reading.c.found["title"].as_string().label("title"),
            plan_reading.c.source_name,
            department.c.name.label("department_name"),
            person.c.name.label("changed_by"),
            plan_reading.c.changed_at,
        )
        .join(department, department.c.id == plan_reading.c.department_id)
        .join(person, person.c.id == plan_reading.c.changed_by)
        .where(plan_reading.c.body_id == body_id, plan_reading.c.state == ReadingState.OPEN)
        .order_by(plan_reading.c.changed_at.desc(), plan_reading.c.id)
    )
    return [ReadingLine(**row) for row in connection.execute(query).mappings()]


def _values(item: Reading) -> dict[str, object]:
    return {
        "department_id": item.department_id,
        "kind": item.kind.value,
        "period": item.period,
        "found": as_plain(item.found),
        "checked": as_plain(item.checks),
        "meanings": dict(item.meanings),
        "state": item.state.value,
        "plan_id": item.plan_id,
        "changed_by": item.changed_by,
        "changed_at": item.changed_at,
    }


def _value(row: RowMapping) -> Reading:
    return Reading(
        id=row["id"],
        body_id=row["body_id"],
        department_id=row["department_id"],
        kind=PlanKind(row["kind"]),
        source_name=row["source_name"],
        source_sha256=row["source_sha256"],
        period=row["period"],
        found=from_plain(PlanRead, row["found"]),
        checks=from_plain(Checks, row["checked"]),
        meanings=row["meanings"],
        state=ReadingState(row["state"]),
        plan_id=row["plan_id"],
        changed_by=row["changed_by"],
        changed_at=row["changed_at"],
        row_version=row["row_version"],
    )
