"""What a report counts: whose rows, up to which day, and what the stages and moves of workflows mean."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, true

from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.store.days import london_day
from eia.store.tables import action, assessment, plan, stage_history
from eia.store.visibility import ACTION_DEPARTMENT, leads_action, reaches_all, visible

LONDON = ZoneInfo("Europe/London")
_NEXT = assessment.alias("next_version")


@dataclass(frozen=True, kw_only=True)
class Meanings:
    """What the workflows' stages and moves mean to a report, by their names."""

    screening_checks: frozenset[str]  # stages at which a screening is checked
    checks: frozenset[str]  # stages at which anything handed in is checked
    verdicts: frozenset[str]  # moves with which whoever checks it lets it leave such a stage
    returns: frozenset[str]  # those of them that send it back
    screened_out: frozenset[str]  # ends that a screening can lead to
    withdrawals: frozenset[str]  # moves that end it for good, assessed or not
    begins: frozenset[str]  # moves with which a lead begins the work
    reviews: frozenset[str]  # stages at which the impact is looked at again
    closings: frozenset[str]  # moves that finish such a review


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What is counted: what the actor may see, of one department or all, from `first` to the end of `last`.

    Whether it came to its end is asked of the end of `as_at`, which is `last` or later. `plan_departments`
    are those whose plans the actor may see; None: of every one.
    """

    actor: Actor
    today: date
    department_id: UUID | None
    plan_departments: Collection[UUID] | None
    first: date
    last: date
    as_at: date
    meanings: Meanings

    @property
    def begins(self) -> datetime:
        """The instant at which the first day begins in London."""
        return datetime.combine(self.first, time(), LONDON)

    @property
    def ends(self) -> datetime:
        """The instant at which the last day is over in London."""
        return datetime.combine(self.last + timedelta(days=1), time(), LONDON)

    def on_day(self, column: ColumnElement[date | None]) -> ColumnElement[bool]:
        """True where the day is one of the period's."""
        return column.between(self.first, self.last)

    def at_time(self, column: ColumnElement[datetime]) -> ColumnElement[bool]:
        """True where the instant is on one of the period's days in London."""
        return and_(column >= self.begins, column < self.ends)

    @property
    def assessments(self) -> ColumnElement[bool]:
        """True of the rows of `assessment` that are counted."""
        return and_(visible(self.actor, Permission.VIEW, self.today), self._in(assessment.c.department_id))

    @property
    def actions(self) -> ColumnElement[bool]:
        """True of the rows of `action` that are counted; its plan and its assessment are joined to it."""
        of_body = and_(action.c.body_id == self.actor.body_id, self._in(ACTION_DEPARTMENT))
        if reaches_all(self.actor, Permission.VIEW, self.today):
            return of_body
        of_plans = (
            plan.c.id.is_not(None)
            if self.plan_departments is None
            else plan.c.department_id.in_(self.plan_departments)
        )
        seen = or_(
            and_(assessment.c.id.is_not(None), visible(self.actor, Permission.VIEW, self.today)),
            of_plans,
            leads_action(self.actor),
        )
        return and_(of_body, seen)

    def _in(self, department: ColumnElement[UUID]) -> ColumnElement[bool]:
        return true() if self.department_id is None else department == self.department_id

    def has_in_force(self, day: ColumnElement[date | None]) -> ColumnElement[bool]:
        """True of the assessments with this day in the period, as the version that was in force on it."""
        return and_(self.on_day(day), _is_version_of(day), not_(self.withdrawn_by(day)))

    def withdrawn_by(self, day: ColumnElement[Any]) -> ColumnElement[bool]:
        """True of the assessments that were given up before the end of the day."""
        return moved(stage_history.c.move, self.meanings.withdrawals, day)

    def screened_out_by(self, day: ColumnElement[Any]) -> ColumnElement[bool]:
        """True of the assessments that had been screened out by the end of the day."""
        return moved(stage_history.c.to_stage, self.meanings.screened_out, day)


def moved(which: ColumnElement[str], names: Collection[str], day: ColumnElement[Any]) -> ColumnElement[bool]:
    """True of the assessments whose history has such a line by the end of the day."""
    if not names:
        return false()
    return exists().where(
        stage_history.c.assessment_id == assessment.c.id,
        which.in_(sorted(names)),
        london_day(stage_history.c.at) <= day,
    )


def _is_version_of(day: ColumnElement[Any]) -> ColumnElement[bool]:
    """True of the version that there was on the day: begun by then, and not yet followed by another."""
    begun_later = and_(assessment.c.previous_id.is_not(None), london_day(assessment.c.created_at) > day)
    followed = exists().where(_NEXT.c.previous_id == assessment.c.id, london_day(_NEXT.c.created_at) <= day)
    return and_(not_(begun_later), not_(followed))
