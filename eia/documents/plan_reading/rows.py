"""A row of an action table, its cells by what their columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eia.documents.plan_reading.cells import Cell
from eia.documents.plan_reading.columns import Column
from eia.documents.plan_reading.sections import NOWHERE, Section
from eia.domain.plan import Passage


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a table, joined again where a page break cut it."""

    cells: Mapping[Column, Cell]
    passage: Passage
    is_after_header: bool
    is_whole: bool = False
    is_below_break: bool = False
    section: Section = NOWHERE
    halves: int = 1  # rows it was joined from

    def cell(self, column: Column) -> Cell:
        """The cell of a column, empty where the table has none."""
        return self.cells.get(column, ())
