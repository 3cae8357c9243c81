"""Loads one assessment's facts in one query, and on PostgreSQL locks it in the same round trip."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from eia.domain.errors import NotFound
from eia.domain.facts import AssessmentFacts
from eia.store import facts_query
from eia.store.audit import Head
from eia.store.facts_of import facts_of


def load_facts(connection: Connection, body_id: UUID, assessment_id: UUID) -> AssessmentFacts:
    """The assessment as it stands in this transaction.

    Raises:
        NotFound: there is none with this id in this body.
    """
    return facts_of(_document(connection, body_id, assessment_id, lock=False))


def lock_and_load_facts(
    connection: Connection, body_id: UUID, assessment_id: UUID
) -> tuple[AssessmentFacts, Head | None]:
    """The same with the last of its audit chain, both ours until the transaction ends."""
    document = _document(connection, body_id, assessment_id, lock=True)
    head = document[-1]
    return facts_of(document), Head(head[0], bytes.fromhex(head[1])) if head else None


def _document(connection: Connection, body_id: UUID, assessment_id: UUID, *, lock: bool) -> list[Any]:
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":  # its one writer is alone from BEGIN on, and need not lock
        places = {"body_id": body_id.hex, "assessment_id": assessment_id.hex}
        row = raw.execute(facts_query.for_sqlite(), places).fetchone()
        found = json.loads(row[0]) if row else None
    else:
        row = _from_postgresql(raw, {"body_id": body_id, "assessment_id": assessment_id}, lock=lock)
        found = row[0] if row else None
    if found is None:
        raise NotFound
    document: list[Any] = found
    return document


def _from_postgresql(raw: Any, places: dict[str, UUID], *, lock: bool) -> tuple[Any, ...] | None:
    """One round trip, but two queries when locking: the second sees what the first had to wait for."""
    with raw.pipeline():
        if lock:
            raw.execute(facts_query.lock_on_postgresql(), places)
        cursor = raw.execute(facts_query.for_postgresql(), places)
    row: tuple[Any, ...] | None = cursor.fetchone()
    return row
