"""What a person says of each thing that was found in a plan: right, to be corrected, or left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from eia.domain.action import LeadRole
from eia.domain.errors import Invalid, NotFound, Stale
from eia.domain.people import Actor
from eia.domain.plan import PlanAction, PlanLead
from eia.domain.plan_check import (
    Found,
    FoundAction,
    FoundAssessment,
    FoundConflict,
    FoundWords,
    PlanCheck,
)
from eia.domain.plan_decision import Added, Checks, Decision, Verdict
from eia.domain.plan_doubt import Sureness
from eia.domain.target_date import TargetDate, parse_target
from eia.store.plan_readings import Reading
from eia.usecases.plan_readings import open_reading, settle_reading
from eia.usecases.services import Services

NOT_ABOVE = "There is no action above it to join it to"
ONE_PART = "It has one paragraph only: there is nothing to part"
F = TypeVar("F", bound=Found)
Change = Callable[[Reading, Found], Checks]


@dataclass(frozen=True, kw_only=True)
class ActionWords:
    """An action as somebody corrects it; `target` is the date in words, recommendations are by place."""

    label: str
    heading: str
    text: str
    target: str
    outcome: str
    leads: tuple[PlanLead, ...]
    recommendations: tuple[int, ...] = ()


def confirm(services: Services, actor: Actor, reading_id: UUID, key: str, *, seen: str) -> None:
    """It is right as it was read."""
    _decide(services, actor, reading_id, key, seen, Verdict.CONFIRMED)


def leave_out(
    services: Services, actor: Actor, reading_id: UUID, key: str, because: str, *, seen: str
) -> None:
    """It will not be imported, and why; left-over words need no reason."""
    if not because.strip() and not key.startswith("l"):
        raise Invalid({"because": "Enter why it is left out"})
    _decide(services, actor, reading_id, key, seen, Verdict.LEFT_OUT, because=because.strip())


def take_back(services: Services, actor: Actor, reading_id: UUID, key: str) -> None:
    """What was said of it is unsaid, and it waits to be checked again."""
    _change(services, actor, reading_id, key, None, lambda reading, _: _without(reading.checks, key))


def decide_conflict(
    services: Services, actor: Actor, reading_id: UUID, key: str, value: str, *, seen: str
) -> None:
    """Which of the dates holds for all of them, or, for "", that each keeps its own."""

    def change(reading: Reading, item: Found) -> Checks:
        conflict = _as(item, FoundConflict).conflict
        if value and value not in conflict.values:
            raise Invalid({"value": "Choose one of the dates"})
        decision = _decision(services, actor, Verdict.CORRECTED if value else Verdict.CONFIRMED)
        return reading.checks.with_decision(key, replace(decision, value=value))

    _change(services, actor, reading_id, key, seen, change)


def correct(
    services: Services, actor: Actor, reading_id: UUID, key: str, words: ActionWords, *, seen: str
) -> None:
    """How the action should read. Raises `Invalid` when it says nothing."""
    if not words.text.strip():
        raise Invalid({"text": "Enter what will be done"})

    def change(reading: Reading, item: Found) -> Checks:
        now = _corrected(reading, _as(item, FoundAction).now, words)
        return _corrected_to(services, actor, reading, key, now)

    _change(services, actor, reading_id, key, seen, change)


def correct_assessment(
    services: Services,
    actor: Actor,
    reading_id: UUID,
    key: str,
    *,
    subject: str,
    target: str,
    lead: str,
    support: str,
    seen: str,
) -> None:
    """How the promised assessment should read."""
    if not subject.strip():
        raise Invalid({"text": "Enter what is to be assessed"})

    def change(reading: Reading, item: Found) -> Checks:
        before = _as(item, FoundAssessment).now
        now = replace(
            before,
            subject=" ".join(subject.split()),
            target=_target(reading, before.target, target),
            lead_name=" ".join(lead.split()) or None,
            support=tuple(name.strip() for name in support.split(",") if name.strip()),
            problems=(),
        )
        decision = replace(_decision(services, actor, Verdict.CORRECTED), assessment=now)
        return reading.checks.with_decision(key, decision)

    _change(services, actor, reading_id, key, seen, change)


def make_action(services: Services, actor: Actor, reading_id: UUID, key: str, *, seen: str) -> str:
    """Left-over words become an action that still says nothing of who and when; its key."""
    made: list[str] = []

    def change(reading: Reading, item: Found) -> Checks:
        words = _as(item, FoundWords)
        action = _bare_action(reading, words)
        made.append(_next_key(reading.checks))
        added = Added(key=made[0], after=key, action=action)
        checks = replace(reading.checks, added=(*reading.checks.added, added))
        return checks.with_decision(key, _decision(services, actor, Verdict.CORRECTED))

    _change(services, actor, reading_id, key, seen, change)
    return made[0]


def part(services: Services, actor: Actor, reading_id: UUID, key: str, *, seen: str) -> None:
    """Each paragraph becomes an action of its own, with the same leads and date."""

    def change(reading: Reading, item: Found) -> Checks:
        now = _as(item, FoundAction).now
        first, *others = [line.removeprefix("- ").strip() for line in now.text.split("\n") if line.strip()]
        if not others:
            raise Invalid({"text": ONE_PART})
        checks = _corrected_to(services, actor, reading, key, replace(now, text=first))
        for text in others:
            made = Added(key=_next_key(checks), after=key, action=replace(now, text=text, label=""))
            checks = replace(checks, added=(*checks.added, made))
            checks = checks.with_decision(made.key, _decision(services, actor, Verdict.CONFIRMED))
        return checks

    _change(services, actor, reading_id, key, seen, change)


def join_above(services: Services, actor: Actor, reading_id: UUID, key: str, *, seen: str) -> None:
    """Its words go on in the action above, where a page break or a blank row had parted them."""

    def change(reading: Reading, item: Found) -> Checks:
        above = _above(reading.check, key)
        words = f"{above.now.text} {_as(item, FoundAction).now.text}"
        checks = _corrected_to(services, actor, reading, above.key, replace(above.now, text=words))
        joined = _decision(services, actor, Verdict.LEFT_OUT, because="Joined to the action above.")
        return checks.with_decision(key, joined)

    _change(services, actor, reading_id, key, seen, change)


def take_as_read(services: Services, actor: Actor, reading_id: UUID, *, only_likely: bool = False) -> int:
    """Everything that nobody looked at, or only what is likely, is taken as it was read; how much that is."""
    with services.database.write() as work:
        reading = open_reading(work, actor, reading_id)
        checks = rest_as_read(services, actor, reading, only_likely=only_likely)
        settle_reading(services, work, actor, replace(reading, checks=checks))
    return len(checks.decisions) - len(reading.checks.decisions)


def rest_as_read(services: Services, actor: Actor, reading: Reading, *, only_likely: bool = False) -> Checks:
    """What is said of the reading once everything that waits, or only what is likely, is taken as read."""
    checks = reading.checks
    for item in reading.check.to_check:
        if not only_likely or item.sureness is Sureness.LIKELY:
            checks = checks.with_decision(item.key, _decision(services, actor, Verdict.AS_READ))
    return checks


def _decide(
    services: Services,
    actor: Actor,
    reading_id: UUID,
    key: str,
    seen: str,
    verdict: Verdict,
    because: str = "",
) -> None:
    decision = _decision(services, actor, verdict, because=because)
    _change(
        services, actor, reading_id, key, seen, lambda reading, _: reading.checks.with_decision(key, decision)
    )


def _change(
    services: Services, actor: Actor, reading_id: UUID, key: str, seen: str | None, change: Change
) -> None:
    with services.database.write() as work:
        reading = open_reading(work, actor, reading_id)
        item = reading.check.one(key)
        if item is None:
            raise NotFound
        if seen is not None and seen != item.mark:
            raise Stale([], current_version=reading.row_version)
        settle_reading(services, work, actor, replace(reading, checks=change(reading, item)))


def _decision(services: Services, actor: Actor, verdict: Verdict, *, because: str = "") -> Decision:
    return Decision(verdict=verdict, by=actor.id, at=services.now(), because=because)


def _corrected_to(services: Services, actor: Actor, reading: Reading, key: str, now: PlanAction) -> Checks:
    decision = replace(_decision(services, actor, Verdict.CORRECTED), action=replace(now, problems=()))
    return reading.checks.with_decision(key, decision)


def _corrected(reading: Reading, before: PlanAction, words: ActionWords) -> PlanAction:
    known = reading.found.recommendations
    return replace(
        before,
        label=words.label.strip(),
        heading=" ".join(words.heading.split()),
        text=words.text.strip(),
        outcome=words.outcome.strip(),
        target=_target(reading, before.target, words.target),
        leads=tuple(lead for lead in words.leads if lead.name.strip()),
        recommendations=tuple(known[place] for place in words.recommendations if place < len(known)),
        is_draft=False,
    )


def _target(reading: Reading, before: TargetDate, words: str) -> TargetDate:
    """Unchanged words keep their reading, which may name milestones out of the action's own list."""
    return before if words.strip() == before.raw else parse_target(words, period=reading.found.period)


def _bare_action(reading: Reading, words: FoundWords) -> PlanAction:
    above = [item for item in reading.check.actions if item.passage.first_line <= words.passage.first_line]
    return PlanAction(
        label="",
        heading=above[-1].now.heading if above else "",
        text=words.left_over.text,
        target=parse_target("", period=reading.found.period),
        problems=("It was made out of words that were left over: say who and when.",),
        passage=words.passage,
    )


def _above(check: PlanCheck, key: str) -> FoundAction:
    shown = [item for item in check.actions if item.is_in or item.key == key]
    place = [item.key for item in shown].index(key)
    if place == 0:
        raise Invalid({"text": NOT_ABOVE})
    return shown[place - 1]


def _next_key(checks: Checks) -> str:
    return f"n{1 + max((int(each.key[1:]) for each in checks.added), default=0)}"


def _without(checks: Checks, key: str) -> Checks:
    """Taking left-over words back also takes the action back that was made of them."""
    added = tuple(each for each in checks.added if each.after != key)
    gone = {each.key for each in checks.added} - {each.key for each in added}
    decisions = {name: each for name, each in checks.decisions.items() if name != key and name not in gone}
    return replace(checks, decisions=decisions, added=added)


def _as(item: Found, kind: type[F]) -> F:
    if not isinstance(item, kind):
        raise NotFound
    return item


def lead_of(name: str, role: str, post: str) -> PlanLead:
    """A lead as somebody typed it; a role that is none is that of the lead."""
    known = LeadRole(role) if role in set(LeadRole) else LeadRole.LEAD
    return PlanLead(name=" ".join(name.split()), role=known, post=" ".join(post.split()))
