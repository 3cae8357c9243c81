"""The labels printed before actions: `Objective 2.1`, `1.1`, `(iii)`, `(a)`, `3)`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eia.documents.plan_reading.cells import Block, Cell

_WORDS = r"(?:Objective|Action|Recommendation|Target|Task|Milestone|Ref\.?)"
_LABEL = re.compile(
    rf"(?P<label>{_WORDS}\s+(?:\d+(?:\.\d+)*[a-z]?|[A-Z]\d*(?:\.\d+)*)"
    r"|[A-Z]?\d+(?:\.\d+)+[a-z]?|[A-Z]\d+|\((?:[ivxl]+(?:-[ivxl]+)?|[A-Za-z]|\d+)\)|\d{1,2}\))"
    r"\s*[.:–-]?(?:\s+|$)"
)
_INNER = re.compile(rf"(?<=[.;:)])\s+(?={_WORDS}\s+\d+(?:\.\d+)*\b)")


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A label as printed, or nothing, and the words after it."""

    label: str
    rest: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """One action of a cell: its label and its paragraphs and items."""

    label: str
    blocks: Cell


def split_label(text: str) -> Labelled:
    """Parts `Objective 2.1 Maximise take-up` into its label and its words."""
    match = _LABEL.match(text)
    if match is None:
        return Labelled(label="", rest=text)
    return Labelled(label=match["label"], rest=text[match.end() :])


def is_label_only(text: str) -> bool:
    """Whether the words after a label were cut off."""
    labelled = split_label(text.strip())
    return bool(labelled.label) and not labelled.rest.strip()


def parts_of(cell: Cell) -> tuple[Part, ...]:
    """The actions of a cell; words before the first label are an action without one."""
    parts: list[tuple[str, list[Block]]] = []
    for block in _split_inside(cell):
        labelled = split_label(block.text)
        if labelled.label or not parts:
            parts.append((labelled.label, []))
        if labelled.rest:
            parts[-1][1].append(Block(text=labelled.rest, is_item=block.is_item and not labelled.label))
    return tuple(Part(label=label, blocks=tuple(blocks)) for label, blocks in parts)


def _split_inside(cell: Cell) -> Sequence[Block]:
    """Two labelled actions run together in one paragraph stand apart again."""
    return [
        Block(text=text.strip(), is_item=block.is_item) for block in cell for text in _INNER.split(block.text)
    ]
