"""Makes rows whole that a page break cut in two, and actions whose cells reach down over several rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from eia.documents.plan_reading.cells import Cell, continued, joined
from eia.documents.plan_reading.columns import Column
from eia.documents.plan_reading.labels import is_label_only, split_label
from eia.documents.plan_reading.rows import Row
from eia.domain.plan import Passage

MOST_HALVES = 12
"""Rows that are joined into one: no page break cuts a row into more."""

_ENDED = re.compile(r"[\d).!?]$")


def mended(rows: Sequence[Row]) -> list[Row]:
    """The rows with those that a page break cut made whole."""
    whole: list[Row] = []
    for row in rows:
        if whole and _goes_on(whole[-1], row):
            whole[-1] = _joined_rows(whole[-1], row)
        else:
            whole.append(row)
    return whole


def _goes_on(before: Row, row: Row) -> bool:
    """Whether a page break cut `before`, and `row` is the rest of it."""
    if (
        row.is_whole
        or not any(row.cells.values())
        or before.halves == MOST_HALVES
        or set(before.cells) == {Column.HEADING}  # a heading across the table
        or row.section is not before.section
    ):
        return False
    text = joined(row.cell(Column.ACTION))
    if row.is_below_break and _is_rest(before, row, text):
        return True
    if row.cell(Column.HEADING) or row.cell(Column.LABEL):
        return False
    if split_label(text).label:
        return False
    if before.cell(Column.TARGET) and row.cell(Column.TARGET):
        return False
    unfinished = joined(before.cell(Column.ACTION))
    if is_label_only(unfinished) or text[:1].islower():
        return True
    if not row.is_after_header:
        return False
    is_open = not unfinished.endswith((".", "!", "?", ";")) and not before.cell(Column.TARGET)
    return not text or is_open


def _is_rest(before: Row, row: Row, text: str) -> bool:
    """Below a page break: a sentence goes on, or nothing there would make a promise of its own."""
    if row.cell(Column.LABEL):
        return False
    if text[:1].islower():
        return True
    of_its_own = row.cell(Column.TARGET) or row.cell(Column.LEAD) or row.cell(Column.HEADING)
    return not of_its_own and bool(before.cell(Column.TARGET) or before.cell(Column.LEAD))


def _joined_rows(before: Row, row: Row) -> Row:
    columns = {*before.cells, *row.cells}
    join = _below_break if row.is_below_break else _joined_cells
    cells = {column: join(before.cell(column), row.cell(column)) for column in columns}
    passage = Passage(first_line=before.passage.first_line, last_line=row.passage.last_line)
    return replace(before, cells=cells, passage=passage, halves=before.halves + 1)


def _joined_cells(before: Cell, after: Cell) -> Cell:
    """A sentence goes on, but a label begins another action."""
    begins = bool(after) and bool(split_label(after[0].text).label)
    return (*before, *after) if begins else continued(before, after)


def _below_break(before: Cell, after: Cell) -> Cell:
    """What has ended does not go on: a date is whole after its year, a sentence after its full stop."""
    has_ended = bool(before) and bool(_ENDED.search(before[-1].text))
    begins = bool(after) and (after[0].text[:1].isupper() or after[0].text[:1].isdecimal())
    if has_ended and begins:
        return (*before, *after)
    if before and after and after[0].text[:1].islower():  # the rest of an item has no bullet
        after = (replace(after[0], is_item=before[-1].is_item), *after[1:])
    return _joined_cells(before, after)


def with_more(before: Row, more: Row) -> Row:
    """An action whose cell reaches down over rows: what stands beside it there is more of the same."""
    cells = {column: (*before.cell(column), *more.cell(column)) for column in {*before.cells, *more.cells}}
    passage = Passage(first_line=before.passage.first_line, last_line=more.passage.last_line)
    return replace(before, cells=cells, passage=passage)
