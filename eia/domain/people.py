"""People, the roles they hold, and how far each role reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody is to a body, a department or one assessment."""

    AUTHOR = "author"
    LEAD = "lead"
    CONTRIBUTOR = "contributor"
    ACTION_LEAD = "action_lead"
    CHAMPION = "champion"
    HEAD_OF_SERVICE = "head_of_service"
    DIRECTOR = "director"
    EQUALITY_OFFICER = "equality_officer"
    COMMITTEE = "committee"
    CABINET_MEMBER = "cabinet_member"
    ADMINISTRATOR = "administrator"
    CLOCK = "clock"


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A role held in the whole body, or in one department, or on one assessment, until the end of `until`."""

    role: Role
    department_id: UUID | None = None
    assessment_id: UUID | None = None
    until: date | None = None

    def holds_on(self, today: date) -> bool:
        """Whether the grant is in force on `today`."""
        return self.until is None or today <= self.until


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Whoever asks: a signed-in person, with the grants in force when the request began."""

    id: UUID
    body_id: UUID
    name: str
    job_title: str
    email: str
    department_id: UUID | None
    grants: tuple[Grant, ...]
    language: str = "en"

    def roles(self) -> frozenset[Role]:
        """Every role held anywhere in the body."""
        return frozenset(grant.role for grant in self.grants)
