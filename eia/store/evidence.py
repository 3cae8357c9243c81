"""Evidence rows of one assessment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select, update

from eia.domain.evidence import Evidence, EvidenceKind
from eia.store.tables import evidence


def of_assessment(connection: Connection, assessment_id: UUID) -> tuple[Evidence, ...]:
    """Every source and gap of the assessment, in the order they were written."""
    rows = connection.execute(_OF_ASSESSMENT, {"assessment_id": assessment_id}).mappings()
    return tuple(_value(row) for row in rows)


def add(connection: Connection, assessment_id: UUID, item: Evidence, *, by: UUID, at: datetime) -> None:
    """A new source or gap."""
    connection.execute(
        insert(evidence).values(
            id=item.id, assessment_id=assessment_id, written_by=by, written_at=at, **_columns(item)
        )
    )


def replace(connection: Connection, assessment_id: UUID, item: Evidence) -> bool:
    """The source with this id as it now reads; False when the assessment has no such source."""
    result = connection.execute(
        update(evidence)
        .where(evidence.c.id == item.id, evidence.c.assessment_id == assessment_id)
        .values(**_columns(item))
    )
    return result.rowcount == 1


def remove(connection: Connection, assessment_id: UUID, evidence_id: UUID) -> bool:
    """Take the source out; False when the assessment has no such source."""
    result = connection.execute(
        delete(evidence).where(evidence.c.id == evidence_id, evidence.c.assessment_id == assessment_id)
    )
    return result.rowcount == 1


def _columns(item: Evidence) -> dict[str, object]:
    return {
        "title": item.title,
        "kind": item.kind.value,
        "published_on": item.published_on,
        "characteristics": list(item.characteristics),
        "finding": item.finding,
        "link": item.link,
        "is_gap": item.is_gap,
        "action_id": item.action_id,
    }


def _value(row: RowMapping) -> Evidence:
    return Evidence(
        id=row["id"],
        title=row["title"],
        kind=EvidenceKind(row["kind"]),
        published_on=row["published_on"],
        characteristics=tuple(row["characteristics"]),
        finding=row["finding"],
        link=row["link"],
        is_gap=row["is_gap"],
        action_id=row["action_id"],
    )


_OF_ASSESSMENT = (
    select(evidence)
    .where(evidence.c.assessment_id == bindparam("assessment_id"))
    .order_by(evidence.c.written_at, evidence.c.id)
)
