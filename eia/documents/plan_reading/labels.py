"""The labels printed before actions: `Objective 2.1`, `1.1`, `(iii)`, `(a)`, `3)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eia.documents.plan_reading.cells import Block, Cell

_WORDS = r"(?:Objective|Action|Recommendation|Target|Task|Milestone|Ref\.?)"
_LABEL = re.compile(
    rf"(?P<label>{_WORDS}\s+(?:\d+(?:\.\d+)*[a-z]?|[A-Z]\d*(?:\.\d+)*)"
    r"|[A-Z]?\d+(?:\.\d+)+[a-z]?|[A-Z]\d+|\((?:[ivxl]+(?:-[ivxl]+)?|[A-Za-z]|\d+)\)|\d{1,2}\))"
    r"\s*[.:–-]?(?:\s+|$)"
)
_BRACKETED = re.compile(r"\((?P<first>[ivxl]+|[a-z]|\d{1,2})(?:\s?[-–]\s?(?P<last>[ivxl]+|[a-z]|\d{1,2}))?\)")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
MOST_STARTS = 200
"""Actions in one paragraph; whoever counts them refuses fewer."""

_LARGEST_STEP = 2
"""Labels skip one now and then: (iv) is followed by (vi)."""

_REFERS = re.compile(
    r"\b(?:see|under|in|at|and|or|to|of|with|from|per|points?|items?|actions?|recommendations?|para\w*|section)$",
    re.IGNORECASE,
)
_INNER = re.compile(rf"(?<=[.;:)])\s+(?={_WORDS}\s+(?:\d+(?:\.\d+)*|[A-Z]\d*(?:\.\d+)+)\b)")


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
    """Labelled actions run together in one paragraph stand apart again."""
    return [
        Block(text=text.strip(), is_item=block.is_item)
        for block in cell
        for named in _INNER.split(block.text)
        for text in _split_at_brackets(named)
    ]


def _split_at_brackets(text: str) -> list[str]:
    """`(i) Do this (ii) Do that`: before each label that goes on from the one before, or repeats it."""
    begins = _BRACKETED.match(text)
    if begins is None:
        return [text]
    starts, before = [0], begins["last"] or begins["first"]
    for match in _BRACKETED.finditer(text, begins.end()):
        if _goes_on(before, match["first"]) and _begins_an_action(text, match):
            starts.append(match.start())
            before = match["last"] or match["first"]
        if len(starts) > MOST_STARTS:
            break
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _begins_an_action(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() :].lstrip(" .:–-")
    return (
        bool(after)
        and after[0].isalpha()
        and not _REFERS.search(text[max(0, match.start() - 30) : match.start()].rstrip())
    )


def _goes_on(before: str, after: str) -> bool:
    return any(0 <= value(after) - value(before) <= _LARGEST_STEP for value in _values(before, after))


def _values(*labels: str) -> list[Callable[[str], int]]:
    """How all of them can be counted: numbers, Roman numerals, letters; `i` is a numeral and a letter."""
    together = "".join(labels)
    if together.isdigit():
        return [int]
    numerals = [_numeral] if set(together) <= set(_ROMAN) else []
    return [*numerals, *([ord] if together.isalpha() and len(together) == len(labels) else [])]


def _numeral(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def covers(label: str, other: str) -> bool:
    """Whether a printed label is `other`, or a range such as `(i-vi)` that it lies in."""
    mine, its = _BRACKETED.fullmatch(label), _BRACKETED.fullmatch(other)
    if mine is None or its is None or mine["last"] is None:
        return bool(label) and label == other
    first, last, one = mine["first"], mine["last"], its["first"]
    return any(value(first) <= value(one) <= value(last) for value in _values(first, last, one))
