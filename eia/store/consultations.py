"""Consultation rows of one assessment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select, update

from eia.domain.consultation import Consultation
from eia.store.tables import consultation


def of_assessment(connection: Connection, assessment_id: UUID) -> tuple[Consultation, ...]:
    """Every consultation activity of the assessment, soonest first."""
    rows = connection.execute(_OF_ASSESSMENT, {"assessment_id": assessment_id}).mappings()
    return tuple(_value(row) for row in rows)


def add(connection: Connection, assessment_id: UUID, item: Consultation, *, by: UUID, at: datetime) -> None:
    """A new activity."""
    connection.execute(
        insert(consultation).values(
            id=item.id, assessment_id=assessment_id, written_by=by, written_at=at, **_columns(item)
        )
    )


def replace(connection: Connection, assessment_id: UUID, item: Consultation) -> bool:
    """The activity with this id as it now reads; False when the assessment has no such activity."""
    result = connection.execute(
        update(consultation)
        .where(consultation.c.id == item.id, consultation.c.assessment_id == assessment_id)
        .values(**_columns(item))
    )
    return result.rowcount == 1


def remove(connection: Connection, assessment_id: UUID, consultation_id: UUID) -> bool:
    """Take the activity out; False when the assessment has no such activity."""
    result = connection.execute(
        delete(consultation).where(
            consultation.c.id == consultation_id, consultation.c.assessment_id == assessment_id
        )
    )
    return result.rowcount == 1


def _columns(item: Consultation) -> dict[str, object]:
    return {
        "method": item.method,
        "invited": item.invited,
        "characteristics": list(item.characteristics),
        "heard": list(item.heard),
        "opens_on": item.opens_on,
        "closes_on": item.closes_on,
        "summary": item.summary,
        "changed": item.changed,
        "not_heard_because": item.not_heard_because,
    }


def _value(row: RowMapping) -> Consultation:
    return Consultation(
        id=row["id"],
        method=row["method"],
        invited=row["invited"],
        characteristics=tuple(row["characteristics"]),
        heard=tuple(row["heard"]),
        opens_on=row["opens_on"],
        closes_on=row["closes_on"],
        summary=row["summary"],
        changed=row["changed"],
        not_heard_because=row["not_heard_because"],
    )


_OF_ASSESSMENT = (
    select(consultation)
    .where(consultation.c.assessment_id == bindparam("assessment_id"))
    .order_by(consultation.c.opens_on, consultation.c.id)
)
