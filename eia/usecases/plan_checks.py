"""What a person says of each thing that was found in a plan: right, to be corrected, or left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from eia.domain.action import LeadRole
from eia.domain.errors import Invalid
from eia.domain.people import Actor
from eia.domain.plan import PlanAction, PlanLead
from eia.domain.plan_check import Found, FoundAction, FoundAssessment, FoundConflict
from eia.domain.plan_decision import Checks, Verdict
from eia.domain.plan_doubt import Sureness
from eia.domain.target_date import TargetDate, parse_target
from eia.store.plan_readings import Reading
from eia.usecases.plan_readings import open_reading, settle_reading
from eia.usecases.plan_saying import as_found, change_one, corrected_to, decided
from eia.usecases.services import Services


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
    change_one(services, actor, reading_id, key, None, lambda reading, _: _without(reading.checks, key))


def decide_conflict(
    services: Services, actor: Actor, reading_id: UUID, key: str, value: str, *, seen: str
) -> None:
    """Which of the dates holds for all of them, or, for "", that each keeps its own."""

    def change(reading: Reading, item: Found) -> Checks:
        conflict = as_found(item, FoundConflict).conflict
        if value and value not in conflict.values:
            raise Invalid({"value": "Choose one of the dates"})
        decision = decided(services, actor, Verdict.CORRECTED if value else Verdict.CONFIRMED)
        return reading.checks.with_decision(key, replace(decision, value=value))

    change_one(services, actor, reading_id, key, seen, change)


def correct(
    services: Services, actor: Actor, reading_id: UUID, key: str, words: ActionWords, *, seen: str
) -> None:
    """How the action should read. Raises `Invalid` when it says nothing."""
    if not words.text.strip():
        raise Invalid({"text": "Enter what will be done"})

    def change(reading: Reading, item: Found) -> Checks:
        now = _corrected(reading, as_found(item, FoundAction).now, words)
        return corrected_to(services, actor, reading, key, now)

    change_one(services, actor, reading_id, key, seen, change)


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
        before = as_found(item, FoundAssessment).now
        now = replace(
            before,
            subject=" ".join(subject.split()),
            target=_target(reading, before.target, target),
            lead_name=" ".join(lead.split()) or None,
            support=tuple(name.strip() for name in support.split(",") if name.strip()),
            problems=(),
        )
        decision = replace(decided(services, actor, Verdict.CORRECTED), assessment=now)
        return reading.checks.with_decision(key, decision)

    change_one(services, actor, reading_id, key, seen, change)


def lead_of(name: str, role: str, post: str) -> PlanLead:
    """A lead as somebody typed it; a role that is none is that of the lead."""
    known = LeadRole(role) if role in set(LeadRole) else LeadRole.LEAD
    return PlanLead(name=" ".join(name.split()), role=known, post=" ".join(post.split()))


def take_as_read(services: Services, actor: Actor, reading_id: UUID, *, only_likely: bool = False) -> int:
    """Everything that nobody looked at, or only what is likely, is taken as it was read; how much that is."""
    with services.database.write() as work:
        reading = open_reading(work, actor, reading_id)
        checks = rest_as_read(services, actor, reading, only_likely=only_likely)
        settle_reading(services, work, actor, replace(reading, checks=checks))
    return len(checks.decisions) - len(reading.checks.decisions)


def rest_as_read(services: Services, actor: Actor, reading: Reading, *, only_likely: bool = False) -> Checks:
    """What is said of the reading once everything that waits, or only what is likely, is taken as read."""
    as_read = decided(services, actor, Verdict.AS_READ)
    waiting = (item for item in reading.check.to_check if not only_likely or item.sureness is Sureness.LIKELY)
    taken = {item.key: as_read for item in waiting}
    return replace(reading.checks, decisions={**reading.checks.decisions, **taken})


def _decide(
    services: Services,
    actor: Actor,
    reading_id: UUID,
    key: str,
    seen: str,
    verdict: Verdict,
    because: str = "",
) -> None:
    decision = decided(services, actor, verdict, because=because)
    change_one(
        services, actor, reading_id, key, seen, lambda reading, _: reading.checks.with_decision(key, decision)
    )


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


def _without(checks: Checks, key: str) -> Checks:
    """Taking left-over words back also takes the action back that was made of them."""
    added = tuple(each for each in checks.added if each.after != key)
    gone = {each.key for each in checks.added} - {each.key for each in added}
    decisions = {name: each for name, each in checks.decisions.items() if name != key and name not in gone}
    return replace(checks, decisions=decisions, added=added)
