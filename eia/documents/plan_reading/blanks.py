"""Cells that say `as above`, and blank ones under a cell that is not: never filled in silence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from eia.documents.plan_reading.cells import Cell, joined
from eia.documents.plan_reading.columns import Column
from eia.documents.plan_reading.rows import Row
from eia.documents.plan_reading.sections import NOWHERE, Section

_AS_ABOVE = re.compile(
    r"\(?(?:as (?:for )?(?:the )?above|ditto|as previous|do\.|[\"”″〃]|'')\)?\.?", re.IGNORECASE
)
_ASKED = {Column.TARGET: "target date", Column.LEAD: "lead"}


@dataclass(kw_only=True)
class Above:
    """The last words of each column in the table that is being read."""

    cells: dict[Column, Cell] = field(default_factory=dict)
    section: Section = NOWHERE

    def fill(self, row: Row) -> tuple[Row, tuple[str, ...]]:
        """The row with `as above` written out, and what to confirm about it."""
        if row.section is not self.section:
            self.section, self.cells = row.section, {}
        filled: dict[Column, Cell] = {}
        asked: list[str] = []
        for column, cell in row.cells.items():
            filled[column] = self._taken(column, cell, asked)
        self.cells.update({column: cell for column, cell in filled.items() if cell})
        return replace(row, cells=filled), tuple(asked)

    def _taken(self, column: Column, cell: Cell, asked: list[str]) -> Cell:
        above, text = self.cells.get(column, ()), joined(cell)
        if above and _AS_ABOVE.fullmatch(text):
            asked.append(f"'{text}' is read as '{joined(above)[:120]}', from the row above.")
            return above
        if above and not cell and column in _ASKED:
            asked.append(
                f"Its {_ASKED[column]} is blank and the row above says '{joined(above)[:120]}': "
                "say whether that is meant."
            )
        return cell
