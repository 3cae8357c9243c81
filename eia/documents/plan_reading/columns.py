"""What the columns of an action table are for, by the words in their header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from eia.documents.plan_reading.labels import split_label

LONGEST_HEADING = 80


class Column(StrEnum):
    """What a column holds."""

    LABEL = "label"  # the printed number, where it has a column of its own
    HEADING = "heading"  # priorities or objectives, often with their leads
    ACTION = "action"
    TARGET = "target"
    LEAD = "lead"
    OUTCOME = "outcome"
    PROGRESS = "progress"
    OTHER = "other"


_I = re.IGNORECASE
_MEANINGS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (
        Column.TARGET,
        re.compile(
            r"\b(?:target|completion|due|end|finish|delivery)s? (?:date|deadline)|milestone|deadline|by when"
            r"|time-?\s?scale|time-?\s?frame|^when\b|^dates?$|^timing$|^priority target$",
            _I,
        ),
    ),
    (Column.LABEL, re.compile(r"^(?:ref(?:erence)?|no|number|item|id|#)\.?(?: no\.?)?$", _I)),
    (Column.OUTCOME, re.compile(r"outcome|indicator|measure|success|result|impact|benefit|evidence", _I)),
    (Column.PROGRESS, re.compile(r"progress|status|\brag\b|update", _I)),
    (Column.OTHER, re.compile(r"comment|notes?$|cost|budget", _I)),
    (Column.ACTION, re.compile(r"\bactions?\b|activit|\btasks?\b|^what\b|what we will do|steps", _I)),
    (Column.HEADING, re.compile(r"objective|priorit|theme|\baims?\b|recommendation|goal|area", _I)),
    (Column.LEAD, re.compile(r"\blead|responsib|owner|officer|^who\b|by whom", _I)),
)
_WEAKER: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (Column.TARGET, re.compile(r"^targets?$", _I)),
    (Column.LEAD, re.compile(r"\bresources?\b", _I)),
)
"""What a heading means only where no other column means it."""


def columns_of(cells: Sequence[str]) -> tuple[Column, ...] | None:
    """The meaning of each header cell, or None where the line is no header of an action table."""
    if len(cells) < 3 or not all(map(_could_head, cells)):
        return None
    headings = [cell.strip() for cell in cells]
    columns = _first_of_each(_with_weaker(headings, [_meaning(heading) for heading in headings]))
    if Column.ACTION not in columns:
        columns = _objectives_as_actions(columns)
    is_table = Column.ACTION in columns and {Column.TARGET, Column.LEAD, Column.OUTCOME} & set(columns)
    return columns if is_table else None


def could_be_headings(cells: Sequence[str]) -> bool:
    """Whether a row may head a table of any other kind."""
    return len(cells) > 1 and all(cell.strip() and _could_head(cell) for cell in cells)


def _could_head(cell: str) -> bool:
    """Headings are short, no sentences, and carry no label of their own."""
    text = cell.strip()
    return len(text) <= LONGEST_HEADING and not text.endswith(".") and not split_label(text).label


def _meaning(heading: str) -> Column:
    return next((column for column, words in _MEANINGS if words.search(heading)), Column.OTHER)


def _with_weaker(headings: Sequence[str], columns: list[Column]) -> list[Column]:
    return [
        _weaker(heading, columns) if column is Column.OTHER else column
        for heading, column in zip(headings, columns, strict=True)
    ]


def _weaker(heading: str, taken: Sequence[Column]) -> Column:
    found = (column for column, words in _WEAKER if column not in taken and words.search(heading))
    return next(found, Column.OTHER)


def _first_of_each(columns: list[Column]) -> tuple[Column, ...]:
    """A second column of the same meaning is kept as other, so that nothing overwrites the first."""
    return tuple(
        column if column not in columns[:place] else Column.OTHER for place, column in enumerate(columns)
    )


def _objectives_as_actions(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Where no column says action, the objectives are what is promised."""
    return tuple(Column.ACTION if column is Column.HEADING else column for column in columns)
