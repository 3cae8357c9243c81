"""Which reminders of a promise should exist by now; a run that was missed is caught up by the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from eia.domain.cover import said_first
from eia.domain.reminder_policy import ReminderPolicy
from eia.domain.target_date import Milestone, TargetDate, TargetKind
from eia.domain.working_days import WorkingDays

ON_THE_DAY = "on-the-day"
ESCALATED = "escalated"
CHECK_IN = "check-in"
ANNOUNCED = "announced"
GIVE_DATE = "give-date"
CONFIRM = "confirm"
BEFORE = "before-"
OVERDUE = "overdue-"


class Cadence(StrEnum):
    """What a promise's reminders are counted from."""

    DEADLINE = "deadline"
    CHECK_IN = CHECK_IN
    ANNOUNCED = ANNOUNCED
    GIVE_DATE = GIVE_DATE


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """One reminder that should exist; `occurrence` is the deadline it counts to, never the day it goes.

    A superseded one is only recorded: a later one of the same deadline goes instead.
    """

    rule: str
    occurrence: date
    superseded: bool = False


@dataclass(frozen=True, kw_only=True)
class DueRange:
    """The deadlines, first to last, whose reminder by now is `rule`."""

    rule: str
    first: date
    last: date


def cadence(target: TargetDate) -> Cadence:
    """An event or an ongoing promise has no deadline even when its plan's period gives it a last day."""
    if target.kind is TargetKind.EVENT:
        return Cadence.ANNOUNCED
    if target.kind is TargetKind.ONGOING:
        return Cadence.CHECK_IN
    if target.latest is not None:
        return Cadence.DEADLINE
    return Cadence.CHECK_IN if target.earliest is not None else Cadence.GIVE_DATE


def deadline(target: TargetDate) -> date | None:
    """The day after which the promise is late, if it has one."""
    return target.latest if cadence(target) is Cadence.DEADLINE else None


def reminders_by(
    target: TargetDate,
    today: date,
    policy: ReminderPolicy,
    days: WorkingDays,
    *,
    known_since: date | None = None,
) -> tuple[Reminder, ...]:
    """What should exist on `today` for an open promise first known on `known_since` (None: always).

    Earlier overdue weeks are not listed as superseded: their number has no end.
    """
    found = [
        *_of_target(target, today, policy, days, known_since),
        *_of_milestones(target, today, policy, days),
    ]
    return tuple(dict.fromkeys(found))


def _of_target(
    target: TargetDate, today: date, policy: ReminderPolicy, days: WorkingDays, known_since: date | None
) -> Iterator[Reminder]:
    if cadence(target) is Cadence.DEADLINE:
        assert target.latest is not None
        yield from _of_deadline(target.latest, today, policy, days)
        if target.provisional and asks_to_confirm(target.latest, today, policy, days):
            yield Reminder(rule=CONFIRM, occurrence=target.latest)
        return
    start = period_start(cadence(target), today, policy, days)
    begun = target.earliest is None or target.earliest <= start
    if begun and (known_since is None or known_since < start):
        yield Reminder(rule=cadence(target).value, occurrence=start)


def _of_deadline(latest: date, today: date, policy: ReminderPolicy, days: WorkingDays) -> Iterator[Reminder]:
    current = deadline_rule(latest, today, policy, days)
    if current is None:
        return
    yield Reminder(rule=current, occurrence=latest)
    for rule in superseded_by(current, policy):
        yield Reminder(rule=rule, occurrence=latest, superseded=True)
    if is_escalated(latest, today, policy, days):
        yield Reminder(rule=ESCALATED, occurrence=latest)


def _of_milestones(
    target: TargetDate, today: date, policy: ReminderPolicy, days: WorkingDays
) -> Iterator[Reminder]:
    """A milestone is announced but never overdue: nobody can say that it was reached, only the whole."""
    for latest in milestone_days(target.milestones, unless=deadline(target)):
        current = deadline_rule(latest, today, policy, days)
        if current is not None and not current.startswith(OVERDUE):
            yield Reminder(rule=current, occurrence=latest)
            for rule in superseded_by(current, policy):
                yield Reminder(rule=rule, occurrence=latest, superseded=True)


def milestone_days(milestones: tuple[Milestone, ...], *, unless: date | None) -> tuple[date, ...]:
    """The milestones' days, each once, without the one that is the target's own."""
    found = {item.latest for item in milestones if item.latest is not None and item.latest != unless}
    return tuple(sorted(found))


def deadline_rule(latest: date, today: date, policy: ReminderPolicy, days: WorkingDays) -> str | None:
    """The rule a deadline has reached: the nearest offset, the day itself, or how late it is.

    None while it is too early. Offsets and the day move to the working day before, late weeks to the next.
    """
    late = _days_late(latest, today, policy, days)
    if late:
        return _overdue(late)
    if policy.on_the_day and days.on_or_before(latest) <= today:
        return ON_THE_DAY
    reached = [
        offset for offset in policy.offsets if days.on_or_before(latest - timedelta(days=offset)) <= today
    ]
    return f"{BEFORE}{min(reached)}" if reached else None


def _days_late(latest: date, today: date, policy: ReminderPolicy, days: WorkingDays) -> int:
    every = policy.overdue_every_days
    if not every:
        return 0
    late = max(0, (today - latest).days // every) * every
    while late and days.on_or_after(latest + timedelta(days=late)) > today:
        late -= every
    return late


def _overdue(late: int) -> str:
    """Named by how late it is, not by how often that was said: another interval repeats nothing."""
    weeks, days = divmod(late, 7)
    return f"{OVERDUE}{late}d" if days else f"{OVERDUE}{weeks}"


def superseded_by(rule: str, policy: ReminderPolicy) -> tuple[str, ...]:
    """The rules of the same deadline that come before this one, furthest first."""
    fixed = [f"{BEFORE}{offset}" for offset in sorted(policy.offsets, reverse=True)]
    if policy.on_the_day:
        fixed.append(ON_THE_DAY)
    if rule in fixed:
        return tuple(fixed[: fixed.index(rule)])
    return tuple(fixed) if rule.startswith(OVERDUE) else ()


def is_escalated(latest: date, today: date, policy: ReminderPolicy, days: WorkingDays) -> bool:
    """Whether the next post up should know by now."""
    return days.on_or_after(latest + timedelta(days=policy.escalate_after_days)) <= today


def asks_to_confirm(latest: date, today: date, policy: ReminderPolicy, days: WorkingDays) -> bool:
    """Whether a provisional deadline is near enough to be confirmed and not yet past."""
    asked_on = days.on_or_before(latest - timedelta(days=policy.provisional_confirm_days))
    return asked_on <= today <= latest


def period_start(kind: Cadence, today: date, policy: ReminderPolicy, days: WorkingDays) -> date:
    """The first day of the latest period whose first working day has come."""
    every = {
        Cadence.CHECK_IN: policy.ongoing_every,
        Cadence.ANNOUNCED: policy.event_every_months,
        Cadence.GIVE_DATE: policy.undated_every_months,
    }[kind]
    start = today.replace(day=1, month=(today.month - 1) // every * every + 1)
    if days.on_or_after(start) <= today:
        return start
    before = start - timedelta(days=1)
    return before.replace(day=1, month=(before.month - 1) // every * every + 1)


def due_ranges(
    today: date, policy: ReminderPolicy, days: WorkingDays, *, oldest: date
) -> tuple[DueRange, ...]:
    """Every deadline from `oldest` on that has reached a rule, in ranges that one index scan each answers."""
    return tuple(_grouped(oldest, today, policy, days))


def _grouped(oldest: date, today: date, policy: ReminderPolicy, days: WorkingDays) -> Iterator[DueRange]:
    first, day = oldest, oldest
    rule = deadline_rule(day, today, policy, days)
    while rule is not None:
        day += timedelta(days=1)
        following = deadline_rule(day, today, policy, days)
        if following != rule:
            yield DueRange(rule=rule, first=first, last=day - timedelta(days=1))
            first, rule = day, following


def escalated_until(today: date, policy: ReminderPolicy, days: WorkingDays) -> date:
    """The last deadline that is late enough for the next post up to know."""
    return days.on_or_before(today) - timedelta(days=policy.escalate_after_days)


def confirmed_until(today: date, policy: ReminderPolicy, days: WorkingDays) -> date:
    """The last provisional deadline that somebody should confirm by now."""
    next_working = days.on_or_after(today + timedelta(days=1))
    return next_working - timedelta(days=1) + timedelta(days=policy.provisional_confirm_days)


def still_holds(rule: str, occurrence: date, target: TargetDate) -> bool:
    """Whether the promise, as it now reads, would still give this reminder on some day."""
    rule = said_first(rule)
    if rule in (CHECK_IN, ANNOUNCED, GIVE_DATE):
        return cadence(target).value == rule
    if rule == CONFIRM:
        return target.provisional and target.latest == occurrence
    own = deadline(target)
    return occurrence == own or occurrence in milestone_days(target.milestones, unless=own)
