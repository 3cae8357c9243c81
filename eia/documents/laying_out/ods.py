"""OpenDocument sheets laid out from their XML: calamine runs lines together and knows no merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from xml.etree import ElementTree as ET

from eia.documents.laying_out.laid import MOST_BLOCKS, MOST_CELLS, STRUCK, Laid
from eia.documents.laying_out.package import Package
from eia.documents.laying_out.sheets import Sheet, begin_sheet, day_in_words, say_hidden
from eia.documents.refusals import DAMAGED
from eia.domain.errors import Invalid

_GROUPS = frozenset({"table-header-rows", "table-row-group", "table-rows"})
_WITHOUT_DAY = re.compile(r"[^\W\d]{3,9}[.\s/-]*(?:\d{2}|\d{4})|\d{1,2}[/.-]\d{4}|\d{4}")


@dataclass(kw_only=True)
class _Rows:
    """The rows of one sheet, and the cells that reach down from one to the next."""

    sheet: Sheet
    struck: frozenset[str]
    from_above: dict[int, int] = field(default_factory=dict)  # by column: rows that a cell still covers
    hidden: list[str] = field(default_factory=list)
    number: int = 0  # of the last row

    def take(self, row: ET.Element) -> None:
        """A row as often as it is repeated; blank ones only count."""
        repeated = _count(row, "number-rows-repeated", MOST_BLOCKS * 100)
        cells, merged, across = self._cells(row)
        is_blank = not any(cells)
        is_hidden = row.get("visibility") in ("collapse", "filter")
        for _ in range(0 if is_blank else min(repeated, MOST_BLOCKS)):
            self.number += 1
            self.sheet.row(self.number, cells, merged=merged, across=across)
            if is_hidden:
                self.hidden.append(str(self.number))
        if is_blank:
            self.number += repeated

    def _cells(self, row: ET.Element) -> tuple[list[list[str]], list[int], int]:
        cells: list[list[str]] = []
        merged: list[int] = []
        across = 1
        for cell in row:
            if cell.tag not in ("table-cell", "covered-table-cell") or len(cells) >= MOST_CELLS:
                continue
            lines = self._lines(cell)
            for _ in range(min(_count(cell, "number-columns-repeated", MOST_CELLS), MOST_CELLS)):
                column = len(cells)
                if cell.tag == "covered-table-cell" and self.from_above.get(column):
                    self.from_above[column] -= 1
                    merged.append(column)
                cells.append([] if cell.tag == "covered-table-cell" else lines)
            across = self._reach(cell, len(cells) - 1) if len(cells) == 1 else across
            if len(cells) > 1:
                self._reach(cell, len(cells) - 1)
        while cells and not cells[-1] and len(cells) - 1 not in merged:
            cells.pop()
        return cells, merged, across

    def _reach(self, cell: ET.Element, column: int) -> int:
        """Remembers how far down a cell reaches; how far across is the answer."""
        across = _count(cell, "number-columns-spanned", MOST_CELLS)
        down = _count(cell, "number-rows-spanned", MOST_BLOCKS) - 1
        if down:
            self.from_above.update(dict.fromkeys(range(column, column + across), down))
        return across

    def _lines(self, cell: ET.Element) -> list[str]:
        if cell.tag == "covered-table-cell":
            return []
        for note in cell.iter("annotation"):
            self.sheet.laid.leave(" ".join("".join(p.itertext()) for p in note.iter("p")), "comment")
        lines = [
            line for each in cell if each.tag in ("p", "h") for line in _text(each, self.struck).split("\n")
        ]
        struck = cell.get("style-name", "") in self.struck or any(
            each.get("style-name", "") in self.struck for each in cell.iter("span")
        )
        if struck:
            self.sheet.laid.say(STRUCK)
            self.sheet.laid.leave(
                " ".join("".join(cell.itertext()).split()), self.sheet.place(self.number + 1)
            )
        if cell.get("style-name", "") in self.struck:
            return []
        return [_as_day(cell.get("date-value", ""), lines)] if cell.get("value-type") == "date" else lines


def lay_out(content: bytes) -> Laid:
    """Sheets in order; hidden ones are named and not read."""
    root = Package(content).part("content.xml")
    if root is None:
        raise Invalid({"file": DAMAGED})
    struck, unseen = _styles(root)
    found = root.find("body/spreadsheet")
    tables = [] if found is None else found.findall("table")
    visible = [each for each in tables if each.get("style-name", "") not in unseen]
    laid = Laid()
    for table in visible:
        rows = _Rows(sheet=begin_sheet(laid, table.get("name", ""), is_only=len(visible) == 1), struck=struck)
        for row in _rows(table):
            rows.take(row)
        say_hidden(laid, rows.sheet.name, "row", rows.hidden)
    for table in tables:
        if table not in visible:
            laid.say(f"The sheet '{table.get('name', '')}' is hidden and was not read.")
    return laid


def _styles(root: ET.Element) -> tuple[frozenset[str], frozenset[str]]:
    """Names of the styles that strike words through, and of those that hide a sheet."""
    struck, unseen = set(), set()
    for style in root.iter("style"):
        for each in style:
            if each.tag == "text-properties" and each.get("text-line-through-style", "none") != "none":
                struck.add(style.get("name", ""))
            if each.tag == "table-properties" and each.get("display") == "false":
                unseen.add(style.get("name", ""))
    return frozenset(struck), frozenset(unseen)


def _rows(parent: ET.Element) -> Iterator[ET.Element]:
    waiting = list(parent)[::-1]
    while waiting:
        child = waiting.pop()
        if child.tag in _GROUPS:
            waiting.extend(list(child)[::-1])
        elif child.tag == "table-row":
            yield child


def _text(parent: ET.Element, struck: frozenset[str]) -> str:
    words = parent.text or ""
    for child in parent:
        if child.tag in ("s", "tab"):
            words += " "
        elif child.tag == "line-break":
            words += "\n"
        elif child.tag not in ("annotation", "note") and child.get("style-name", "") not in struck:
            words += _text(child, struck)
        words += child.tail or ""
    return words


def _as_day(iso: str, lines: list[str]) -> str:
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return " ".join(lines)
    return day_in_words(day, has_day=not _WITHOUT_DAY.fullmatch(" ".join(lines).strip()))


def _count(element: ET.Element, name: str, most: int) -> int:
    text = element.get(name, "1")
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 9 else 1
