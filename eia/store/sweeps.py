"""When the clock last did its rounds, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select

from eia.store.tables import sweep


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """One round."""

    name: str
    started_at: datetime
    finished_at: datetime | None
    created: int
    note: str


def record(connection: Connection, sweep_id: UUID, done: Sweep) -> None:
    """A round that was made, in the same transaction as what it made."""
    connection.execute(
        insert(sweep).values(
            id=sweep_id,
            name=done.name,
            started_at=done.started_at,
            finished_at=done.finished_at,
            created=done.created,
            note=done.note,
        )
    )


def last(connection: Connection, name: str) -> Sweep | None:
    """The latest round of this name."""
    row = connection.execute(
        select(sweep).where(sweep.c.name == name).order_by(sweep.c.started_at.desc()).limit(1)
    ).first()
    return None if row is None else Sweep(**{key: row._mapping[key] for key in Sweep.__dataclass_fields__})


def since(connection: Connection, name: str, start: datetime) -> tuple[Sweep, ...]:
    """The rounds of this name from `start` on that created anything, oldest first."""
    rows = connection.execute(
        select(sweep)
        .where(sweep.c.name == name, sweep.c.started_at >= start, sweep.c.created > 0)
        .order_by(sweep.c.started_at)
    )
    return tuple(Sweep(**{key: row._mapping[key] for key in Sweep.__dataclass_fields__}) for row in rows)
