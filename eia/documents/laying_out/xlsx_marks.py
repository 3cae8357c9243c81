"""What calamine leaves out of a sheet: what is hidden, struck through, and how numbers are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from xml.etree import ElementTree as ET

from eia.documents.laying_out.package import scan_xml


class Shown(StrEnum):
    """How a cell's number reaches the eye, where that changes what it says."""

    WITHOUT_DAY = "without day"
    PERCENT = "percent"
    STRUCK = "struck"
    ONE_DECIMAL = "1"
    TWO_DECIMALS = "2"


@dataclass(kw_only=True)
class Marks:
    """Places of a sheet, rows and columns from 0."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    shown: dict[tuple[int, int], Shown] = field(default_factory=dict)
    is_uncalculated: bool = False  # a formula has no stored value
    last_row: int = 0  # of those with a value
    last_column: int = 0


_BUILT_IN = {"2": "0.00", "4": "#,##0.00", "9": "0%", "10": "0.00%", "17": "mmm-yy"}
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read_shown(styles: ET.Element | None) -> dict[str, Shown]:
    """By the number of a cell style."""
    if styles is None:
        return {}
    codes = {each.get("numFmtId", ""): each.get("formatCode", "") for each in styles.iter("numFmt")}
    fonts = styles.find("fonts")
    struck = [_is_struck(font) for font in fonts] if fonts is not None else []
    found: dict[str, Shown] = {}
    for place, style in enumerate(styles.find("cellXfs") or ()):
        font = style.get("fontId", "0")
        number = style.get("numFmtId", "")
        shown = _shown(codes.get(number) or _BUILT_IN.get(number, ""))
        if font.isdecimal() and int(font) < len(struck) and struck[int(font)]:
            shown = Shown.STRUCK
        if shown:
            found[str(place)] = shown
    return found


def _is_struck(font: ET.Element) -> bool:
    strike = font.find("strike")
    return strike is not None and strike.get("val", "1") not in ("0", "false")


def _shown(code: str) -> Shown | None:
    plain = _LITERAL.sub("", code.partition(";")[0]).lower()
    if "y" in plain and "d" not in plain:
        return Shown.WITHOUT_DAY
    if "%" in plain:
        return Shown.PERCENT
    decimals = re.fullmatch(r"[#,0]*0\.(0{1,2})", plain)
    return None if decimals is None else (Shown.ONE_DECIMAL, Shown.TWO_DECIMALS)[len(decimals[1]) - 1]


def read_marks(content: bytes, shown: Mapping[str, Shown]) -> Marks:
    """One pass over a sheet's XML that keeps no text. Raises `Invalid` with the key `file`."""
    scan = _Scan(shown)
    scan_xml(content, scan.start)
    scan.end_cell()
    return scan.marks


class _Scan:
    def __init__(self, shown: Mapping[str, Shown]) -> None:
        self.marks = Marks()
        self._shown = shown
        self._row = self._column = -1
        self._has_value = self._has_formula = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._cell(given)
        elif name in ("v", "is"):
            self._has_value = True
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._begin_row(given)
        elif name == "col" and given.get("hidden") in ("1", "true"):
            self._hide_columns(given)

    def _begin_row(self, given: Mapping[str, str]) -> None:
        self.end_cell()
        number = given.get("r", "")
        self._row = int(number) - 1 if number.isdecimal() and len(number) < 8 else self._row + 1
        self._column = -1
        if given.get("hidden") in ("1", "true"):
            self.marks.hidden_rows.append(self._row)

    def _cell(self, given: Mapping[str, str]) -> None:
        self.end_cell()
        reference = _REFERENCE.fullmatch(given.get("r", ""))
        self._column = _column(reference[1]) if reference else self._column + 1
        shown = self._shown.get(given.get("s", ""))
        if shown:
            self.marks.shown[self._row, self._column] = shown

    def end_cell(self) -> None:
        """What its children said is known only once the next one begins."""
        if self._has_value:
            self.marks.last_row = max(self.marks.last_row, self._row)
            self.marks.last_column = max(self.marks.last_column, self._column)
        elif self._has_formula:
            self.marks.is_uncalculated = True
        self._has_value = self._has_formula = False

    def _hide_columns(self, given: Mapping[str, str]) -> None:
        first, last = given.get("min", ""), given.get("max", "")
        if first.isdecimal() and last.isdecimal() and len(last) < 6:
            self.marks.hidden_columns.extend(range(int(first) - 1, min(int(last), 100)))


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def within(places: Sequence[int], last: int) -> list[int]:
    """Those up to the last place that holds anything."""
    return [each for each in places if each <= last]
