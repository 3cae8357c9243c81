"""Who wrote or imported any part of a version; nobody on this list may review or sign it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert

from eia.store.tables import authorship


def add(connection: Connection, assessment_id: UUID, person_id: UUID, *, at: datetime) -> None:
    """The person's first change to this version; call it once, under the assessment's lock."""
    connection.execute(
        insert(authorship).values(assessment_id=assessment_id, person_id=person_id, first_at=at)
    )
