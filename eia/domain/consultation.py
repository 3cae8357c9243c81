"""Consultation: who was asked, how and when, what they said, and what changed because of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Consultation:
    """One consultation activity. `heard` are the characteristics of people who answered."""

    id: UUID
    method: str
    invited: str
    characteristics: tuple[str, ...]
    heard: tuple[str, ...]
    opens_on: date | None
    closes_on: date | None
    summary: str
    changed: str
    not_heard_because: str

    def is_open(self, today: date) -> bool:
        """Whether people can still answer on `today`."""
        return (self.opens_on is None or self.opens_on <= today) and (
            self.closes_on is None or today <= self.closes_on
        )


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A person or body asked to take part in one activity; `reached_by_mail` once somebody confirmed who."""

    id: UUID
    name: str
    invited_on: date
    answered_on: date | None
    reached_by_mail: bool
