"""Finds action tables in text whose cells are parted by tabs, and mends what page breaks did to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from eia.documents.plan_reading.cells import Cell, continued, joined, read_cell
from eia.documents.plan_reading.columns import Column, columns_of
from eia.documents.plan_reading.labels import is_label_only, split_label
from eia.domain.plan import Passage

MOST_CELLS = 40
"""In a line; what follows stays together as one cell, and is reported."""

MOST_HALVES = 12
"""Rows that are joined into one: no page break cuts a row into more."""

_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a table, joined again where a page break cut it."""

    cells: Mapping[Column, Cell]
    passage: Passage
    is_after_header: bool
    halves: int = 1  # rows it was joined from

    def cell(self, column: Column) -> Cell:
        """The cell of a column, empty where the table has none."""
        return self.cells.get(column, ())


@dataclass(frozen=True, kw_only=True)
class Tables:
    """All rows under recognised headers, and the lines among them that belong to none."""

    rows: tuple[Row, ...]
    first_line: int | None  # of the first header
    problems: tuple[str, ...]


def find_tables(lines: Sequence[str]) -> Tables:
    """Rows in order, headers repeated at page breaks left out; line numbers start at 1."""
    scan = _Scan(lines=lines)
    for number, line in enumerate(lines, start=1):
        scan.take(number, line)
    return Tables(
        rows=tuple(_mended(scan.rows)),
        first_line=scan.first_line,
        problems=tuple(dict.fromkeys([*scan.problems, *_unread(scan.strays)])),
    )


@dataclass(kw_only=True)
class _Scan:
    lines: Sequence[str]
    lines_before: frozenset[str] = frozenset()
    columns: tuple[Column, ...] | None = None
    headings: tuple[str, ...] = ()
    first_line: int | None = None
    is_after_header: bool = False
    rows: list[Row] = field(default_factory=list)
    strays: list[tuple[int, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def take(self, number: int, line: str) -> None:
        cells = line.split("\t", MOST_CELLS)
        columns = columns_of(cells)
        if columns is not None:
            self._begin_page(number, cells, columns)
        elif self.columns is not None and line.strip():
            if "\t" in line:
                self._add_row(number, cells, self.columns)
            elif not self._is_furniture(line):
                self.strays.append((number, line.strip()))

    def _begin_page(self, number: int, cells: Sequence[str], columns: tuple[Column, ...]) -> None:
        headings = tuple(" ".join(cell.split()) for cell in cells)
        if self.headings and headings != self.headings:
            self.problems.append(
                f"Line {number} was taken for new column headings: '{' / '.join(headings)}'."
            )
        self.columns, self.headings, self.is_after_header = columns, headings, True
        if self.first_line is None:
            self.first_line = number
            self.lines_before = frozenset(line.strip() for line in self.lines[: number - 1])

    def _add_row(self, number: int, cells: Sequence[str], columns: tuple[Column, ...]) -> None:
        self.rows.append(_row(cells, columns, number, is_after_header=self.is_after_header))
        self.is_after_header = False
        for place, cell in enumerate(cells):
            if not cell.strip():
                continue
            if place >= len(columns):
                self.problems.append(f"Line {number} has a cell without a column: '{_excerpt(cell)}'.")
            elif columns[place] is Column.OTHER:
                self.problems.append(f"The column '{self.headings[place]}' was not read.")

    def _is_furniture(self, line: str) -> bool:
        """A page number, or a running title that also stands before the table."""
        return bool(_PAGE_NUMBER.fullmatch(line.strip())) or line.strip() in self.lines_before


def _row(cells: Sequence[str], columns: Sequence[Column], number: int, *, is_after_header: bool) -> Row:
    read: dict[Column, Cell] = {
        column: read_cell(raw)
        for column, raw in zip(columns, cells, strict=False)
        if column is not Column.OTHER
    }
    return Row(
        cells=read, passage=Passage(first_line=number, last_line=number), is_after_header=is_after_header
    )


def _unread(strays: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Neighbouring lines are reported together."""
    start = 0
    for place in range(1, len(strays) + 1):
        if place < len(strays) and strays[place][0] <= strays[place - 1][0] + 2:
            continue
        first, last = strays[start], strays[place - 1]
        lines = f"Line {first[0]} was" if first == last else f"Lines {first[0]} to {last[0]} were"
        yield f"{lines} not read as part of the table: '{_excerpt(first[1])}'."
        start = place


def _excerpt(text: str) -> str:
    plain = joined(read_cell(text))
    return plain if len(plain) <= 80 else f"{plain[:77]}..."


def _mended(rows: Sequence[Row]) -> list[Row]:
    mended: list[Row] = []
    for row in rows:
        if mended and _goes_on(mended[-1], row):
            mended[-1] = _joined_rows(mended[-1], row)
        else:
            mended.append(row)
    return mended


def _goes_on(before: Row, row: Row) -> bool:
    """Whether a page break cut `before`, and `row` is the rest of it."""
    if (
        row.cell(Column.HEADING)
        or row.cell(Column.LABEL)
        or not any(row.cells.values())
        or before.halves == MOST_HALVES
    ):
        return False
    text = joined(row.cell(Column.ACTION))
    if split_label(text).label:
        return False
    unfinished = joined(before.cell(Column.ACTION))
    if is_label_only(unfinished) or text[:1].islower():
        return True
    if not row.is_after_header:
        return False
    is_open = not unfinished.endswith((".", "!", "?", ";")) and not before.cell(Column.TARGET)
    return not text or is_open


def _joined_rows(before: Row, row: Row) -> Row:
    columns = {*before.cells, *row.cells}
    cells = {column: continued(before.cell(column), row.cell(column)) for column in columns}
    passage = Passage(first_line=before.passage.first_line, last_line=row.passage.last_line)
    return replace(before, cells=cells, passage=passage, halves=before.halves + 1)
