"""When the clock last did its rounds, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Connection, String, bindparam, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from eia.store.tables import sweep

ROUNDS = ("reminders", "outbox", "checkpoint")


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


def latest(connection: Connection, *, upto: datetime | None = None) -> datetime | None:
    """When the clock last did any of its rounds (not after `upto`)."""
    found = [_latest(connection, name, upto) for name in ROUNDS]
    return max(filter(None, found), default=None)


def _latest(connection: Connection, name: str, upto: datetime | None) -> datetime | None:
    query = select(func.max(sweep.c.started_at)).where(sweep.c.name == name)
    found: datetime | None = connection.scalar(
        query if upto is None else query.where(sweep.c.started_at <= upto)
    )
    return found


def looked(connection: Connection, name: str, now: datetime) -> None:
    """A round that found nothing to do: kept in one row that moves along, not in a row each time."""
    quiet = {"id": uuid5(NAMESPACE_URL, f"eia:quiet:{name}"), "name": name, "note": "nothing to do"}
    connection.execute(
        _LOOKED[connection.dialect.name], quiet | {"started_at": now, "finished_at": now, "created": 0}
    )


def alone(connection: Connection, name: str) -> None:
    """Whoever makes this round waits for whoever is making it, and then sees what it made.

    SQLite has one writer, and whoever writes has waited already.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_ALONE, {"round": f"eia:round:{name}"})


_NOW = ("started_at", "finished_at")
_ON_SQLITE, _ON_POSTGRESQL = sqlite.insert(sweep), postgresql.insert(sweep)
_LOOKED = {
    "sqlite": _ON_SQLITE.on_conflict_do_update(
        index_elements=["id"], set_={each: _ON_SQLITE.excluded[each] for each in _NOW}
    ),
    "postgresql": _ON_POSTGRESQL.on_conflict_do_update(
        index_elements=["id"], set_={each: _ON_POSTGRESQL.excluded[each] for each in _NOW}
    ),
}
_ALONE = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("round", type_=String()), 0)))
