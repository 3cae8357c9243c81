"""Which moves are open to this person now, which are blocked and by what, and what a move decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.events import StageChange
from eia.domain.facts import MoveRequest, SignatureFacts, SignatureOutcome, WorkflowFacts
from eia.domain.people import Actor, Role
from eia.domain.policy import Subject, roles_that_may
from eia.domain.unmet import Unmet
from eia.domain.workflow.definition import Effect, MoveDefinition, MoveKind, WorkflowDefinition
from eia.domain.workflow.machine import fire, unmet_by
from eia.domain.workflow.returns import returnable
from eia.domain.workflow.signatures import awaited, complete

THE_CLOCK = UUID(int=0)
"""Who asks when nobody does: the worker, at the day a move falls due."""

NOT_YOURS = "This is for somebody in another role."
NOT_YOUR_TURN = "The signature awaited now is somebody else's."


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A move out of the present stage as one person sees it."""

    move: MoveDefinition
    role: Role | None  # in which the person would make it; None where they have none
    unmet: tuple[Unmet, ...] = ()
    refused: str | None = None  # why not this person: a message id without places

    @property
    def is_open(self) -> bool:
        """Whether the button would work."""
        return self.refused is None and not self.unmet


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a move decided; the use case records all of it in one transaction.

    `to_stage` is where the assessment ends up: past the automatic move in `followed_by`, if one follows.
    `effects` are those of the move and of what follows it. `held_from` is the value to store.
    """

    move: MoveDefinition
    from_stage: str
    to_stage: str
    role: Role
    effects: tuple[Effect, ...]
    held_from: str | None
    reasons: tuple[str, ...] = ()
    comment: str = ""
    sections: tuple[str, ...] = ()
    subject_to: tuple[UUID, ...] = ()
    followed_by: MoveDefinition | None = None

    def stage_change(self) -> StageChange:
        """The move as the unit of work records it."""
        return StageChange(
            move=self.move.name,
            to_stage=self.to_stage,
            role=self.role,
            reasons=self.reasons,
            comment=self.comment,
            sections=self.sections,
        )


def subject_of(facts: WorkflowFacts) -> Subject:
    """What the policy must know about this assessment or plan."""
    return Subject(
        body_id=facts.body_id,
        department_id=facts.department_id,
        assessment_id=facts.id,
        assigned=facts.assigned,
        action_leads=frozenset(person_id for action in facts.actions for person_id in action.leads),
    )


def open_moves(
    definition: WorkflowDefinition,
    facts: WorkflowFacts,
    actor: Actor | None,
    today: date,
    *,
    everyone: bool = False,
) -> tuple[Choice, ...]:
    """The moves this person could make now, and those that something blocks, with every reason.

    Moves for which the person has no role are left out unless `everyone`. No actor means the clock.
    """
    subject = subject_of(facts)
    choices = (
        _choice(definition, facts, actor, subject, move, today)
        for move in definition.moves_from(facts.stage)
        if move.kind is not MoveKind.AUTOMATIC
    )
    return tuple(choice for choice in choices if everyone or choice.role is not None)


def decide(
    definition: WorkflowDefinition,
    facts: WorkflowFacts,
    actor: Actor | None,
    move_name: str,
    request: MoveRequest,
) -> Decision:
    """What comes of this move, made by this person now; no actor means the clock.

    Raises NotFound (no such move from this stage), NotAllowed (not this person), NotReady (every unmet
    guard), Invalid (a reason, a comment or the attestation is missing).
    """
    move = definition.move(facts.stage, move_name)
    if move is None or move.kind is MoveKind.AUTOMATIC:
        raise NotFound
    role = _role_for_request(_roles(move, facts, actor, subject_of(facts)), move, facts, request)
    request = replace(request, actor_id=_id_of(actor), role=role)
    for refusal in unmet_by(move.personal, facts, request):
        raise NotAllowed(refusal.message)
    to_stage = fire(definition, facts, move_name, request)
    _check_request(definition, move, request)
    return _decided(definition, facts, move, to_stage, role, request)


def _choice(
    definition: WorkflowDefinition,
    facts: WorkflowFacts,
    actor: Actor | None,
    subject: Subject,
    move: MoveDefinition,
    today: date,
) -> Choice:
    request = MoveRequest(actor_id=_id_of(actor), today=today)
    unmet = unmet_by(move.guards, facts, request)
    roles = _roles(move, facts, actor, subject)
    if not roles:
        return Choice(move=move, role=None, unmet=unmet, refused=NOT_YOURS)
    personal = unmet_by(move.personal, facts, request)
    role = next(iter(_whose_turn(move, facts, roles)), None)
    refused = personal[0].message if personal else NOT_YOUR_TURN if role is None else None
    return Choice(move=move, role=role or roles[0], unmet=unmet, refused=refused)


def _roles(
    move: MoveDefinition, facts: WorkflowFacts, actor: Actor | None, subject: Subject
) -> tuple[Role, ...]:
    """The roles in which the actor could make the move, in the order the workflow names them."""
    if actor is None:
        return (Role.CLOCK,) if Role.CLOCK in move.who else ()
    if move.permission is None:
        return ()
    held = roles_that_may(actor, move.permission, subject)
    return tuple(role for role in move.who if role in held)


def _whose_turn(move: MoveDefinition, facts: WorkflowFacts, roles: Sequence[Role]) -> tuple[Role, ...]:
    if move.signing is None:
        return tuple(roles)
    return tuple(role for role in awaited(move.signing, facts) if role in roles)


def _role_for_request(
    roles: tuple[Role, ...], move: MoveDefinition, facts: WorkflowFacts, request: MoveRequest
) -> Role:
    asked = tuple(role for role in roles if request.role in (None, role))
    if not asked:
        raise NotAllowed(NOT_YOURS)
    due = _whose_turn(move, facts, asked)
    # Whoever may not sign at all is told that, by the personal guards, rather than whose turn it is.
    if not due and not unmet_by(move.personal, facts, request):
        raise NotAllowed(NOT_YOUR_TURN)
    return due[0] if due else asked[0]


def _check_request(definition: WorkflowDefinition, move: MoveDefinition, request: MoveRequest) -> None:
    problems: dict[str, str] = {}
    if move.reasons is not None:
        known = {option.code for option in definition.reasons[move.reasons]}
        if not request.reasons:
            problems["reasons"] = "Choose at least one reason."
        elif not known.issuperset(request.reasons):
            problems["reasons"] = "Choose reasons from the list."
    if move.needs_comment and not request.comment.strip():
        problems["comment"] = "Write a comment that says why."
    if not set(returnable(definition, move)).issuperset(request.sections):
        problems["sections"] = "Choose sections from the list."
    if move.needs_attestation and not request.attested:
        problems["attested"] = "Tick the box to attest to the statement."
    if problems:
        raise Invalid(problems)


def _decided(
    definition: WorkflowDefinition,
    facts: WorkflowFacts,
    move: MoveDefinition,
    to_stage: str,
    role: Role,
    request: MoveRequest,
) -> Decision:
    follower = None
    if definition.has_followers(move.name):
        after = _facts_after(facts, move, to_stage, role, request)
        follower = _follower(definition, move, after, request)
        to_stage = fire(definition, after, follower.name, request) if follower else to_stage
    return Decision(
        move=move,
        from_stage=facts.stage,
        to_stage=to_stage,
        role=role,
        effects=(*move.effects, *follower.effects) if follower else move.effects,
        held_from=_held_from(facts, move),
        reasons=request.reasons,
        comment=request.comment.strip(),
        sections=tuple(name for name in returnable(definition, move) if name in request.sections),
        subject_to=request.subject_to,
        followed_by=follower,
    )


def _held_from(facts: WorkflowFacts, move: MoveDefinition) -> str | None:
    if Effect.HOLD in move.effects:
        return facts.stage
    return None if Effect.RESUME in move.effects else facts.held_from


def _facts_after(
    facts: WorkflowFacts, move: MoveDefinition, to_stage: str, role: Role, request: MoveRequest
) -> WorkflowFacts:
    """What an automatic move may look at: the new stage and the signature that was just given."""
    if Effect.SIGNATURE not in move.effects:
        return replace(facts, stage=to_stage)
    signature = SignatureFacts(
        person_id=request.actor_id,
        role=role,
        outcome=SignatureOutcome.SIGNED,
        content_hash=facts.content_hash,
    )
    return replace(facts, stage=to_stage, signatures=(*facts.signatures, signature))


def _follower(
    definition: WorkflowDefinition, move: MoveDefinition, after: WorkflowFacts, request: MoveRequest
) -> MoveDefinition | None:
    if move.signing is not None and not complete(move.signing, after):
        return None
    candidates = (item for item in definition.moves_from(after.stage) if item.after == move.name)
    return next((item for item in candidates if not unmet_by(item.guards, after, request)), None)


def _id_of(actor: Actor | None) -> UUID:
    return THE_CLOCK if actor is None else actor.id
