"""Keeps what signatures are bound to in step with the content, whoever changed it and in whatever order."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from eia.domain.events import Event
from eia.store import passages, sign_offs
from eia.store.content_hash import content_hash
from eia.store.tables import assessment, authorship


def settle_content(connection: Connection, assessment_id: UUID, event: Event) -> Event | None:
    """Stores the content's hash; if it changed, whoever did it is an author, and signatures on it lapse.

    Returns the event that puts the new hash on record. A chain that is no assessment's is left alone.
    """
    row = connection.execute(_KNOWN, {"this_id": assessment_id}).one_or_none()
    if row is None:
        return None
    approved = row.promises_hash if row.approved_on else ""
    now = content_hash(connection, assessment_id, approved_promises=approved)
    if now.whole == row.content_hash:
        return None
    connection.execute(_KEEP, {"this_id": assessment_id, "whole": now.whole, "promises": now.promises})
    passages.refresh(connection, row.body_id, assessment_id)
    if row.content_hash and event.actor_id:  # to schedule an assessment is not to write it
        _add_author(connection, assessment_id, event)
    lapsed = sign_offs.lapse(connection, assessment_id)
    data: dict[str, str | int] = {"content": now.whole} | ({"signatures_lapsed": lapsed} if lapsed else {})
    return Event(
        name="content_changed", chain_id=assessment_id, actor_id=event.actor_id, at=event.at, data=data
    )


def _add_author(connection: Connection, assessment_id: UUID, event: Event) -> None:
    connection.execute(
        _AUTHOR[connection.dialect.name],
        {"assessment_id": assessment_id, "person_id": event.actor_id, "first_at": event.at},
    )


def contents(connection: Connection) -> dict[UUID, str]:
    """The hash of each assessment's content as it stands, worked out afresh."""
    rows = connection.execute(_EVERY).all()
    return {
        row.id: content_hash(
            connection, row.id, approved_promises=row.promises_hash if row.approved_on else ""
        ).whole
        for row in rows
    }


_KNOWN = select(
    assessment.c.body_id, assessment.c.content_hash, assessment.c.promises_hash, assessment.c.approved_on
).where(assessment.c.id == bindparam("this_id"))
_AUTHOR = {
    "sqlite": sqlite.insert(authorship).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(authorship).on_conflict_do_nothing(),
}
_EVERY = select(assessment.c.id, assessment.c.promises_hash, assessment.c.approved_on)
_KEEP = (
    update(assessment)
    .where(assessment.c.id == bindparam("this_id"))
    .values(content_hash=bindparam("whole"), promises_hash=bindparam("promises"))
)
