"""Why no mail goes: what looks wrong with the installation, and not with any one mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

STORM_FLOOR = 50
STORM_FACTOR = 5
STORM_DAYS = 30
CLOCK_BACK = timedelta(minutes=10)
CLOCK_AHEAD = timedelta(days=40)
PAUSE = timedelta(minutes=5)


class HoldKind(StrEnum):
    """What made mail stop."""

    REFUSED = "refused"  # the login or the sender
    UNREACHABLE = "unreachable"  # ends by itself
    STORM = "storm"
    CLOCK = "clock"
    RESTORED = "restored"
    COPIED = "copied"


FREEZES = frozenset({HoldKind.CLOCK, HoldKind.COPIED})  # nothing is even recorded as due meanwhile


def storm(created: int, by_day: Iterable[tuple[date, int]], today: date) -> str | None:
    """Why mail should wait: this day makes far more reminders than any of the last thirty."""
    days: Counter[date] = Counter()
    for day, count in by_day:
        days[day] += count
    so_far = days.pop(today, 0) + created
    most = max(STORM_FLOOR, STORM_FACTOR * max(days.values(), default=0))
    if so_far <= most:
        return None
    return f"{so_far} reminders in one day, where {most} is the most that is let go unasked"


def clock_jumped(last: datetime | None, now: datetime) -> str | None:
    """Why the clock is not believed: it went back, or far ahead, since the last round."""
    if last is None or last - CLOCK_BACK <= now <= last + CLOCK_AHEAD:
        return None
    way = "back" if now < last else "ahead"
    return f"The clock went {way}: the last round was on {_said(last)}, and now it says {_said(now)}"


def _said(at: datetime) -> str:
    return f"{at:%d %B %Y at %H:%M} UTC".lstrip("0")
