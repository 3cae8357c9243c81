"""Actions: something a lead promised to do, by a target date in words somebody wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from eia.domain.facts import ActionState
from eia.domain.people import Role
from eia.domain.policy import Subject
from eia.domain.slips import NO_SLIPS, Slips
from eia.domain.target_date import TargetDate, TargetKind

WITHOUT_DEADLINE = frozenset({TargetKind.ONGOING, TargetKind.EVENT})


class PartyKind(StrEnum):
    """Who can be responsible for something."""

    PERSON = "person"
    POST = "post"
    GROUP = "group"
    OUTSIDE = "outside"
    UNCLEAR = "unclear"


class LeadRole(StrEnum):
    """How a party is responsible for an action."""

    LEAD = "lead"
    JOINT = "joint"
    SUPPORT = "support"
    ACCOUNTABLE = "accountable"


class ProgressKind(StrEnum):
    """What a progress note says happened."""

    ON_TRACK = "on_track"
    DELAYED = "delayed"
    MOVED = "moved"
    DONE = "done"
    VERIFIED = "verified"
    NOT_VERIFIED = "not_verified"
    DROPPED = "dropped"
    CARRIED_FORWARD = "carried_forward"


@dataclass(frozen=True, kw_only=True)
class Party:
    """A person, post, group or outside body, as written; mail reaches a confirmed `holder_id`."""

    id: UUID
    kind: PartyKind
    name: str
    holder_id: UUID | None
    confirmed: bool


@dataclass(frozen=True, kw_only=True)
class ActionLead:
    """One party's part in an action."""

    party: Party
    role: LeadRole
    post: str = ""  # as a plan writes it beside the name


@dataclass(frozen=True, kw_only=True)
class Progress:
    """One progress note, as it was written."""

    kind: ProgressKind
    note: str
    person_id: UUID
    person_name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Action:
    """One promised action with everything its page shows."""

    id: UUID
    body_id: UUID
    assessment_id: UUID | None
    assessment_reference: str
    assessment_title: str
    plan_id: UUID | None
    plan_title: str
    department_id: UUID | None
    assigned: tuple[tuple[UUID, Role], ...]  # of the assessment
    label: str
    heading: str
    text: str
    outcome: str
    characteristic: str | None
    target: TargetDate
    state: ActionState
    leads: tuple[ActionLead, ...]
    done_on: date | None
    done_by: UUID | None
    done_evidence: str
    verified_by: UUID | None
    verified_on: date | None
    closed_because: str
    problems: tuple[str, ...]
    created_by: UUID
    row_version: int
    slips: Slips = NO_SLIPS
    is_condition: bool = False  # an approval that stands is subject to it
    carried_from: str = ""  # the reference of the assessment where it was promised first
    carried_from_id: UUID | None = None  # the same promise, on an earlier assessment or plan
    objective_id: UUID | None = None  # of its plan
    passage: str = ""  # the words of the plan that it was read from

    def lead_people(self) -> frozenset[UUID]:
        """The people whom a confirmed match makes responsible, whatever their part."""
        return frozenset(
            lead.party.holder_id
            for lead in self.leads
            if lead.party.confirmed and lead.party.holder_id is not None
        )

    def subject(self) -> Subject:
        """What a permission is asked about."""
        return Subject(
            body_id=self.body_id,
            department_id=self.department_id,
            assessment_id=self.assessment_id,
            assigned=self.assigned,
            action_leads=self.lead_people(),
        )

    @property
    def deadline(self) -> date | None:
        """The day to count to. What goes on, or waits for something, has none: it is asked after instead."""
        return None if self.target.kind in WITHOUT_DEADLINE else self.target.latest

    def is_overdue(self, today: date) -> bool:
        """Whether the deadline has passed and nobody says it is done."""
        return self.state is ActionState.OPEN and self.deadline is not None and self.deadline < today
