"""A workflow as its numbered file in `workflows/` defines it: stages, moves, guards and their numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from eia.domain.people import Role
from eia.domain.policy import Permission
from eia.domain.reminder_policy import ReminderPolicy
from eia.domain.unmet import Unmet

HELD_FROM = "@held_from"
"""The destination of a resume: wherever the assessment was when it was put on hold."""

Finding = Unmet | tuple[Unmet, ...] | None
GuardCall = Callable[..., Finding]
"""Of the facts that the workflow is about (an assessment's or a plan's) and the request."""


class About(StrEnum):
    """What a workflow moves."""

    ASSESSMENT = "assessment"
    PLAN = "plan"


class StageKind(StrEnum):
    """Whether anything is still to be done at a stage."""

    LIVE = "live"
    HELD = "held"
    END = "end"


class MoveKind(StrEnum):
    """What sort of step a move is: how a page draws it and how a report counts it."""

    FORWARD = "forward"
    RETURN = "return"
    HOLD = "hold"
    RESUME = "resume"
    END = "end"
    SIGN = "sign"
    REFUSE = "refuse"
    AUTOMATIC = "automatic"
    REOPEN = "reopen"


class Effect(StrEnum):
    """What the use case records beside the new stage, in the same transaction."""

    HOLD = "hold"  # held_from is the stage it leaves
    RESUME = "resume"  # held_from is empty again
    RECOMMENDATION = "recommendation"  # the actor is a reviewer; recommended_hash is the content's
    SIGNATURE = "signature"  # a signature with outcome "signed", bound to the content's hash
    REFUSAL = "refusal"  # a signature with outcome "refused"
    LAPSE_SIGNATURES = "lapse_signatures"  # earlier signatures of this version no longer count
    APPROVAL = "approval"  # approved_on is today
    NEW_VERSION = "new_version"  # version n+1, linked, at the definition's `new_version_starts_at`


class DayCount(StrEnum):
    """How days are counted."""

    CALENDAR = "calendar"
    WORKING = "working"


class SigningMode(StrEnum):
    """How many of the signatories must sign."""

    ALL = "all"
    ANY = "any"
    QUORUM = "quorum"


# A generated __eq__ would be inherited by the workflow, and find two of one title to be the same.
@dataclass(frozen=True, kw_only=True, eq=False)
class Titled:
    """Something a person reads by its title, in English and, where somebody wrote it, in Welsh."""

    title: str
    title_cy: str = ""

    def words(self, language: str) -> str:
        """The title in this language, or in English where there is no other."""
        return self.title_cy if language == "cy" and self.title_cy else self.title


@dataclass(frozen=True, kw_only=True)
class Option(Titled):
    """A code with its words: a reason, a rating, an outcome."""

    code: str


@dataclass(frozen=True, kw_only=True)
class StageDefinition(Titled):
    """One stage: who has the assessment there, what is worked on, and when it should be over.

    `sections` names forms ("screening") and the areas "evidence", "consultation", "actions", "sign_off".
    `days_before_decision` is counted back from the decision date as `counted` says; None: no target.
    """

    name: str
    kind: StageKind = StageKind.LIVE
    owner: Role | None = None
    sections: tuple[str, ...] = ()
    days_before_decision: int | None = None
    counted: DayCount = DayCount.WORKING

    @property
    def is_end(self) -> bool:
        """Whether the assessment's life is over here."""
        return self.kind is StageKind.END


@dataclass(frozen=True, kw_only=True)
class GuardUse:
    """A guard as a move asks for it, its parameters bound once when the file was read."""

    name: str
    parameters: Mapping[str, object]
    call: GuardCall
    personal: bool = False
    implied: bool = False  # the file forgot it and holds nevertheless


@dataclass(frozen=True, kw_only=True)
class Signing:
    """Whose signatures a `sign` move collects, in this order where `in_order`."""

    roles: tuple[Role, ...]
    mode: SigningMode = SigningMode.ALL
    quorum: int = 0
    in_order: bool = False

    @property
    def needed(self) -> int:
        """How many roles must have signed."""
        counts = {SigningMode.ALL: len(self.roles), SigningMode.ANY: 1, SigningMode.QUORUM: self.quorum}
        return counts[self.mode]


@dataclass(frozen=True, kw_only=True)
class MoveDefinition(Titled):
    """How an assessment leaves a stage; `title` is the officer's verb on the button.

    `personal` guards say who may not (told as a refusal), `guards` what is not ready yet (told as unmet).
    An automatic move has no `who`: it follows the move named in `after` as soon as its guards are met.
    """

    name: str
    sources: tuple[str, ...]
    to: str
    kind: MoveKind
    permission: Permission | None
    who: tuple[Role, ...]
    guards: tuple[GuardUse, ...] = ()
    personal: tuple[GuardUse, ...] = ()
    reasons: str | None = None  # the list a reason code must come from; at least one is required
    needs_comment: bool = False
    attestation: str = ""
    attestation_cy: str = ""
    effects: tuple[Effect, ...] = ()
    signing: Signing | None = None
    after: str | None = None

    @property
    def signs(self) -> bool:
        """Whether the move gives or refuses a signature."""
        return self.kind in (MoveKind.SIGN, MoveKind.REFUSE) or Effect.SIGNATURE in self.effects

    @property
    def reviews(self) -> bool:
        """Whether the move makes its maker a reviewer of the version."""
        return Effect.RECOMMENDATION in self.effects

    @property
    def needs_attestation(self) -> bool:
        """Whether whoever makes the move must attest to something."""
        return bool(self.attestation)

    def attestation_words(self, language: str) -> str:
        """What is attested, in this language, or in English where there is no other."""
        return self.attestation_cy if language == "cy" and self.attestation_cy else self.attestation


@dataclass(frozen=True, kw_only=True, eq=False)
class WorkflowDefinition(Titled):
    """A whole workflow; read once, compared by identity, so that what is built from it is built once too."""

    name: str  # "england-1"
    number: int
    nation: str
    file: str
    characteristics: str  # "characteristics-gb-1"
    starts_at: str
    new_version_starts_at: str
    question_sets: Mapping[str, str]  # form to pinned file: "screening" to "screening-1"
    reviewer_sections: tuple[str, ...]  # whoever fills these forms in is a reviewer, not an author
    review_after_months: int
    stages: tuple[StageDefinition, ...]
    moves: tuple[MoveDefinition, ...]
    reasons: Mapping[str, tuple[Option, ...]] = field(default_factory=lambda: MappingProxyType({}))
    ratings: tuple[Option, ...] = ()
    screening_outcomes: tuple[Option, ...] = ()
    decision_outcomes: tuple[Option, ...] = ()
    about: About = About.ASSESSMENT
    reminders: ReminderPolicy = field(default_factory=ReminderPolicy)

    @cached_property
    def by_stage(self) -> Mapping[str, StageDefinition]:
        """Stages by name."""
        return {stage.name: stage for stage in self.stages}

    @cached_property
    def _leaving(self) -> Mapping[str, tuple[MoveDefinition, ...]]:
        return {
            stage.name: tuple(move for move in self.moves if stage.name in move.sources)
            for stage in self.stages
        }

    @cached_property
    def live_stages(self) -> tuple[str, ...]:
        """The names of the stages where work goes on; not on hold, not an end."""
        return tuple(stage.name for stage in self.stages if stage.kind is StageKind.LIVE)

    def stage(self, name: str) -> StageDefinition:
        """The stage of this name. Raises KeyError."""
        return self.by_stage[name]

    def moves_from(self, stage: str) -> tuple[MoveDefinition, ...]:
        """The moves that leave this stage, in the file's order; none for an unknown stage."""
        return self._leaving.get(stage, ())

    def move(self, stage: str, name: str) -> MoveDefinition | None:
        """The move of this name out of this stage."""
        return next((move for move in self.moves_from(stage) if move.name == name), None)

    def has_followers(self, name: str) -> bool:
        """Whether an automatic move may come after the move of this name."""
        return name in self._followed

    @cached_property
    def _followed(self) -> frozenset[str]:
        return frozenset(move.after for move in self.moves if move.after is not None)

    def destinations(self, move: MoveDefinition) -> tuple[str, ...]:
        """Where the move can lead: one stage, or any live one for a resume."""
        return self.live_stages if move.to == HELD_FROM else (move.to,)

    def is_end(self, stage: str) -> bool:
        """Whether an assessment at this stage is over."""
        return self.by_stage[stage].is_end
