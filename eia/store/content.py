"""Keeps what signatures are bound to in step with the content, whoever changed it and in whatever order."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, bindparam, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from eia.domain.events import Event
from eia.store.content_hash import content_hash
from eia.store.tables import assessment, authorship, sign_off


def settle_content(connection: Connection, assessment_id: UUID, event: Event) -> Event | None:
    """Stores the content's hash; if it changed, whoever changed it is an author and signatures on it lapse.

    Returns the event to record when signatures lapsed. A chain that is no assessment's is left alone.
    """
    row = connection.execute(_KNOWN, {"this_id": assessment_id}).one_or_none()
    if row is None:
        return None
    approved = row.promises_hash if row.approved_on else ""
    now = content_hash(connection, assessment_id, approved_promises=approved)
    if now.whole == row.content_hash:
        return None
    connection.execute(_KEEP, {"this_id": assessment_id, "whole": now.whole, "promises": now.promises})
    if not row.content_hash:  # just begun: to schedule an assessment is not to write it
        return None
    if event.actor_id:
        _add_author(connection, assessment_id, event)
    lapsed = connection.execute(_LAPSE, {"this_id": assessment_id}).rowcount
    data = {"signatures": lapsed}
    return (
        Event(name="signatures_lapsed", chain_id=event.chain_id, actor_id=None, at=event.at, data=data)
        if lapsed
        else None
    )


def _add_author(connection: Connection, assessment_id: UUID, event: Event) -> None:
    connection.execute(
        _AUTHOR[connection.dialect.name],
        {"assessment_id": assessment_id, "person_id": event.actor_id, "first_at": event.at},
    )


_KNOWN = select(assessment.c.content_hash, assessment.c.promises_hash, assessment.c.approved_on).where(
    assessment.c.id == bindparam("this_id")
)
_KEEP = (
    update(assessment)
    .where(assessment.c.id == bindparam("this_id"))
    .values(content_hash=bindparam("whole"), promises_hash=bindparam("promises"))
)
_LAPSE = (
    update(sign_off)
    .where(
        sign_off.c.assessment_id == bindparam("this_id"), ~sign_off.c.lapsed, sign_off.c.outcome == "signed"
    )
    .values(lapsed=true())
)
_AUTHOR = {
    "sqlite": sqlite.insert(authorship).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(authorship).on_conflict_do_nothing(),
}
