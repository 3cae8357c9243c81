"""Which files stand on which section of an assessment; their bytes are not in the database."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select

from eia.domain.attachment import Attachment
from eia.domain.file_kind import FileKind
from eia.store.tables import attachment, person

_EVERY = (
    select(attachment, person.c.name.label("by"))
    .join(person, person.c.id == attachment.c.added_by)
    .order_by(attachment.c.added_at, attachment.c.id)
)
_OF_ASSESSMENT = _EVERY.where(attachment.c.assessment_id == bindparam("assessment_id"))


def of_assessment(connection: Connection, assessment_id: UUID) -> tuple[Attachment, ...]:
    """Every file on the assessment, oldest first."""
    rows = connection.execute(_OF_ASSESSMENT, {"assessment_id": assessment_id}).mappings()
    return tuple(map(_attachment, rows))


def every(connection: Connection) -> Iterator[Attachment]:
    """Every file on any assessment of any body."""
    return map(_attachment, connection.execute(_EVERY).mappings())


def add(connection: Connection, item: Attachment) -> None:
    """One more file, whose bytes are kept already."""
    connection.execute(
        insert(attachment).values(
            id=item.id,
            assessment_id=item.assessment_id,
            section=item.section,
            name=item.name,
            kind=item.kind.value,
            size=item.size,
            sha256=item.sha256,
            added_by=item.added_by,
            added_at=item.added_at,
        )
    )


def remove(connection: Connection, attachment_id: UUID) -> None:
    """Takes the file off the assessment; its bytes are still there."""
    connection.execute(delete(attachment).where(attachment.c.id == attachment_id))


def _attachment(row: RowMapping) -> Attachment:
    return Attachment(
        id=row["id"],
        assessment_id=row["assessment_id"],
        section=row["section"],
        name=row["name"],
        kind=FileKind(row["kind"]),
        size=row["size"],
        sha256=row["sha256"],
        added_by=row["added_by"],
        by=row["by"],
        added_at=row["added_at"],
    )
