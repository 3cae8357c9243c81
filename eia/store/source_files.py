"""The files that sources of the library are; their bytes are not in the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Connection, RowMapping, delete, insert, select

from eia.domain.attachment import SourceFile
from eia.domain.file_kind import FileKind
from eia.store.tables import source_file


def of_source(connection: Connection, source_id: UUID) -> SourceFile | None:
    """The source's file, if it has one."""
    query = select(source_file).where(source_file.c.source_id == source_id)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else _value(row)


def every(connection: Connection) -> Iterator[SourceFile]:
    """The file of any source of any body."""
    return map(_value, connection.execute(select(source_file)).mappings())


def add(connection: Connection, item: SourceFile) -> None:
    """The source's file, whose bytes are kept already."""
    connection.execute(insert(source_file).values(**asdict(item) | {"kind": item.kind.value}))


def remove(connection: Connection, source_id: UUID) -> None:
    """The source has no file any more; the bytes are still there."""
    connection.execute(delete(source_file).where(source_file.c.source_id == source_id))


def _value(row: RowMapping) -> SourceFile:
    return SourceFile(**{**row, "kind": FileKind(row["kind"])})
