"""Working days of a nation: Monday to Friday, or some of these days, but for its bank holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class WorkingDays:
    """The holidays are passed in: which days they are is a nation's business, and changes."""

    holidays: frozenset[date] = frozenset()
    weekdays: tuple[int, ...] = MONDAY_TO_FRIDAY

    def is_working(self, day: date) -> bool:
        """Whether offices are open on the day."""
        return day.weekday() in self.weekdays and day not in self.holidays

    def on_or_before(self, day: date) -> date:
        """The day itself when it is a working day, else the last one before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def on_or_after(self, day: date) -> date:
        """The day itself when it is a working day, else the first one after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day
