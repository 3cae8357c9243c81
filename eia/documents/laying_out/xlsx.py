"""Excel workbooks laid out: calamine reads the values, and we what is hidden, merged or struck through."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree as ET

import python_calamine as calamine

from eia.documents.laying_out.laid import MOST_CELLS, STRUCK, Laid
from eia.documents.laying_out.package import Package
from eia.documents.laying_out.sheets import Sheet, begin_sheet, column_letters, day_in_words, say_hidden
from eia.documents.laying_out.xlsx_marks import Marks, Shown, read_marks, read_shown, within
from eia.documents.refusals import DAMAGED
from eia.domain.errors import Invalid

MOST_PLACES = 1_000_000
"""Rows times columns of one sheet; calamine takes memory for each, filled or not."""

FAR_CELLS = "A sheet of this file has cells far away from the others. Delete those, and choose it again"

_OFFICE_ERRORS = (calamine.CalamineError, OSError, ValueError)
_Value = object


@dataclass(frozen=True, kw_only=True)
class _Listed:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    is_hidden: bool


def lay_out(content: bytes) -> Laid:
    """Sheets in order; hidden ones are named and not read."""
    package = Package(content)
    main = package.main("xl/workbook.xml")
    shown = read_shown(_styles(package, main))
    sheets = [each for each in _listed(package, main) if each.part in package.names]
    visible = [each for each in sheets if not each.is_hidden]
    marks = {each.name: _marks(package, each, shown) for each in visible}
    laid = Laid()
    try:
        with calamine.load_workbook(io.BytesIO(content)) as workbook:
            for each in visible:
                sheet = begin_sheet(laid, each.name, is_only=len(visible) == 1)
                _lay_sheet(sheet, workbook.get_sheet_by_name(each.name), marks[each.name])
                _leave_comments(laid, package, each)
    except _OFFICE_ERRORS as broken:
        raise Invalid({"file": DAMAGED}) from broken
    for each in sheets:
        if each.is_hidden:
            laid.say(f"The sheet '{each.name}' is hidden and was not read.")
    return laid


def _listed(package: Package, main: str) -> Iterator[_Listed]:
    workbook = package.part(main)
    parts = {ident: part for ident, kind, part in package.targets(main) if kind.endswith("/worksheet")}
    for each in workbook.iter("sheet") if workbook is not None else ():
        if each.get("id", "") in parts:
            yield _Listed(
                name=each.get("name", ""),
                part=parts[each.get("id", "")],
                is_hidden=each.get("state", "visible") != "visible",
            )


def _styles(package: Package, main: str) -> ET.Element | None:
    part = next((part for _, kind, part in package.targets(main) if kind.endswith("/styles")), "")
    return package.part(part)


def _marks(package: Package, sheet: _Listed, shown: dict[str, Shown]) -> Marks:
    marks = read_marks(package.content(sheet.part) or b"", shown)
    if (marks.last_row + 1) * (marks.last_column + 1) > MOST_PLACES:
        raise Invalid({"file": FAR_CELLS})
    return marks


def _lay_sheet(sheet: Sheet, values: calamine.CalamineSheet, marks: Marks) -> None:
    across, covered = _merged(values.merged_cell_ranges or [], marks)
    for row, cells in enumerate(values.to_python(skip_empty_area=False)):
        lines = [
            _shown(sheet, value, marks.shown.get((row, column)), row) for column, value in enumerate(cells)
        ]
        sheet.row(row + 1, lines, merged=covered.get(row, ()), across=across.get((row, 0), 1))
    _say_marks(sheet, marks)


def _merged(
    ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]], marks: Marks
) -> tuple[dict[tuple[int, int], int], dict[int, list[int]]]:
    """How far across a cell goes, and by row the columns that go on from above."""
    across: dict[tuple[int, int], int] = {}
    covered: dict[int, list[int]] = {}
    for (top, left), (bottom, right) in ranges:
        across[top, left] = right - left + 1
        for row in range(top + 1, min(bottom, marks.last_row) + 1):
            covered.setdefault(row, []).extend(range(left, min(right, MOST_CELLS) + 1))
    return across, covered


def _shown(sheet: Sheet, value: _Value, shown: Shown | None, row: int) -> list[str]:
    text = _text(value, shown)
    if shown is Shown.STRUCK and text:
        sheet.laid.say(STRUCK)
        sheet.laid.leave(text, sheet.place(row + 1))
        return []
    return text.split("\n")


def _text(value: _Value, shown: Shown | None) -> str:
    if isinstance(value, date):  # and every moment, which is a date too
        has_time = isinstance(value, datetime) and value.time().isoformat() != "00:00:00"
        day = day_in_words(value, has_day=shown is not Shown.WITHOUT_DAY)
        return f"{day} {value:%H:%M}" if has_time else day
    if isinstance(value, float):
        return _number(value, shown)
    return str(value).upper() if isinstance(value, bool) else str(value)


def _number(value: float, shown: Shown | None) -> str:
    if shown is Shown.PERCENT:
        return f"{value * 100:.10g}%"
    if shown in (Shown.ONE_DECIMAL, Shown.TWO_DECIMALS):
        return f"{value:.{shown}f}"
    return str(int(value)) if value.is_integer() else f"{value:.12g}"


def _say_marks(sheet: Sheet, marks: Marks) -> None:
    rows = [str(row + 1) for row in within(marks.hidden_rows, marks.last_row)]
    columns = [column_letters(column) for column in within(marks.hidden_columns, marks.last_column)]
    say_hidden(sheet.laid, sheet.name, "row", rows)
    say_hidden(sheet.laid, sheet.name, "column", columns)
    if marks.is_uncalculated:
        sheet.laid.say(
            f"The sheet '{sheet.name}' has formulas without stored results: open it and save it again."
        )


def _leave_comments(laid: Laid, package: Package, sheet: _Listed) -> None:
    for _, kind, part in package.targets(sheet.part):
        root = package.part(part) if kind.endswith("/comments") else None
        for comment in root.iter("comment") if root is not None else ():
            text = "".join(each.text or "" for each in comment.iter("t"))
            laid.leave(text, f"comment on {comment.get('ref', '')} of sheet {sheet.name}")
