"""Loads one assessment's facts in one query, after locking it where the database has other writers."""

from __future__ import annotations

import json
from collections.abc import Sequence
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
    return facts_of(_row(connection, body_id, assessment_id, lock=False))


def lock_and_load_facts(
    connection: Connection, body_id: UUID, assessment_id: UUID
) -> tuple[AssessmentFacts, Head | None]:
    """The same with the last of its audit chain, both ours until the transaction ends."""
    row = _row(connection, body_id, assessment_id, lock=True)
    head = row[-1]
    return facts_of(row), Head(head[0], bytes.fromhex(head[1])) if head else None


def _row(connection: Connection, body_id: UUID, assessment_id: UUID, *, lock: bool) -> Sequence[Any]:
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":  # its one writer is alone from BEGIN on, and need not lock
        places = {"body_id": body_id.hex, "assessment_id": assessment_id.hex}
        texts = raw.execute(facts_query.for_sqlite(), places).fetchone()
        row = texts and [json.loads(text) if text else None for text in texts]
    else:
        row = _from_postgresql(raw, {"body_id": body_id, "assessment_id": assessment_id}, lock=lock)
    if row is None:
        raise NotFound
    return row


def _from_postgresql(raw: Any, places: dict[str, UUID], *, lock: bool) -> Sequence[Any] | None:
    """Two queries when locking: the second sees what the first had to wait for."""
    if lock:
        raw.execute(facts_query.lock_on_postgresql(), places)
    row: Sequence[Any] | None = raw.execute(facts_query.for_postgresql(), places).fetchone()
    return row
