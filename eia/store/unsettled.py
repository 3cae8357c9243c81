"""Mails that wait for a person: held, failed, expired or in doubt."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select, text, update

from eia.store.outbox import UNSETTLED, OutboxItem, items
from eia.store.tables import outbox, reminder

_IS_UNSETTLED = text("outbox.state IN ('held', 'failed', 'expired', 'in_doubt')")


def of_body(connection: Connection, body_id: UUID, *, limit: int) -> tuple[OutboxItem, ...]:
    """The body's, oldest first."""
    return items(connection, _IS_UNSETTLED, outbox.c.body_id == body_id, limit=limit)


def in_state(connection: Connection, body_id: UUID, state: str) -> tuple[UUID, ...]:
    """Every one of the body's in this state."""
    assert state in UNSETTLED
    return tuple(
        connection.scalars(
            select(outbox.c.id).where(_IS_UNSETTLED, outbox.c.body_id == body_id, outbox.c.state == state)
        )
    )


def locked(connection: Connection, body_id: UUID, ids: Collection[UUID]) -> tuple[OutboxItem, ...]:
    """Those of them that still wait for a person; nobody else decides about them meanwhile."""
    connection.execute(
        select(outbox.c.id).where(outbox.c.id.in_(ids)).order_by(outbox.c.id).with_for_update()
    )
    return items(connection, _IS_UNSETTLED, outbox.c.body_id == body_id, outbox.c.id.in_(ids))


def again(
    connection: Connection, item: OutboxItem, *, payload: dict[str, object], because: str, now: datetime
) -> None:
    """It waits to go, with everything it carried."""
    connection.execute(
        update(outbox)
        .where(outbox.c.id == item.id)
        .values(
            state="pending",
            payload=payload,
            message_id=item.message_id if payload == item.payload else "",
            due_at=now,
            tries=0,
            tried_since=None,
            error="",
            closed_because=because,
        )
    )
    connection.execute(
        update(reminder)
        .where(reminder.c.outbox_id == item.id, reminder.c.state == "cancelled")
        .values(state="queued")
    )


def close(
    connection: Connection, item: OutboxItem, state: str, *, because: str, sent_at: datetime | None
) -> None:
    """A person said what became of it."""
    connection.execute(
        update(outbox)
        .where(outbox.c.id == item.id)
        .values(state=state, closed_because=because, sent_at=sent_at)
    )
