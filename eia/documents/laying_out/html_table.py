"""Tables of web pages: where each cell stands, and which go on from the row above."""

from __future__ import annotations

from dataclasses import dataclass, field

from eia.documents.laying_out.laid import MOST_CELLS


@dataclass(kw_only=True)
class Cell:
    """A cell, over so many columns and rows."""

    span: int
    rows: int
    is_header: bool
    lines: list[str] = field(default_factory=list)


@dataclass(kw_only=True)
class Table:
    """A table as it is read, row by row."""

    number: int
    rows: int = 0
    cells: list[Cell] = field(default_factory=list)
    from_above: dict[int, int] = field(default_factory=dict)  # by column: rows that a cell above still covers
    is_in_head: bool = False


def in_columns(cells: list[Cell], from_above: dict[int, int]) -> tuple[list[list[str]], list[int]]:
    """Cells in their columns; columns that a cell above still covers are merged with it."""
    placed: list[list[str]] = []
    merged: list[int] = []
    waiting = list(cells)[::-1]
    while (waiting or from_above.get(len(placed))) and len(placed) < MOST_CELLS:
        column = len(placed)
        if from_above.get(column):
            from_above[column] -= 1
            merged.append(column)
            placed.append([])
            continue
        cell = waiting.pop()
        for place in range(cell.span):
            from_above[column + place] = cell.rows - 1
        placed += [cell.lines, *[[]] * (cell.span - 1)]
    return placed, merged


def reach(given: dict[str, str], name: str, most: int) -> int:
    """Over how many columns or rows a cell says it goes, within reason."""
    text = given.get(name, "").strip()
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 6 else 1
