"""Where a body stands in the areas of a framework, how it moved, and what each area points to."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from eia.domain.errors import Stale
from eia.domain.framework import LevelMove, LinkKind, Standing
from eia.store.tables import framework_area, framework_link, framework_move, person
from eia.store.targets import target_columns, target_value

_row = framework_area.c


class AreaKey(NamedTuple):
    """One area of one framework, of one body."""

    body_id: UUID
    framework: str
    area: str


def of_area(row: ReadOnlyColumnCollection[str, Any], key: AreaKey) -> ColumnElement[bool]:
    """True of the rows that speak of this area."""
    return and_(row.body_id == key.body_id, row.framework == key.framework, row.area == key.area)


def standings(connection: Connection, body_id: UUID, framework: str) -> dict[str, Standing]:
    """Every area that somebody has looked at, by its id."""
    rows = connection.execute(
        select(framework_area, person.c.name.label("person_name"))
        .join(person, person.c.id == _row.changed_by)
        .where(_row.body_id == body_id, _row.framework == framework)
    ).mappings()
    return {
        row["area"]: Standing(
            level=row["level"],
            standing=row["standing"],
            target_level=row["target_level"],
            target=target_value(row) if row["target_raw"] else None,
            closes_gap=row["closes_gap"],
            row_version=row["row_version"],
            changed_by=row["person_name"],
            changed_at=row["changed_at"],
        )
        for row in rows
    }


def keep(connection: Connection, key: AreaKey, said: Standing, *, by: UUID, at: datetime) -> None:
    """The area as it now reads, if nobody changed it since `said.row_version`; `Stale` otherwise."""
    values = {
        "level": said.level,
        "standing": said.standing,
        "target_level": said.target_level,
        "closes_gap": said.closes_gap,
        "row_version": said.row_version + 1,
        "changed_by": by,
        "changed_at": at,
        **_target(said),
    }
    if said.row_version == 0:
        connection.execute(insert(framework_area).values(**key._asdict(), **values))
        return
    kept = connection.execute(
        update(framework_area)
        .where(of_area(_row, key), _row.row_version == said.row_version)
        .values(**values)
    )
    if kept.rowcount != 1:
        raise Stale((), current_version=said.row_version + 1)


def _target(said: Standing) -> dict[str, object]:
    if said.target is not None:
        return target_columns(said.target)
    return {
        "target_raw": "",
        "target_kind": "unknown",
        "target_earliest": None,
        "target_latest": None,
        "target_provisional": False,
        "target_milestones": [],
    }


def add_move(
    connection: Connection,
    key: AreaKey,
    move_id: UUID,
    levels: tuple[str | None, str | None],
    because: str,
    *,
    by: UUID,
    at: datetime,
) -> None:
    """One more move, from the first of the levels to the second; none is ever changed."""
    connection.execute(
        insert(framework_move).values(
            id=move_id,
            **key._asdict(),
            from_level=levels[0],
            to_level=levels[1],
            because=because,
            person_id=by,
            at=at,
        )
    )


def moves(connection: Connection, key: AreaKey) -> tuple[LevelMove, ...]:
    """How the area moved, newest first."""
    row = framework_move.c
    rows = connection.execute(
        select(row.from_level, row.to_level, row.because, person.c.name.label("person"), row.at)
        .join(person, person.c.id == row.person_id)
        .where(of_area(row, key))
        .order_by(row.at.desc(), row.id)
    ).mappings()
    return tuple(LevelMove(**each) for each in rows)


def add_link(
    connection: Connection,
    key: AreaKey,
    link_id: UUID,
    kind: LinkKind,
    subject_id: UUID,
    *,
    by: UUID,
    at: datetime,
) -> None:
    """The area points to this; it did not before."""
    connection.execute(
        insert(framework_link).values(
            id=link_id,
            **key._asdict(),
            kind=kind.value,
            subject_id=subject_id,
            note="",  # nobody is asked for one
            added_by=by,
            added_at=at,
        )
    )


def is_linked(connection: Connection, key: AreaKey, kind: LinkKind, subject_id: UUID) -> bool:
    """Whether the area points to this already."""
    row = framework_link.c
    found = select(row.id).where(of_area(row, key), row.kind == kind.value, row.subject_id == subject_id)
    return connection.execute(found).first() is not None


def remove_link(connection: Connection, key: AreaKey, link_id: UUID) -> bool:
    """The area no longer points to it; False when it did not."""
    row = framework_link.c
    gone = connection.execute(delete(framework_link).where(of_area(row, key), row.id == link_id))
    return gone.rowcount == 1
