"""When the clock does its rounds: what the worker keeps to, and what a page can say comes next."""

from __future__ import annotations

from datetime import datetime, timedelta

from eia.usecases.services import LONDON

SWEEP_MINUTES = (5, 20, 35, 50)
SWEEP_HOURS = range(8, 18)  # London
LATE_AFTER = timedelta(minutes=30)


def next_sweep(now: datetime) -> datetime:
    """The first time after `now` at which reminders are looked for."""
    at = now.astimezone(LONDON).replace(second=0, microsecond=0)
    while True:
        later = [minute for minute in SWEEP_MINUTES if minute > at.minute]
        if at.hour in SWEEP_HOURS and later:
            return at.replace(minute=later[0])
        at = (at.astimezone(now.tzinfo) + timedelta(hours=1)).astimezone(LONDON).replace(minute=0)
        if at.hour in SWEEP_HOURS:
            return at.replace(minute=SWEEP_MINUTES[0])


def is_late(last: datetime | None, now: datetime) -> bool:
    """Whether a sweep that should have been made since the last one was not."""
    return last is not None and now > next_sweep(last) + LATE_AFTER
