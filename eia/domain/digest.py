"""One person's digest: what needs them, most urgent first, and why it is they who are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from eia.domain.cover import Away, said_first
from eia.domain.reminders import ANNOUNCED, CHECK_IN, ESCALATED, GIVE_DATE, still_holds
from eia.domain.target_date import TargetDate
from eia.domain.workflow.definition import StageDefinition

_UNDATED = (CHECK_IN, ANNOUNCED, GIVE_DATE)


class Why(StrEnum):
    """Why this person gets the reminder."""

    LEAD = "lead"
    NO_LEAD = "no_lead"  # nobody who leads it is confirmed and here: the equality officer is told
    NEXT_POST = "next_post"


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What a reminder of an occasion says besides: where the assessment is, and whose answer is awaited."""

    assessment_id: UUID
    stage: StageDefinition
    returned: bool = False
    party: str = ""  # whoever was invited
    contact: str = ""  # whom to answer


@dataclass(frozen=True, kw_only=True)
class Promise:
    """An action or an assessment, or an occasion of one, as far as a reminder speaks of it."""

    kind: str  # "action", "assessment", "plan", or an occasion
    id: UUID
    title: str
    source: str  # the plan's title, or the assessment's reference and title
    target: TargetDate
    is_open: bool
    leads: frozenset[UUID]
    named: tuple[str, ...]  # the leads as written
    setting: Setting | None = None  # of an occasion that still is one
    department_id: UUID | None = None  # whose it is; None for the whole body's
    known_as: str = ""  # a reference or a plan, and no title
    version: int = 0  # goes up with every change


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a digest."""

    promise: Promise
    rule: str
    occurrence: date
    why: Why
    away: Away | None = None  # whom it is for, when its reader stands in for them
    was_away: bool = False  # it went to a deputy meanwhile

    @property
    def has_deadline(self) -> bool:
        """Whether `occurrence` is a deadline, and not the start of a month or quarter."""
        return self.rule not in _UNDATED

    def days_left(self, today: date) -> int:
        """Calendar days to the deadline; negative when it is late."""
        return (self.occurrence - today).days


def reason(rule: str, promise: Promise, recipient_id: UUID) -> Why | None:
    """Why the recipient would be told today, or None when they no longer would."""
    if recipient_id in promise.leads:
        return Why.LEAD
    if rule == ESCALATED:
        return Why.NEXT_POST
    return None if promise.leads else Why.NO_LEAD


def line(
    rule: str, occurrence: date, promise: Promise, recipient_id: UUID, *, away: Away | None = None
) -> Line | None:
    """The line a reminder gives now; None when it is closed, its date moved, or somebody else leads it.

    `away` is the recipient, when it is their deputy who reads it.
    """
    said = said_first(rule)
    why = reason(said, promise, recipient_id)
    if why is None or not promise.is_open or not still_holds(said, occurrence, promise.target):
        return None
    return Line(promise=promise, rule=said, occurrence=occurrence, why=why, away=away, was_away=said != rule)


def digest(lines: Iterable[Line]) -> tuple[Line, ...]:
    """One line for each deadline of each promise: overdue first, then soonest, then what has no deadline."""
    best: dict[tuple[str, UUID, date], Line] = {}
    for item in lines:
        key = (item.promise.kind, item.promise.id, item.occurrence)
        if key not in best or _strength(item) < _strength(best[key]):
            best[key] = item
    return tuple(sorted(best.values(), key=_urgency))


def overdue_count(lines: Iterable[Line], today: date) -> int:
    """How many of them are late."""
    return sum(1 for item in lines if item.has_deadline and item.days_left(today) < 0)


def _strength(item: Line) -> tuple[bool, bool, bool, bool]:
    return item.away is not None, item.why is not Why.LEAD, item.rule == "confirm", not item.was_away


def _urgency(item: Line) -> tuple[bool, date, str, str, str]:
    promise = item.promise
    return not item.has_deadline, item.occurrence, promise.title, promise.kind, str(promise.id)
