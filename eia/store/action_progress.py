"""Progress notes: what people said of an action, each kept as it was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, RowMapping, func, insert, select

from eia.domain.action import Progress, ProgressKind
from eia.store.tables import action_progress, person


def add(
    connection: Connection,
    progress_id: UUID,
    action_id: UUID,
    kind: ProgressKind,
    note: str,
    *,
    by: UUID,
    at: datetime,
) -> None:
    """One more progress note; none is ever changed."""
    connection.execute(
        insert(action_progress).values(
            id=progress_id, action_id=action_id, kind=kind.value, note=note, person_id=by, at=at
        )
    )


def of_action(connection: Connection, action_id: UUID) -> tuple[Progress, ...]:
    """The action's progress notes, newest first."""
    rows = connection.execute(
        select(action_progress, person.c.name.label("person_name"))
        .join(person, person.c.id == action_progress.c.person_id)
        .where(action_progress.c.action_id == action_id)
        .order_by(action_progress.c.at.desc(), action_progress.c.id)
    ).mappings()
    return tuple(map(_value, rows))


def last_words(connection: Connection, action_ids: Sequence[UUID]) -> dict[UUID, Progress]:
    """The newest progress note of each action that has one."""
    newest = (
        select(
            action_progress,
            func.row_number()
            .over(
                partition_by=action_progress.c.action_id,
                order_by=(action_progress.c.at.desc(), action_progress.c.id),
            )
            .label("place"),
        )
        .where(action_progress.c.action_id.in_(action_ids))
        .subquery()
    )
    rows = connection.execute(
        select(newest, person.c.name.label("person_name"))
        .join(person, person.c.id == newest.c.person_id)
        .where(newest.c.place == 1)
    ).mappings()
    return {row["action_id"]: _value(row) for row in rows}


def _value(row: RowMapping) -> Progress:
    return Progress(
        kind=ProgressKind(row["kind"]),
        note=row["note"],
        person_id=row["person_id"],
        person_name=row["person_name"],
        at=row["at"],
    )
