"""What spreadsheets have in common: rows numbered as people see them, titles above, cells merged."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from eia.documents.laying_out.laid import Laid

_UNNAMED = re.compile(r"(?:sheet|table|tabelle|feuil)\s?\d+", re.IGNORECASE)
ACROSS = 3
"""Columns; a cell merged over as many is a title of the rows below it."""


@dataclass(kw_only=True)
class Sheet:
    """One sheet on its way into a document; lines go on counting from the sheet before."""

    laid: Laid
    name: str
    first_line: int
    is_first_row: bool = True

    def place(self, row: int) -> str:
        """Where a person finds a row, counted from 1."""
        return f"sheet {self.name}, row {row}"

    def row(
        self, row: int, cells: Sequence[Iterable[str]], *, merged: Collection[int] = (), across: int = 1
    ) -> None:
        """A row by its number; `across` columns are merged where its only words stand."""
        written = [(place, cell) for place, cell in enumerate(cells) if any(map(str.strip, cell))]
        if not written:
            return
        cells = cells[: max(written[-1][0], *merged, 0) + 1]
        line, place = self.first_line + row, self.place(row)
        if len(written) == 1 and written[0][0] == 0 and across < ACROSS and not merged:
            self.laid.words(" ".join(written[0][1]), place=place, line=line)
        else:
            is_band = len(written) == 1 and across >= ACROSS and not merged
            self.laid.row(
                cells,
                place=place,
                line=line,
                merged=merged,
                is_band=is_band,
                is_first=self.is_first_row,
                is_whole=True,
            )
            self.is_first_row = False


def begin_sheet(laid: Laid, name: str, *, is_only: bool) -> Sheet:
    """One of several sheets begins with its name, where a person gave it one."""
    if not is_only and not _UNNAMED.fullmatch(name):
        laid.words(name, role="heading", place=f"sheet {name}")
    return Sheet(laid=laid, name=name, first_line=laid.line)


def say_hidden(laid: Laid, name: str, kind: str, hidden: Sequence[str]) -> None:
    """Rows or columns that a person does not see and that were read all the same."""
    if hidden:
        listed = ", ".join(hidden[:12]) + (" and more" if len(hidden) > 12 else "")
        said = f"{kind}s {listed}" if len(hidden) > 1 else f"{kind} {listed}"
        laid.say(f"Read although hidden in the sheet '{name}': {said}. Say what of it still holds.")


def day_in_words(day: date, *, has_day: bool) -> str:
    """A date that nobody can read in two ways; without its day where none is shown."""
    return f"{day.day} {day:%B %Y}" if has_day else f"{day:%B %Y}"


def column_letters(column: int) -> str:
    """`A` for the first column, 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
