"""A whole file as its reader laid it out, whatever kind it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from eia.documents.plan_reading.cells import plain
from eia.documents.plan_reading.layout import Piece, Words, as_words
from eia.domain.plan import LeftOver, Line


@dataclass(frozen=True, kw_only=True)
class Document:
    """The pieces of a file, and what its reader has to say about them."""

    pieces: tuple[Piece, ...]
    places: Mapping[int, str] = field(default_factory=dict)  # by line: `page 3`, `sheet Actions, row 7`
    problems: tuple[str, ...] = ()  # what the reader left out or could not tell
    left_over: tuple[LeftOver, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every piece as a person sees it, so that a passage can be shown beside what was understood."""
        return tuple(
            Line(number=each.line, text=_shown(each), place=self.places.get(each.line, ""))
            for each in self.pieces
        )


def _shown(piece: Piece) -> str:
    if isinstance(piece, Words):
        return as_words(piece)
    return " | ".join(plain(cell) for cell in piece.cells)
