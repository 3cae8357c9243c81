"""A document as its reader lays it out: words and table rows in order, whatever the file was.

Every reader (text, Markdown, CSV) yields these pieces and one interpreter turns them into a plan, so that
a new kind of file is one more function that yields pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from eia.documents.plan_reading.cells import plain


class Role(StrEnum):
    """What a line of words is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list


@dataclass(frozen=True, kw_only=True)
class Words:
    """One line outside any table, without the marks that made it a heading or an item."""

    line: int
    text: str
    role: Role
    number: str = ""  # printed before a heading or paragraph: `4.2`


@dataclass(frozen=True, kw_only=True)
class Cells:
    """One row of a table; a newline inside a cell parts its paragraphs."""

    line: int
    cells: tuple[str, ...]
    is_header: bool = False  # the file itself says that this row holds the headings
    is_whole: bool = False  # no page break can have cut it, as none does in a spreadsheet
    is_below_break: bool = False  # a page break stands above it, in the middle of its table
    is_band: bool = False  # one cell across the whole table, which heads the rows below it
    merged: frozenset[int] = frozenset()  # cells that go on from the row above


Piece = Words | Cells


def as_words(piece: Piece) -> str:
    """What a person reads there, on one line."""
    if isinstance(piece, Words):
        return f"{piece.number} {piece.text}".strip()
    return " ".join(filter(None, map(plain, piece.cells)))
