"""A plan goes on into its next period: what is open is carried forward, and what was done stays told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType
from uuid import UUID

from eia.domain.action import Action, ProgressKind
from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.events import Event
from eia.domain.facts import ActionState
from eia.domain.people import Actor
from eia.domain.plan import Passage, Recommendation
from eia.domain.target_date import Period, TargetDate, parse_period, parse_target
from eia.store import action_progress, actions, plan_parts, plans
from eia.store.plan_parts import PlanRecommendation
from eia.store.plans import Plan
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.actions import log
from eia.usecases.plan_outline import Outline
from eia.usecases.plan_readings import must_import
from eia.usecases.services import Services

ALREADY = "This plan was carried forward already."
NOWHERE = Passage(first_line=0, last_line=0)


@dataclass(frozen=True, kw_only=True)
class NextPlan:
    """What the next plan is called, which years it covers, and the dates that are other ones there."""

    title: str
    period: str
    left: frozenset[UUID] = frozenset()  # open actions that are not carried forward
    targets: Mapping[UUID, str] = field(default_factory=lambda: MappingProxyType({}))  # in words
    because: str = ""  # why those dates move


@dataclass(frozen=True, kw_only=True)
class CarryPage:
    """A plan that may go on: its open actions, what was done, and what the next one would be called."""

    plan: Plan
    open: tuple[Action, ...]
    done: tuple[Action, ...]
    title: str
    period: str
    today: date


def carry_page(services: Services, actor: Actor, plan_id: UUID) -> CarryPage:
    """Raises `NotFound`, and `NotAllowed` when the plan was carried forward already."""
    must_import(actor)
    with services.database.read() as connection:
        plan = plans.one(connection, actor.body_id, plan_id)
        if plan is None:
            raise NotFound
        if plans.carried_to(connection, plan_id) is not None:
            raise NotAllowed(ALREADY)
        promised = actions.of_plan(connection, plan_id)
    period = _next_period(plan)
    return CarryPage(
        plan=plan,
        open=tuple(item for item in promised if item.state is ActionState.OPEN),
        done=done_of(promised),
        title=_next_title(plan, period),
        period=f"{period.first} to {period.last}" if period else "",
        today=services.today(),
    )


def done_of(promised: tuple[Action, ...]) -> tuple[Action, ...]:
    """What was done, whether or not somebody has verified it."""
    return tuple(item for item in promised if item.state in (ActionState.DONE, ActionState.VERIFIED))


def carry_plan_forward(services: Services, actor: Actor, plan_id: UUID, asked: NextPlan) -> UUID:
    """The plan of the next period, with what is open; the old actions are closed and linked. Its id.

    Raises `Invalid` for a missing title, period or reason, `NotAllowed` when it was carried forward before.
    """
    must_import(actor)
    period = _checked(asked)
    with services.database.write() as work:
        plan = plans.locked(work.connection, actor.body_id, plan_id)
        if plan is None:
            raise NotFound
        if plans.carried_to(work.connection, plan_id) is not None:
            raise NotAllowed(ALREADY)
        return _Carrying(services, work, actor, plan, asked, period).run()


class _Carrying:
    """One plan on its way into the next period."""

    def __init__(
        self,
        services: Services,
        work: UnitOfWork,
        actor: Actor,
        plan: Plan,
        asked: NextPlan,
        period: Period,
    ) -> None:
        self._services, self._work, self._actor = services, work, actor
        self._plan, self._asked, self._period = plan, asked, period
        self._next_id = services.new_id()
        self._outline = Outline(services, work, self._next_id)

    def run(self) -> UUID:
        """The next plan, its recommendations, its actions, and the event that says so."""
        connection, now = self._work.connection, self._services.now()
        plans.add(connection, self._actor.body_id, self._next(), at=now)
        asked = plan_parts.recommendations(connection, self._plan.id)
        known = {each.id: self._outline.recommendation(_as_asked(each)) for each in asked}
        carried = tuple(self._open())
        for place, item in enumerate(carried):
            fresh = self._carry(item, place)
            answered = [known[each.id] for each in asked if item.id in each.answers]
            plan_parts.answer(connection, fresh, answered)
        self._work.record(
            Event(
                name="plan_carried_forward",
                chain_id=self._next_id,
                actor_id=self._actor.id,
                at=now,
                data={"from": str(self._plan.id), "actions": len(carried)},
            )
        )
        return self._next_id

    def _open(self) -> Iterator[Action]:
        for item in actions.of_plan(self._work.connection, self._plan.id):
            if item.state is ActionState.OPEN and item.id not in self._asked.left:
                yield item

    def _next(self) -> Plan:
        return replace(
            self._plan,
            id=self._next_id,
            title=" ".join(self._asked.title.split()),
            period_from=self._period.first,
            period_to=self._period.last,
            source_name=self._plan.title,
            # No document: the mark of the plan it comes from, which can be carried forward once.
            source_sha256=hashlib.sha256(f"carried forward from {self._plan.id}".encode()).hexdigest(),
            problems=(),
            imported_by=self._actor.id,
            workflow=None,
            stage=None,
            stage_since=None,
            row_version=1,
            carried_from=self._plan.id,
        )

    def _carry(self, item: Action, place: int) -> UUID:
        target = self._target(item)
        moved = replace(item, target=target)
        fresh = replace(
            moved,
            id=self._services.new_id(),
            plan_id=self._next_id,
            slips=item.slips if target is item.target else item.slips.after(item.deadline, moved.deadline),
            created_by=self._actor.id,
            row_version=1,
            objective_id=self._outline.objective(item.heading),
            carried_from_id=item.id,
        )
        at = self._services.now() + timedelta(microseconds=place)
        actions.add(self._work.connection, fresh, at=at)
        self._close(item)
        if target is not item.target:
            words = f"{item.target.raw} → {target.raw}. {self._asked.because.strip()}"
            self._tell(fresh.id, ProgressKind.MOVED, words)
        return fresh.id

    def _target(self, item: Action) -> TargetDate:
        words = self._asked.targets.get(item.id, "").strip()
        return parse_target(words, period=self._period) if words and words != item.target.raw else item.target

    def _close(self, item: Action) -> None:
        closed = replace(
            item, state=ActionState.CARRIED_FORWARD, closed_because=" ".join(self._asked.title.split())
        )
        actions.replace(self._work.connection, closed)
        self._tell(item.id, ProgressKind.CARRIED_FORWARD, closed.closed_because)
        log(self._services, self._work, self._actor, item, "action_carried_forward")

    def _tell(self, action_id: UUID, kind: ProgressKind, note: str) -> None:
        action_progress.add(
            self._work.connection,
            self._services.new_id(),
            action_id,
            kind,
            note,
            by=self._actor.id,
            at=self._services.now(),
        )


def _checked(asked: NextPlan) -> Period:
    problems = {}
    if not asked.title.strip():
        problems["title"] = "Enter what the next plan is called"
    if any(words.strip() for words in asked.targets.values()) and not asked.because.strip():
        problems["because"] = "Enter why these dates move"
    if problems:
        raise Invalid(problems)
    return parse_period(asked.period)


def _next_period(plan: Plan) -> Period | None:
    """As long as the plan's own, from the day after it ends; None where the calendar ends before."""
    if plan.period_from is None or plan.period_to is None:
        return None
    try:
        first = plan.period_to + timedelta(days=1)
        years = max(round((first - plan.period_from).days / 365.25), 1)
        return Period(first=first, last=_years_on(first, years) - timedelta(days=1))
    except (OverflowError, ValueError):
        return None


def _years_on(day: date, years: int) -> date:
    """The same day so many years later, and 1 March where that year has no 29 February."""
    is_leap = (day.month, day.day) == (2, 29)
    return (day + timedelta(days=1) if is_leap and years % 4 else day).replace(year=day.year + years)


def _next_title(plan: Plan, period: Period | None) -> str:
    """The same title with the years of the next period in place of its own."""
    if period is None or plan.period_from is None or plan.period_to is None:
        return plan.title
    own, then = _years(plan.period_from, plan.period_to), _years(period.first, period.last)
    known = next((words for words in own if words in plan.title), None)
    return plan.title.replace(known, then[own.index(known)]) if known else plan.title


def _years(first: date, last: date) -> list[str]:
    """The ways in which titles write a period: 2008/09, 2009-11, 2009-2011."""
    return [
        f"{first.year}{mark}{end}" for mark in "/-–" for end in (str(last.year), f"{last.year % 100:02d}")
    ]


def _as_asked(item: PlanRecommendation) -> Recommendation:
    return Recommendation(label=item.label, heading=item.heading, text=item.text, passage=NOWHERE)
