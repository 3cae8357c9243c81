"""The frozen snapshot that rules read: what is known about one assessment at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Protocol
from uuid import UUID

from eia.domain.people import Role
from eia.domain.target_date import TargetDate


class AnswerKey(NamedTuple):
    """Where an answer stands: form, question ("impact.rating" is a grid's column) and characteristic.

    `characteristic` is "" for a question that is asked once.
    """

    form: str
    question: str
    characteristic: str = ""


AnswerValue = str | bool | tuple[str, ...]
"""Text, one of, dates (ISO) and target dates (as written) are str; yes/no is bool; many of is a tuple."""


class ActionState(StrEnum):
    """Where an action stands; overdue is computed, never stored."""

    OPEN = "open"
    DONE = "done"
    VERIFIED = "verified"
    DROPPED = "dropped"
    CARRIED_FORWARD = "carried_forward"


@dataclass(frozen=True, kw_only=True)
class EvidenceFacts:
    """A source that covers some characteristics, or a gap that somebody admitted."""

    id: UUID
    characteristics: tuple[str, ...]
    is_gap: bool = False
    action_id: UUID | None = None
    kind: str = ""
    published_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ConsultationFacts:
    """One consultation activity; `heard` lists the characteristics of people who answered."""

    id: UUID
    opens_on: date | None
    closes_on: date | None
    characteristics: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    summary: str = ""
    changed: str = ""
    not_heard_because: str = ""


@dataclass(frozen=True, kw_only=True)
class ActionFacts:
    """One action of the assessment, as far as rules care."""

    id: UUID
    state: ActionState
    leads: tuple[UUID, ...]
    has_lead: bool
    target: TargetDate
    characteristic: str | None = None
    has_evidence: bool = False


class _HasState(Protocol):
    @property
    def id(self) -> UUID: ...

    @property
    def state(self) -> ActionState: ...


def given_up(actions: Iterable[_HasState]) -> frozenset[UUID]:
    """Those that were dropped: they close no gap any more."""
    return frozenset(item.id for item in actions if item.state is ActionState.DROPPED)


class SignatureOutcome(StrEnum):
    """What a signatory did."""

    SIGNED = "signed"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class SignatureFacts:
    """A signature on this version; it counts only while `lapsed` is false and the hash is the content's."""

    person_id: UUID
    role: Role
    outcome: SignatureOutcome
    content_hash: str
    lapsed: bool = False


@dataclass(frozen=True, kw_only=True)
class WorkflowFacts:
    """What a workflow must know of whatever it moves: an assessment, or a plan on its way to approval."""

    id: UUID
    body_id: UUID
    department_id: UUID | None
    title: str
    workflow: str  # "england-1": the definition it is pinned to
    row_version: int  # goes up by one with every change
    stage: str
    stage_since: datetime
    held_from: str | None = None
    assigned: tuple[tuple[UUID, Role], ...] = ()  # lead, contributor, champion
    actions: tuple[ActionFacts, ...] = ()
    signatures: tuple[SignatureFacts, ...] = ()
    content_hash: str = ""  # of the version as it stands now


@dataclass(frozen=True, kw_only=True)
class PlanFacts(WorkflowFacts):
    """One plan as the guards of its approval see it.

    `imported_by` is whoever brought in any version of it, or said how it reads or what it promises;
    `sent_on_by` whoever took a step since its approval last began, `sent_on_hash` the content of its first.
    """

    imported_by: frozenset[UUID] = frozenset()
    sent_on_by: frozenset[UUID] = frozenset()
    sent_on_hash: str = ""

    @property
    def changed_since_sent_on(self) -> bool:
        """Whether it promises something else than what scrutiny was given."""
        return bool(self.sent_on_hash) and self.sent_on_hash != self.content_hash


@dataclass(frozen=True, kw_only=True)
class AssessmentFacts(WorkflowFacts):
    """One assessment as rules see it. Dates are London days; times are aware UTC."""

    reference: str
    version: int  # the assessment's own version n
    returned_sections: tuple[str, ...] = ()  # until it is handed in again, only these are written
    lead_accepted: bool = False
    target: TargetDate | None = None  # when the assessment itself is promised
    decision_body: str = ""
    decision_on: date | None = None
    approved_on: date | None = None  # the day the last signature landed
    review_on: date | None = None
    characteristics: tuple[str, ...] = ()
    answers: Mapping[AnswerKey, AnswerValue] = field(default_factory=lambda: MappingProxyType({}))
    evidence: tuple[EvidenceFacts, ...] = ()
    consultations: tuple[ConsultationFacts, ...] = ()
    authors: frozenset[UUID] = frozenset()  # whoever wrote or imported any part of this version
    submitters: frozenset[UUID] = frozenset()  # whoever handed this version in to be checked
    reviewers: frozenset[UUID] = frozenset()  # whoever returned or recommended this version, or the like
    recommenders: frozenset[UUID] = frozenset()  # those of them who recommended it
    contributor_sections: tuple[tuple[UUID, str], ...] = ()  # a contributor without any may write them all
    open_threads: tuple[str, ...] = ()  # the section of each comment thread that nobody has resolved
    files: tuple[str, ...] = ()  # the section of each attached file
    recommended_hash: str | None = None  # of the version as the champion recommended it

    def answer(self, form: str, question: str, characteristic: str = "") -> AnswerValue | None:
        """The answer, or None when there is none; blank text counts as none."""
        value = self.answers.get(AnswerKey(form, question, characteristic))
        if isinstance(value, str) and not value.strip():
            return None
        return None if value == () else value

    def grid(self, form: str, question: str) -> Iterator[tuple[str, AnswerValue | None]]:
        """Each characteristic in force with its answer to a per-characteristic question."""
        for characteristic in self.characteristics:
            yield characteristic, self.answer(form, question, characteristic)

    def added_rows(self, form: str, grid: str) -> tuple[str, ...]:
        """The rows that people added to a grid, in order: those in which anything is answered."""
        within = f"{grid}."
        found = {
            key.characteristic for key in self.answers if key.form == form and key.question.startswith(within)
        }
        return tuple(sorted(found))

    def people_with(self, role: Role) -> tuple[UUID, ...]:
        """Everyone assigned to the assessment in this role."""
        return tuple(person_id for person_id, held in self.assigned if held is role)

    @property
    def answerable(self) -> frozenset[UUID]:
        """Whoever wrote, leads or handed in this version: whose work it is, whoever did the writing."""
        return self.authors | self.submitters | frozenset(self.people_with(Role.LEAD))

    @property
    def lead_id(self) -> UUID | None:
        """The assessment's lead, if it has one."""
        return next(iter(self.people_with(Role.LEAD)), None)


@dataclass(frozen=True, kw_only=True)
class MoveRequest:
    """What a person gives with a move; guards read it beside the facts."""

    actor_id: UUID
    today: date
    role: Role | None = None  # None: whichever of the actor's roles allows the move
    reasons: tuple[str, ...] = ()  # reason codes that the workflow lists
    comment: str = ""
    attested: bool = False
    sections: tuple[str, ...] = ()  # that a return is about; none: all of the stage's
    subject_to: tuple[UUID, ...] = ()  # the actions on which an approval depends
