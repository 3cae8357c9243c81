"""A promise as a calendar shows it: which one and when, and never what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from eia.domain.reminder_policy import ReminderPolicy
from eia.domain.reminders import Cadence, cadence, milestone_days
from eia.domain.target_date import TargetDate
from eia.domain.working_days import WorkingDays


@dataclass(frozen=True, kw_only=True)
class Dated:
    """Something that somebody leads: by what people know it, and how often it was changed."""

    kind: str  # action, assessment
    id: UUID
    known_as: str
    target: TargetDate
    version: int


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One day in somebody's calendar; `key` stays as long as what it stands for, `version` only grows."""

    key: str
    kind: str
    subject_id: UUID
    known_as: str
    day: date
    is_milestone: bool
    provisional: bool
    version: int
    alarms: tuple[date, ...]  # working days


@dataclass(frozen=True, kw_only=True)
class DayWords:
    """A day in somebody's calendar, in words; `uid` is the same as long as it stands for the same."""

    uid: str
    day: date
    summary: str
    url: str
    sequence: int
    is_tentative: bool
    alarms: tuple[date, ...]


def entries(item: Dated, today: date, policy: ReminderPolicy, days: WorkingDays) -> Iterator[Entry]:
    """The deadline and each milestone; none of what waits for an event or has no end."""
    for key, day in _days(item):
        yield Entry(
            key=key,
            kind=item.kind,
            subject_id=item.id,
            known_as=item.known_as,
            day=day,
            is_milestone=day != item.target.latest,
            provisional=item.target.provisional,
            version=item.version,
            alarms=alarms(day, today, policy, days),
        )


def _days(item: Dated) -> Iterator[tuple[str, date]]:
    own = item.target.latest if cadence(item.target) is Cadence.DEADLINE else None
    if own is not None:
        yield f"{item.kind}-{item.id}", own
    for number, day in enumerate(milestone_days(item.target.milestones, unless=own), start=1):
        yield f"{item.kind}-{item.id}-{number}", day


def alarms(day: date, today: date, policy: ReminderPolicy, days: WorkingDays) -> tuple[date, ...]:
    """The working days on which the policy speaks of the day, as far as they are to come."""
    found = {days.on_or_before(day - timedelta(days=offset)) for offset in policy.offsets}
    return tuple(sorted(each for each in found if each > today))
