"""Finds action tables among the pieces of a document, and mends what page breaks did to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from eia.documents.plan_reading.cells import Block, Cell, joined, plain, read_cell
from eia.documents.plan_reading.columns import Column, columns_of, could_be_headings
from eia.documents.plan_reading.layout import Cells, Piece, Words, as_words
from eia.documents.plan_reading.mending import mended, with_more
from eia.documents.plan_reading.merged import MergedCells, is_same_action, own_cells
from eia.documents.plan_reading.readers import words_of
from eia.documents.plan_reading.rows import Row
from eia.documents.plan_reading.sections import BELOW, NOWHERE, Section, is_section, section_above
from eia.domain.plan import LeftOver, Passage, TableHead

MOST_ROWS = 10_000
"""In all tables; no plan that people follow is a tenth of it."""

_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)


Meanings = Mapping[tuple[str, ...], tuple[Column, ...]]
"""What a person says that the columns under these headings hold."""

NOTHING_SAID: Meanings = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Tables:
    """All rows under recognised headers, and the lines among them that belong to none."""

    rows: tuple[Row, ...]
    first_line: int | None  # of the first header
    problems: tuple[str, ...]
    heads: tuple[TableHead, ...] = ()
    left_over: tuple[LeftOver, ...] = ()


def find_tables(
    pieces: Sequence[Piece], meanings: Meanings = NOTHING_SAID, understood: frozenset[int] = frozenset()
) -> Tables:
    """Rows in order, headers repeated at page breaks left out; `meanings` win over what headings suggest.

    Lines that are `understood` already are no loss beside a table.
    """
    scan = _Scan(pieces=pieces, meanings=meanings, understood=understood)
    for place, piece in enumerate(pieces):
        scan.take(place, piece)
    scan.end()
    return Tables(
        rows=tuple(mended(scan.rows)),
        first_line=scan.first_line,
        problems=tuple(dict.fromkeys([*scan.problems, *_unread(scan.strays)])),
        heads=tuple(scan.heads),
        left_over=tuple(sorted([*scan.left_over, *map(_left_over, scan.strays)], key=_first_line)),
    )


def headings_of(piece: Cells) -> tuple[str, ...]:
    """A row's cells as headings are compared: each on one line."""
    return tuple(map(plain, piece.cells))


@dataclass(kw_only=True)
class _Scan:
    pieces: Sequence[Piece]
    meanings: Meanings
    understood: frozenset[int]  # lines that are no loss: a legend
    words_before: frozenset[str] = frozenset()
    columns: tuple[Column, ...] | None = None
    headings: tuple[str, ...] = ()
    first_line: int | None = None
    is_after_header: bool = False
    is_on_new_page: bool = False  # the same headings are repeated above the next row
    is_skipping: bool = False  # rows of a table that is no action table
    merged: MergedCells = field(default_factory=MergedCells)
    bands: list[Cells] = field(default_factory=list)  # since the last row
    section: Section = NOWHERE
    known: set[str] = field(default_factory=set)  # first headings of the sections so far
    waiting: list[Words] = field(default_factory=list)  # words since the last row
    rows: list[Row] = field(default_factory=list)
    strays: list[tuple[int, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    heads: list[TableHead] = field(default_factory=list)
    left_over: list[LeftOver] = field(default_factory=list)

    def take(self, place: int, piece: Piece) -> None:
        if isinstance(piece, Words):
            self.waiting.append(piece)
            return
        headings = headings_of(piece)
        columns = self.meanings.get(headings) or columns_of(headings)
        if columns is not None:
            self._begin_page(place, piece, columns)
        elif piece.is_band:
            self._take_band(piece)
        elif piece.is_header or self._begins_another(piece):
            self._skip_table(piece)
        elif self.is_skipping:
            self._leave(piece.line, as_words(piece))
        elif self.columns is not None and any(cell.strip() for cell in piece.cells):
            self._stray_words(keep_bands=True)
            self._add_row(piece, self.columns)

    def end(self) -> None:
        """Words after the last row belong to no table."""
        self._stray_words()

    def _begins_another(self, piece: Cells) -> bool:
        """In a sheet, headings of some other table: below words of their own, and fewer."""
        if not (piece.is_whole and self.waiting and self.columns):
            return False
        written = [cell for cell in headings_of(piece) if cell]
        return len(written) < len(self.columns) and could_be_headings(written)

    def _take_band(self, piece: Cells) -> None:
        """A cell across a table heads the rows below it; above the headings it is words like any others."""
        if self.columns is not None:
            self._stray_words(keep_bands=True)
            self.bands.append(piece)
        elif self.is_skipping:
            self._leave(piece.line, as_words(piece))
        else:
            self.waiting.append(words_of(piece.line, as_words(piece)))

    def _leave(self, line: int, text: str) -> None:
        if text.strip():
            self.left_over.append(_left_over((line, text)))

    def _begin_page(self, place: int, piece: Cells, columns: tuple[Column, ...]) -> None:
        headings = headings_of(piece)
        is_new, is_section_above = headings != self.headings, is_section(self.waiting)
        if self.headings and is_new and not (piece.is_header or is_section_above):
            self.problems.append(
                f"Line {piece.line} was taken for new column headings: '{' / '.join(headings)}'."
            )
        if is_new or piece.is_header or is_section_above:
            self._begin_section()
        self._stray_words()
        self.columns, self.headings, self.is_after_header = columns, headings, True
        self.is_on_new_page, self.is_skipping = bool(self.rows) and not is_new, False
        self.merged = MergedCells()
        if is_new:
            meanings = tuple(map(str, columns))
            self.heads.append(TableHead(line=piece.line, headings=headings, meanings=meanings))
        if self.first_line is None:
            self._end_beginning(place, piece)

    def _end_beginning(self, place: int, piece: Cells) -> None:
        """What stands before the first table, its own headings left out, may run on as page titles."""
        self.first_line = piece.line
        before = (each for each in self.pieces[:place] if each.line not in self.section.lines)
        self.words_before = frozenset(map(as_words, before))

    def _begin_section(self) -> None:
        """A table without words above it goes on where the one before it stood."""
        words = [each for each in self.waiting if not self._is_furniture(each)]
        if not words:
            return
        section = section_above(words, self.known, under=self.section if self.first_line else None)
        self.strays.extend((each.line, each.text) for each in section.unread)
        self.section = section
        self.known.add(section.heading.partition(BELOW)[0])
        self.waiting = []

    def _skip_table(self, piece: Cells) -> None:
        if self.first_line is not None:
            self._begin_section()
            self.columns = None
        self.is_skipping = True
        self._leave(piece.line, as_words(piece))
        self.problems.append(f"The table at line {piece.line} was not read: '{_excerpt(as_words(piece))}'.")

    def _stray_words(self, *, keep_bands: bool = False) -> None:
        if self.first_line is not None:
            lost = [each for each in self.waiting if not self._is_furniture(each)]
            self.strays.extend((each.line, each.text) for each in lost)
        self.waiting = []
        if not keep_bands:
            self.strays.extend((each.line, as_words(each)) for each in self.bands)
            self.bands = []

    def _add_row(self, piece: Cells, columns: tuple[Column, ...]) -> None:
        if len(self.rows) == MOST_ROWS:
            self.problems.append(f"Only the first {MOST_ROWS} rows were read.")
            return
        self._add_bands()
        filled = self.merged.fill(piece, columns)
        row = _row(filled, columns, self.section, is_after_header=self.is_after_header)
        if self.is_on_new_page:
            row = replace(row, is_whole=False)  # also in a sheet, where pages were pasted into it
        if self.rows and is_same_action(piece, columns):
            more = _row(own_cells(piece), columns, self.section, is_after_header=False)
            self.rows[-1] = with_more(self.rows[-1], more)
        else:
            self.rows.append(row)
        self.is_after_header = self.is_on_new_page = False
        for place, cell in enumerate(piece.cells):
            self._ask_about_column(piece.line, place, cell, columns)

    def _add_bands(self) -> None:
        """What stood across the table since the last row is the heading of this one."""
        if self.bands:
            heading = (Block(text=BELOW.join(map(as_words, self.bands))),)
            passage = Passage(first_line=self.bands[0].line, last_line=self.bands[-1].line)
            self.rows.append(
                Row(
                    cells={Column.HEADING: heading},
                    passage=passage,
                    is_after_header=False,
                    is_whole=True,
                    section=self.section,
                )
            )
        self.bands = []

    def _ask_about_column(self, line: int, place: int, cell: str, columns: Sequence[Column]) -> None:
        if not cell.strip() or (place < len(columns) and columns[place] is not Column.OTHER):
            return
        self._leave(line, cell)
        if place >= len(columns):
            self.problems.append(f"Line {line} has a cell without a column: '{_excerpt(cell)}'.")
        else:
            self.problems.append(f"The column '{self.headings[place]}' was not read.")

    def _is_furniture(self, words: Words) -> bool:
        """A page number, or a running title that also stands before the table."""
        text = as_words(words)
        is_running = bool(_PAGE_NUMBER.fullmatch(text)) or text in self.words_before
        return is_running or words.line in self.understood


def _row(piece: Cells, columns: Sequence[Column], section: Section, *, is_after_header: bool) -> Row:
    read: dict[Column, Cell] = {
        column: read_cell(raw)
        for column, raw in zip(columns, piece.cells, strict=False)
        if column is not Column.OTHER
    }
    passage = Passage(first_line=piece.line, last_line=piece.line)
    return Row(
        cells=read,
        passage=passage,
        is_after_header=is_after_header,
        is_whole=piece.is_whole,
        is_below_break=piece.is_below_break,
        section=section,
    )


def _left_over(stray: tuple[int, str]) -> LeftOver:
    line, text = stray
    return LeftOver(passage=Passage(first_line=line, last_line=line), text=plain(text))


def _first_line(left: LeftOver) -> int:
    return left.passage.first_line


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
    words = joined(read_cell(text))
    return words if len(words) <= 80 else f"{words[:77]}..."
