"""Cells that reach down over several rows: what stands in the first of them stands for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from eia.documents.plan_reading.columns import Column
from eia.documents.plan_reading.layout import Cells


@dataclass(kw_only=True)
class MergedCells:
    """The last words of each place in the table that is being read."""

    above: dict[int, str] = field(default_factory=dict)

    def fill(self, piece: Cells, columns: Sequence[Column]) -> Cells:
        """The row with what it shares with the one above; a heading goes on without being repeated."""
        cells = list(piece.cells)
        for place in piece.merged:
            if place < len(cells) and columns[place : place + 1] != (Column.HEADING,):
                cells[place] = cells[place] or self.above.get(place, "")
        self.above = dict(enumerate(cells))
        return replace(piece, cells=tuple(cells))


def is_same_action(piece: Cells, columns: Sequence[Column]) -> bool:
    """Whether the action reaches down from the row above, which then says more of the same."""
    places = {column: place for place, column in enumerate(columns)}
    label = places.get(Column.LABEL)
    has_label = label is not None and label < len(piece.cells) and bool(piece.cells[label].strip())
    return places.get(Column.ACTION) in piece.merged and (label in piece.merged or not has_label)


def own_cells(piece: Cells) -> Cells:
    """The row with only what it adds to the one above."""
    return replace(
        piece, cells=tuple("" if place in piece.merged else cell for place, cell in enumerate(piece.cells))
    )
