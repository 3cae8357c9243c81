"""A reading of a plan as a person checks it: what was found, what they said of it, what is left to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import TypeVar

from eia.domain.plan import (
    Claim,
    Conflict,
    LeftOver,
    Passage,
    PlanAction,
    PlannedAssessment,
    PlanRead,
)
from eia.domain.plan_decision import Checks, Decision, Verdict
from eia.domain.plan_doubt import Sureness, asking, of_assessment, sureness_of
from eia.domain.target_date import parse_target

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Found:
    """One thing to check: where it stands, how sure its reading is, and what was said of it."""

    key: str
    passage: Passage
    sureness: Sureness
    decision: Decision | None

    @property
    def is_checked(self) -> bool:
        """Whether nothing about it is left to ask."""
        return self.decision is not None or self.sureness is Sureness.SURE

    @property
    def mark(self) -> str:
        """Changes with anything that is shown of it, so that nobody decides about what they did not see."""
        return sha256(repr(self).encode()).hexdigest()[:12]

    @property
    def is_in(self) -> bool:
        """Whether it will be imported."""
        return self.decision is None or self.decision.verdict is not Verdict.LEFT_OUT


@dataclass(frozen=True, kw_only=True)
class FoundAction(Found):
    """An action as it reads now, and as it was read first."""

    now: PlanAction
    read: PlanAction
    is_added: bool = False

    @property
    def doubts(self) -> tuple[str, ...]:
        """What is to be confirmed; nothing once somebody looked at it."""
        is_open = self.decision is None or self.decision.verdict is Verdict.AS_READ
        return self.now.problems if is_open else ()


@dataclass(frozen=True, kw_only=True)
class FoundAssessment(Found):
    """A promised assessment as it reads now."""

    now: PlannedAssessment


@dataclass(frozen=True, kw_only=True)
class FoundConflict(Found):
    """One thing with several dates."""

    conflict: Conflict

    @property
    def is_settled(self) -> bool:
        """Whether a person decided it, rather than taking it with the rest."""
        return self.decision is not None and self.decision.verdict is not Verdict.AS_READ


@dataclass(frozen=True, kw_only=True)
class FoundWords(Found):
    """Words that were understood as no action."""

    left_over: LeftOver


@dataclass(frozen=True, kw_only=True)
class PlanCheck:
    """A reading with what people said of it."""

    found: PlanRead
    checks: Checks = field(default_factory=Checks)

    @cached_property
    def actions(self) -> tuple[FoundAction, ...]:
        """Every action in the order of the document, those that a person added after what they came from."""
        read = [self._action(key, action) for key, action in keyed("a", self.found.actions)]
        made = [self._action(each.key, each.action, is_added=True) for each in self.checks.added]
        return tuple(sorted([*read, *made], key=lambda item: item.passage.first_line))

    @cached_property
    def assessments(self) -> tuple[FoundAssessment, ...]:
        """Every promised assessment."""
        return tuple(self._assessment(key, each) for key, each in keyed("p", self.found.assessments))

    @cached_property
    def conflicts(self) -> tuple[FoundConflict, ...]:
        """Everything that has several dates."""
        return tuple(
            FoundConflict(
                key=key,
                passage=each.claims[0].passage,
                sureness=Sureness.ASK,
                decision=self.checks.decisions.get(key),
                conflict=each,
            )
            for key, each in keyed("c", self.found.conflicts)
        )

    @cached_property
    def left_over(self) -> tuple[FoundWords, ...]:
        """What stands among the actions and was understood as none."""
        return tuple(
            FoundWords(
                key=key,
                passage=each.passage,
                sureness=Sureness.LIKELY,
                decision=self.checks.decisions.get(key),
                left_over=each,
            )
            for key, each in keyed("l", self.found.left_over)
        )

    @property
    def everything(self) -> tuple[Found, ...]:
        """All that is to be checked."""
        return (*self.conflicts, *self.actions, *self.assessments, *self.left_over)

    @property
    def to_check(self) -> tuple[Found, ...]:
        """What nobody has looked at and is not certain."""
        return tuple(item for item in self.everything if not item.is_checked)

    @property
    def checked_count(self) -> int:
        """How much of everything is checked, or certain as it stands."""
        return len(self.everything) - len(self.to_check)

    def one(self, key: str) -> Found | None:
        """What has this key."""
        return next((item for item in self.everything if item.key == key), None)

    def action(self, key: str) -> FoundAction | None:
        """The action with this key."""
        return next((item for item in self.actions if item.key == key), None)

    def as_checked(self) -> PlanRead:
        """The plan as it will be imported: corrected, without what was left out, with what was added."""
        return replace(
            self.found,
            actions=tuple(
                replace(item.now, problems=asking(item.doubts)) for item in self.actions if item.is_in
            ),
            assessments=tuple(item.now for item in self.assessments if item.is_in),
        )

    def _action(self, key: str, read: PlanAction, *, is_added: bool = False) -> FoundAction:
        decision = self.checks.decisions.get(key)
        now = decision.action if decision and decision.action else self._settled(read)
        return FoundAction(
            key=key,
            passage=read.passage,
            sureness=sureness_of(read),
            decision=decision,
            now=now,
            read=read,
            is_added=is_added,
        )

    def _settled(self, action: PlanAction) -> PlanAction:
        """With the date that somebody said holds, where the document gives several."""
        for key, conflict in keyed("c", self.found.conflicts):
            decision = self.checks.decisions.get(key)
            if decision and decision.value and any(_is_beside(each, action) for each in conflict.claims):
                return replace(action, target=parse_target(decision.value, period=self.found.period))
        return action

    def _assessment(self, key: str, read: PlannedAssessment) -> FoundAssessment:
        decision = self.checks.decisions.get(key)
        return FoundAssessment(
            key=key,
            passage=read.passage,
            sureness=of_assessment(read),
            decision=decision,
            now=decision.assessment if decision and decision.assessment else read,
        )


def keyed(letter: str, things: Iterable[T]) -> Iterator[tuple[str, T]]:
    """Each thing with its key, counted from 1 in the order of the document: a1, a2 ..."""
    return ((f"{letter}{place}", thing) for place, thing in enumerate(things, start=1))


def read_again(check: PlanCheck, found: PlanRead) -> PlanCheck:
    """The same document read in another way; what was said of things that still read alike is kept."""
    before = {_mark(each): key for key, each in _every(check.found)}
    decisions = {
        key: check.checks.decisions[before[_mark(each)]]
        for key, each in _every(found)
        if before.get(_mark(each)) in check.checks.decisions
    }
    added = {each.key for each in check.checks.added}
    kept = {key: each for key, each in check.checks.decisions.items() if key in added}
    return PlanCheck(found=found, checks=replace(check.checks, decisions=decisions | kept))


def _every(found: PlanRead) -> Iterator[tuple[str, object]]:
    yield from keyed("a", found.actions)
    yield from keyed("p", found.assessments)
    yield from keyed("c", found.conflicts)
    yield from keyed("l", found.left_over)


def _mark(thing: object) -> str:
    return repr(thing)


def _is_beside(claim: Claim, action: PlanAction) -> bool:
    """A claim may speak for several actions of one row, whose labels it then names together."""
    return claim.passage == action.passage and action.label in (claim.label, *claim.label.split(", "))
