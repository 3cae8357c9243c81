"""What people say of what was found in a plan: right, corrected or left out, and what they made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from eia.domain.plan import PlanAction, PlannedAssessment


class Verdict(StrEnum):
    """What a person said of something that was found."""

    CONFIRMED = "confirmed"  # looked at, and right as it was read
    CORRECTED = "corrected"
    LEFT_OUT = "left_out"
    AS_READ = "as_read"  # taken with all the rest, not looked at by itself


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Who said what of one thing, and when; `action` or `assessment` is how it reads from then on."""

    verdict: Verdict
    by: UUID
    at: datetime
    because: str = ""
    action: PlanAction | None = None
    assessment: PlannedAssessment | None = None
    value: str = ""  # of a conflict: the date that holds; "": each action keeps its own


@dataclass(frozen=True, kw_only=True)
class Added:
    """An action that a person made, out of left-over words or by parting another."""

    key: str
    after: str  # the key of what it stands after
    action: PlanAction


@dataclass(frozen=True, kw_only=True)
class Checks:
    """Everything that people said of one reading."""

    decisions: Mapping[str, Decision] = field(default_factory=lambda: MappingProxyType({}))
    added: tuple[Added, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # written: who is meant

    def with_decision(self, key: str, decision: Decision | None) -> Checks:
        """The same with one more decision, or with one taken back."""
        decisions = {name: each for name, each in self.decisions.items() if name != key}
        return replace(self, decisions=decisions | ({key: decision} if decision else {}))
