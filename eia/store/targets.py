"""A target date in the columns that every promise has."""

from __future__ import annotations

from sqlalchemy import RowMapping

from eia.domain.target_date import TargetDate


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
