"""Words that were read as the wrong actions: made into one, parted into several, joined to the one above."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from eia.domain.errors import Invalid
from eia.domain.people import Actor
from eia.domain.plan import PlanAction
from eia.domain.plan_check import Found, FoundAction, FoundWords, PlanCheck
from eia.domain.plan_decision import Added, Checks, Verdict
from eia.domain.target_date import parse_target
from eia.store.plan_readings import Reading
from eia.usecases.plan_saying import as_found, change_one, corrected_to, decided
from eia.usecases.services import Services

NOT_ABOVE = "There is no action above it to join it to"
ONE_PART = "It has one paragraph only: there is nothing to part"


def make_action(services: Services, actor: Actor, reading_id: UUID, key: str, *, seen: str) -> str:
    """Left-over words become an action that still says nothing of who and when; its key."""
    made: list[str] = []

    def change(reading: Reading, item: Found) -> Checks:
        made.append(_next_key(reading.checks))
        action = _bare_action(reading, as_found(item, FoundWords))
        added = Added(key=made[0], after=key, action=action)
        checks = replace(reading.checks, added=(*reading.checks.added, added))
        return checks.with_decision(key, decided(services, actor, Verdict.CORRECTED))

    change_one(services, actor, reading_id, key, seen, change)
    return made[0]


def part(services: Services, actor: Actor, reading_id: UUID, key: str, *, seen: str) -> None:
    """Each paragraph becomes an action of its own, with the same leads and date."""

    def change(reading: Reading, item: Found) -> Checks:
        now = as_found(item, FoundAction).now
        first, *others = [line.removeprefix("- ").strip() for line in now.text.split("\n") if line.strip()]
        if not others:
            raise Invalid({"text": ONE_PART})
        checks = corrected_to(services, actor, reading, key, replace(now, text=first))
        for text in others:
            made = Added(key=_next_key(checks), after=key, action=replace(now, text=text, label=""))
            checks = replace(checks, added=(*checks.added, made))
            checks = checks.with_decision(made.key, decided(services, actor, Verdict.CONFIRMED))
        return checks

    change_one(services, actor, reading_id, key, seen, change)


def join_above(services: Services, actor: Actor, reading_id: UUID, key: str, *, seen: str) -> None:
    """Its words go on in the action above, where a page break or a blank row had parted them."""

    def change(reading: Reading, item: Found) -> Checks:
        below = as_found(item, FoundAction)
        above = _above(reading.check, key)
        words = f"{above.now.text} {below.now.text}"
        checks = corrected_to(services, actor, reading, above.key, replace(above.now, text=words))
        joined = decided(services, actor, Verdict.LEFT_OUT, because="Joined to the action above.")
        return checks.with_decision(key, joined)

    change_one(services, actor, reading_id, key, seen, change)


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
