"""One thing that somebody says of a reading: nobody decides of what they did not see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from eia.domain.errors import NotFound, Stale
from eia.domain.people import Actor
from eia.domain.plan import PlanAction
from eia.domain.plan_check import Found
from eia.domain.plan_decision import Checks, Decision, Verdict
from eia.store.plan_readings import Reading
from eia.usecases.plan_readings import open_reading, settle_reading
from eia.usecases.services import Services

F = TypeVar("F", bound=Found)
Change = Callable[[Reading, Found], Checks]


def change_one(
    services: Services, actor: Actor, reading_id: UUID, key: str, seen: str | None, change: Change
) -> None:
    """What is said of one thing, unless it is not what they saw. Raises `Stale`, `NotFound`."""
    with services.database.write() as work:
        reading = open_reading(work, actor, reading_id)
        item = reading.check.one(key)
        if item is None:
            raise NotFound
        if seen is not None and seen != item.mark:
            raise Stale([], current_version=reading.row_version)
        settle_reading(services, work, actor, replace(reading, checks=change(reading, item)))


def decided(services: Services, actor: Actor, verdict: Verdict, *, because: str = "") -> Decision:
    """The actor's decision, now."""
    return Decision(verdict=verdict, by=actor.id, at=services.now(), because=because)


def corrected_to(services: Services, actor: Actor, reading: Reading, key: str, now: PlanAction) -> Checks:
    """With the action reading so from now on, and no doubt left about it."""
    decision = replace(decided(services, actor, Verdict.CORRECTED), action=replace(now, problems=()))
    return reading.checks.with_decision(key, decision)


def as_found(item: Found, kind: type[F]) -> F:
    """The same, of this kind. Raises `NotFound` for another: there is no such thing to say of it."""
    if not isinstance(item, kind):
        raise NotFound
    return item
