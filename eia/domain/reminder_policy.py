"""When people are reminded of a target date: data of the workflow, read by the rules in `reminders`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ReminderPolicy:
    """Days are calendar days before or after the latest target date."""

    offsets: tuple[int, ...] = (28, 14, 7, 1)
    on_the_day: bool = True
    overdue_every_days: int = 7
    escalate_after_days: int = 14
    ongoing_every: int = 3  # months between check-ins on what has no end
    event_every_months: int = 1  # "has it been announced?"
    undated_every_months: int = 1  # "please give a date"
    provisional_confirm_days: int = 60
