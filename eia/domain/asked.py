"""What an open action asks of whoever leads it, most urgent first."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from eia.domain.action import Action
from eia.domain.facts import ActionState
from eia.domain.target_date import TargetKind

SOON = timedelta(days=28)


class Asked(StrEnum):
    """One thing to do about an action."""

    LATE = "late"
    NEW_DATE = "new_date"  # it has none yet
    CONFIRM = "confirm"  # the date is provisional
    SOON = "soon"
    ANNOUNCED = "announced"  # it waits for something
    CHECK_IN = "check_in"  # it goes on


_WITHOUT_DAY = {TargetKind.EVENT: Asked.ANNOUNCED, TargetKind.ONGOING: Asked.CHECK_IN}


def asked_of_lead(action: Action, today: date) -> Asked | None:
    """The most urgent thing; None when there is time, or nothing is left to do."""
    if action.state is not ActionState.OPEN:
        return None
    if action.is_overdue(today):
        return Asked.LATE
    if action.deadline is None:
        return _WITHOUT_DAY.get(action.target.kind, Asked.NEW_DATE)
    if action.target.provisional:
        return Asked.CONFIRM
    return Asked.SOON if action.deadline <= today + SOON else None
