"""A section that is a list, not a form: its items are rows of a table, each of one assessment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Select, Table, delete, insert, update


class Item(Protocol):
    """A source, a gap, a consultation activity."""

    @property
    def id(self) -> UUID:
        """Its key."""
        ...


I = TypeVar("I", bound=Item)  # noqa: E741


@dataclass(frozen=True, kw_only=True)
class ItemRows(Generic[I]):
    """The rows of one table; `listed` reads those of a bound `assessment_id` in the order of the page."""

    table: Table
    listed: Select[Any]
    value: Callable[[RowMapping], I]
    columns: Callable[[I], Mapping[str, object]]

    def of_assessment(self, connection: Connection, assessment_id: UUID) -> tuple[I, ...]:
        """Every item of the assessment."""
        rows = connection.execute(self.listed, {"assessment_id": assessment_id}).mappings()
        return tuple(map(self.value, rows))

    def add(self, connection: Connection, assessment_id: UUID, item: I, *, by: UUID, at: datetime) -> None:
        """A new item."""
        row = {"id": item.id, "assessment_id": assessment_id, "written_by": by, "written_at": at}
        connection.execute(insert(self.table).values(**row, **self.columns(item)))

    def replace(self, connection: Connection, assessment_id: UUID, item: I) -> bool:
        """The item with this id as it now reads; False when the assessment has no such item."""
        changed = update(self.table).where(*self._this(assessment_id, item.id)).values(**self.columns(item))
        return connection.execute(changed).rowcount == 1

    def remove(self, connection: Connection, assessment_id: UUID, item_id: UUID) -> bool:
        """Take the item out; False when the assessment has no such item."""
        return connection.execute(delete(self.table).where(*self._this(assessment_id, item_id))).rowcount == 1

    def _this(self, assessment_id: UUID, item_id: UUID) -> tuple[Any, ...]:
        return self.table.c.id == item_id, self.table.c.assessment_id == assessment_id
