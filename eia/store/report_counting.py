"""Rows counted by department: one statement for everything that a figure asks of them.

What is asked of each row is asked once, in a part of the statement that is made before anything is counted:
a database that merges the two asks the history anew for every number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Select,
    case,
    false,
    func,
    select,
    true,
    union_all,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from eia.domain.report.figures import PartName, Tally

Condition = ColumnElement[bool]
Is = ReadOnlyColumnCollection[str, Any]


@dataclass(frozen=True, kw_only=True)
class Count:
    """Which of the rows are counted, out of which, which are unknown, and what the parts are."""

    counted: Condition
    out_of: Condition = field(default_factory=true)
    unknown: Condition = field(default_factory=false)
    parts: Mapping[PartName, Condition] = field(default_factory=dict)
    sums: Mapping[PartName, ColumnElement[int]] = field(default_factory=dict)


def by_department(
    connection: Connection,
    rows: tuple[Select[Any], ...],
    marks: Mapping[str, Condition],
    count: Callable[[Is], Count],
) -> tuple[Tally, ...]:
    """The rows of each department, counted; a mark that the database cannot tell is false."""
    marked = [case((each, true()), else_=false()).label(name) for name, each in marks.items()]
    row = made_first(union_all(*(each.add_columns(*marked) for each in rows)), "row")
    asked = count(row.c)
    totals = [func.sum(number).label(name) for name, number in _numbers(asked).items()]
    grouped = select(row.c.department_id, *totals).group_by(row.c.department_id)
    return tuple(
        Tally(
            department_id=each["department_id"],
            counted=int(each["counted"]),
            out_of=int(each["out_of"]),
            unknown=int(each["unknown"]),
            parts={part: int(each[part.value]) for part in (*asked.parts, *asked.sums)},
        )
        for each in connection.execute(grouped).mappings()
    )


def _numbers(asked: Count) -> dict[str, ColumnElement[int]]:
    """What one row adds to each total."""
    conditions = {
        "counted": asked.counted,
        "out_of": asked.out_of,
        "unknown": asked.unknown,
        **{part.value: condition for part, condition in asked.parts.items()},
    }
    ones = {name: case((condition, 1), else_=0) for name, condition in conditions.items()}
    return ones | {part.value: number for part, number in asked.sums.items()}


def made_first(query: Any, name: str) -> CTE:
    """The query as a table that is made before anything else is asked of it."""
    made: CTE = query.cte(name).prefix_with("MATERIALIZED")
    return made
