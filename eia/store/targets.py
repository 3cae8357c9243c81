"""A target date in the columns that every promise has."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, RowMapping, case
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from eia.domain.action import WITHOUT_DEADLINE
from eia.domain.target_date import TargetDate

Columns = ReadOnlyColumnCollection[str, Any]


def target_columns(target: TargetDate) -> dict[str, object]:
    """The `target_*` columns of an action or assessment row."""
    return {
        "target_raw": target.raw,
        "target_kind": target.kind.value,
        "target_earliest": target.earliest,
        "target_latest": target.latest,
        "target_provisional": target.provisional,
        "target_milestones": target.as_json()["milestones"],
    }


def has_deadline(columns: Columns) -> ColumnElement[bool]:
    """True where the promise can be late: it is neither ongoing nor awaits an event."""
    has: ColumnElement[bool] = columns["target_kind"].not_in(sorted(WITHOUT_DEADLINE))
    return has


def deadline(columns: Columns) -> ColumnElement[Any]:
    """The last day on which the promise is kept, null where there is none."""
    return case((has_deadline(columns), columns["target_latest"]), else_=None)


def target_value(row: RowMapping) -> TargetDate:
    """The target date that the columns hold."""
    return TargetDate.from_columns(
        raw=row["target_raw"],
        kind=row["target_kind"],
        earliest=row["target_earliest"],
        latest=row["target_latest"],
        provisional=row["target_provisional"],
        milestones=row["target_milestones"],
    )
