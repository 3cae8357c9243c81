"""Keeps what can be found in step with what is written."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select

from eia.domain.search import Passage, passages_of
from eia.store.load_facts import load_facts
from eia.store.tables import passage


def refresh(connection: Connection, body_id: UUID, assessment_id: UUID) -> None:
    """The assessment's passages as its content now reads; those that read the same already are left alone."""
    wanted = tuple(passages_of(load_facts(connection, body_id, assessment_id)))
    values = {"this_id": assessment_id}
    kept = tuple(
        Passage(characteristic=row.characteristic, title=row.title, text=row.text, effects=tuple(row.effects))
        for row in connection.execute(_KEPT, values)
    )
    if kept == wanted:
        return
    connection.execute(_REMOVE, values)
    connection.execute(insert(passage), [_row(assessment_id, each) for each in wanted])


def _row(assessment_id: UUID, each: Passage) -> dict[str, object]:
    return {
        "assessment_id": assessment_id,
        "characteristic": each.characteristic,
        "title": each.title,
        "text": each.text,
        "effects": list(each.effects),
    }


_KEPT = (
    select(passage.c.characteristic, passage.c.title, passage.c.text, passage.c.effects)
    .where(passage.c.assessment_id == bindparam("this_id"))
    .order_by(passage.c.id)
)
_REMOVE = delete(passage).where(passage.c.assessment_id == bindparam("this_id"))
