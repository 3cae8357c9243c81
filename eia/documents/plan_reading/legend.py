"""Legends of initials, as `JB = Jane Brown` below a table or a list of two columns beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from eia.documents.plan_reading.cells import Block, plain
from eia.documents.plan_reading.columns import Column
from eia.documents.plan_reading.layout import Cells, Piece, as_words
from eia.documents.plan_reading.rows import Row
from eia.domain.plan import Initials, Passage

LONGEST = 2_000
"""Characters of a line; a longer one is prose."""

_INITIALS = r"[A-Z]{2,4}"
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*(?: (?:of|and|for|&|the|de|van|von|[A-ZÀ-ÖØ-Þ][\w'’.-]*)){0,6}"
_ENTRY = re.compile(rf"(?<![\w.])({_INITIALS}) ?(=|:|–|—|-) ?({_NAME})")
_ANNOUNCED = re.compile(r"\b(?:key|legend|initials|abbreviations|leads?|officers?)\b", re.IGNORECASE)


def find_legend(pieces: Sequence[Piece]) -> tuple[Initials, ...]:
    """Each initials once; those that a document gives two names are left out, for nobody can tell."""
    found: dict[str, Initials] = {}
    doubtful: set[str] = set()
    for each in (entry for piece in pieces for entry in _entries(piece)):
        known = found.setdefault(each.initials, each)
        if known.name.casefold() != each.name.casefold():
            doubtful.add(each.initials)
    return tuple(each for each in found.values() if each.initials not in doubtful)


def _entries(piece: Piece) -> Iterator[Initials]:
    passage = Passage(first_line=piece.line, last_line=piece.line)
    if isinstance(piece, Cells):
        cells = [plain(cell) for cell in piece.cells if cell.strip()]
        if len(cells) == 2 and re.fullmatch(_INITIALS, cells[0]) and _is_name(cells[0], cells[1]):
            yield Initials(initials=cells[0], name=cells[1], passage=passage)
        return
    text = as_words(piece)
    entries = [each for each in _ENTRY.findall(text[:LONGEST]) if _is_name(each[0], each[2])]
    if len(entries) > 1 or any(mark == "=" for _, mark, _ in entries) or _ANNOUNCED.search(text):
        for initials, _, name in entries:
            yield Initials(initials=initials, name=name.rstrip(" .-"), passage=passage)


def _is_name(initials: str, name: str) -> bool:
    """Whether the letters begin its words: `HR: Review all policies` is no entry."""
    letters = iter(re.sub(r"[^A-ZÀ-ÖØ-Þ]", "", name))
    return re.fullmatch(_NAME, name) is not None and all(letter in letters for letter in initials)


@dataclass(kw_only=True)
class Legend:
    """Writes out the initials in the lead column."""

    entries: Sequence[Initials] = ()
    _names: dict[str, Initials] = field(init=False)

    def __post_init__(self) -> None:
        self._names = {each.initials: each for each in self.entries}

    def fill(self, row: Row) -> tuple[Row, tuple[str, ...]]:
        """The row with names for initials, and what to confirm about it."""
        used: dict[str, Initials] = {}
        cell = tuple(self._written_out(block, used) for block in row.cell(Column.LEAD))
        if not used:
            return row, ()
        said = (
            f"'{each.initials}' is read as {each.name}, from the legend at line {each.passage.first_line}."
            for each in used.values()
        )
        return replace(row, cells={**row.cells, Column.LEAD: cell}), tuple(said)

    def _written_out(self, block: Block, used: dict[str, Initials]) -> Block:
        def name(match: re.Match[str]) -> str:
            entry = self._names.get(match[0])
            if entry is None:
                return match[0]
            used[entry.initials] = entry
            return entry.name

        return replace(block, text=re.sub(rf"\b{_INITIALS}\b", name, block.text)) if self._names else block
