"""A document laid out: paragraphs and rows in order, bounded, as values that JSON can carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from eia.documents.refusals import TOO_MUCH
from eia.domain.errors import Invalid

MOST_BLOCKS = 20_000
"""Paragraphs and rows; no plan that people follow has a tenth of them."""

MOST_CELLS = 60
"""In a row; what follows stays together in the last of them."""

MOST_CELLS_IN_ALL = 100_000
"""Of all rows together, those with words."""

MOST_CHARACTERS = 2_000_000
"""In all, as for a plan that comes as plain text."""

MOST_SAID = 50
"""Things left out that are told one by one."""

STRUCK = "Text that is struck through was left out: say whether it still holds."


class Block(TypedDict):
    """A paragraph in `lines[0]`, or a row whose cells are lists of lines; items begin with `- `."""

    line: int
    place: str
    role: str  # heading, item, numbered, row, or nothing where only its words can tell
    cells: list[list[str]]
    merged: list[int]  # cells that go on from the row above
    is_header: bool  # the file says so
    is_first: bool  # of its table
    is_band: bool  # one cell across the whole table
    is_whole: bool  # no page break can have cut it
    is_below_break: bool  # a page break stands above it, in the middle of its table


class LeftOut(TypedDict):
    """Words that were not laid out among the others, and where they stand."""

    line: int
    place: str
    text: str


class LaidJson(TypedDict):
    """All of a document."""

    blocks: list[Block]
    problems: list[str]
    left_over: list[LeftOut]


@dataclass(kw_only=True)
class Laid:
    """Takes a document block by block. Raises `Invalid` with the key `file` when it is too large."""

    blocks: list[Block] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left_over: list[LeftOut] = field(default_factory=list)
    line: int = 0
    characters: int = 0
    cells: int = 0

    def words(self, text: str, *, role: str = "", place: str = "", line: int | None = None) -> None:
        """A paragraph; each of its lines stands alone."""
        for each in text.split("\n"):
            if each.strip():
                self._add([[" ".join(each.split())]], role=role or "", place=place, line=line)

    def row(
        self,
        cells: Sequence[Iterable[str]],
        *,
        place: str = "",
        line: int | None = None,
        merged: Iterable[int] = (),
        is_header: bool = False,
        is_first: bool = False,
        is_band: bool = False,
        is_whole: bool = False,
        is_below_break: bool = False,
    ) -> None:
        """A row, blank or not."""
        written = [_lines(cell) for cell in cells]
        if len(written) > MOST_CELLS:
            written[MOST_CELLS - 1 :] = [[line for cell in written[MOST_CELLS - 1 :] for line in cell]]
        block = self._add(written, role="row", place=place, line=line)
        block["merged"] = [each for each in merged if each < MOST_CELLS]
        block["is_header"], block["is_first"] = is_header, is_first
        block["is_band"], block["is_whole"] = is_band, is_whole
        block["is_below_break"] = is_below_break

    def say(self, problem: str) -> None:
        """Something a person should know about the reading; each sentence once."""
        if problem not in self.problems and len(self.problems) < MOST_SAID:
            self.problems.append(problem)

    def leave(self, text: str, place: str) -> None:
        """Words that are kept beside the document rather than in it."""
        plain = " ".join(text.split())
        if plain and len(self.left_over) < MOST_SAID:
            self.left_over.append({"line": max(self.line, 1), "place": place, "text": plain[:2_000]})

    def as_json(self) -> LaidJson:
        """What a child hands to its parent."""
        return {"blocks": self.blocks, "problems": self.problems, "left_over": self.left_over}

    def _add(self, cells: list[list[str]], *, role: str, place: str, line: int | None) -> Block:
        self.line = max(self.line + 1, line or 0)
        self.cells += sum(map(bool, cells))
        self.characters += sum(len(text) for cell in cells for text in cell)
        is_long = len(self.blocks) == MOST_BLOCKS or self.cells > MOST_CELLS_IN_ALL
        if is_long or self.characters > MOST_CHARACTERS:
            raise Invalid({"file": TOO_MUCH})
        block = Block(
            line=self.line,
            place=place,
            role=role,
            cells=cells,
            merged=[],
            is_header=False,
            is_first=False,
            is_band=False,
            is_whole=False,
            is_below_break=False,
        )
        self.blocks.append(block)
        return block


def _lines(cell: Iterable[str]) -> list[str]:
    """The lines of a cell, however they came, without those that are blank."""
    lines = (" ".join(line.split()) for text in cell for line in text.split("\n"))
    return [line for line in lines if line]
