"""Reports as they were handed out: none is ever changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, RowMapping, insert, select

from eia.domain.report.report import Extent, ReportKind
from eia.store.tables import kept_report, person

NEWEST = 50
"""So many are listed."""

_row = kept_report.c


@dataclass(frozen=True, kw_only=True)
class KeptLine:
    """A kept report in the list; `department_id` None: of the whole body."""

    id: UUID
    kind: ReportKind
    department_id: UUID | None
    extent: Extent
    title: str
    as_at: date
    sha256: str
    kept_by: str
    kept_at: datetime


@dataclass(frozen=True, kw_only=True)
class NewKept:
    """A report to be kept; `content` is what was drawn, and `sha256` its hash."""

    id: UUID
    kind: ReportKind
    department_id: UUID | None
    extent: Extent
    title: str
    as_at: date
    sha256: str
    content: str


_LINES = select(
    _row.id,
    _row.kind,
    _row.department_id,
    _row.extent,
    _row.title,
    _row.as_at,
    _row.sha256,
    person.c.name.label("kept_by"),
    _row.kept_at,
).join(person, person.c.id == _row.kept_by)


def add(connection: Connection, body_id: UUID, new: NewKept, *, by: UUID, at: datetime) -> None:
    """One more report that is kept."""
    connection.execute(
        insert(kept_report).values(
            id=new.id,
            body_id=body_id,
            kind=new.kind.value,
            department_id=new.department_id,
            extent=new.extent.value,
            title=new.title,
            as_at=new.as_at,
            sha256=new.sha256,
            content=new.content,
            kept_by=by,
            kept_at=at,
        )
    )


def newest(connection: Connection, body_id: UUID) -> tuple[KeptLine, ...]:
    """The newest of the body's kept reports."""
    found = _LINES.where(_row.body_id == body_id).order_by(_row.kept_at.desc(), _row.id).limit(NEWEST)
    return tuple(_line(row) for row in connection.execute(found).mappings())


def one(connection: Connection, body_id: UUID, report_id: UUID) -> tuple[KeptLine, str] | None:
    """The body's kept report with this id, and its content."""
    found = _LINES.add_columns(_row.content).where(_row.body_id == body_id, _row.id == report_id)
    row = connection.execute(found).mappings().first()
    return (_line(row), row["content"]) if row else None


def _line(row: RowMapping) -> KeptLine:
    return KeptLine(
        id=row["id"],
        kind=ReportKind(row["kind"]),
        department_id=row["department_id"],
        extent=Extent(row["extent"]),
        title=row["title"],
        as_at=row["as_at"],
        sha256=row["sha256"],
        kept_by=row["kept_by"],
        kept_at=row["kept_at"],
    )
