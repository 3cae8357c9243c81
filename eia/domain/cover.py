"""Who reads the mail of somebody who is away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

BACK = "back-"


@dataclass(frozen=True, kw_only=True)
class Away:
    """Somebody whose mail another reads: their name, and their last day away if that is known."""

    name: str
    until: date | None


def goes_to(person_id: UUID, deputies: Mapping[UUID, UUID]) -> UUID:
    """Whoever reads the person's mail, deputies of deputies included; they themselves where all are away."""
    reader, passed = person_id, {person_id}
    while reader in deputies:
        reader = deputies[reader]
        if reader in passed:
            return person_id
        passed.add(reader)
    return reader


def caught_up(rule: str, last_day: date) -> str:
    """The rule under which somebody who is back gets what went to a deputy until `last_day`."""
    return f"{BACK}{last_day:%Y%m%d}:{rule}"


def said_first(rule: str) -> str:
    """The rule that a reminder had before it was caught up on; its own where it never was."""
    return rule.partition(":")[2] if rule.startswith(BACK) else rule
