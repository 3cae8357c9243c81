"""Keeps what signatures are bound to in step with the content, whoever changed it and in whatever order."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, bindparam, select, update

from eia.domain.events import Event
from eia.store import sign_offs
from eia.store.content_hash import content_hash
from eia.store.tables import assessment


def settle_content(connection: Connection, assessment_id: UUID, event: Event) -> Event | None:
    """Stores the content's hash; if it changed, signatures on what it was lapse.

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
    lapsed = sign_offs.lapse(connection, assessment_id)
    if not lapsed:
        return None
    data = {"signatures": lapsed}
    return Event(name="signatures_lapsed", chain_id=assessment_id, actor_id=None, at=event.at, data=data)


_KNOWN = select(assessment.c.content_hash, assessment.c.promises_hash, assessment.c.approved_on).where(
    assessment.c.id == bindparam("this_id")
)
_KEEP = (
    update(assessment)
    .where(assessment.c.id == bindparam("this_id"))
    .values(content_hash=bindparam("whole"), promises_hash=bindparam("promises"))
)
