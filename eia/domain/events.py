"""Past-tense facts: what a change leaves in the audit chain, and the notices that go with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from eia.domain.people import Role

NOTHING: Mapping[str, str | int] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, named in the past tense ("evidence_added").

    `chain_id` is the assessment, or the plan or body for what belongs to none. `data` holds ids, codes and
    counts; never a name, an address or anything a person wrote. `at` is aware UTC.
    """

    name: str
    chain_id: UUID
    actor_id: UUID | None  # None: the clock
    at: datetime
    data: Mapping[str, str | int] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, kw_only=True)
class StageChange:
    """A move that was made."""

    move: str
    to_stage: str
    role: Role
    reasons: tuple[str, ...] = ()
    comment: str = ""
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Words owed to one person: your turn, returned to you, signature awaited. A row beside the change."""

    kind: str
    recipient_id: UUID
    assessment_id: UUID | None = None
    action_id: UUID | None = None
    person_id: UUID | None = None
    plan_id: UUID | None = None
