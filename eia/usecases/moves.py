"""The one door between stages: load, decide, record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from eia import content
from eia.domain.errors import NotFound, Refusal
from eia.domain.events import Event
from eia.domain.facts import AssessmentFacts, MoveRequest
from eia.domain.people import Actor, Role
from eia.domain.policy import Permission, may
from eia.domain.workflow.choices import THE_CLOCK, Choice, Decision, decide, open_moves, subject_of
from eia.domain.workflow.definition import WorkflowDefinition
from eia.store import assessments
from eia.store.load_facts import load_facts
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.changes import must_be_current
from eia.usecases.effects import carry_out
from eia.usecases.services import Services
from eia.usecases.turns import notices_of


@dataclass(frozen=True, kw_only=True)
class MoveMade:
    """Where the assessment is now. After a reopening `assessment_id` is the new version's."""

    assessment_id: UUID
    stage: str
    row_version: int


@dataclass(frozen=True, kw_only=True)
class ClockMoves:
    """What the clock moved, and what it could not; the ids of the latter say where to look."""

    made: int
    left: tuple[UUID, ...]


def make_move(
    services: Services,
    actor: Actor,
    assessment_id: UUID,
    move: str,
    *,
    page_version: int | None = None,
    reasons: Sequence[str] = (),
    comment: str = "",
    attested: bool = False,
    role: Role | None = None,
    sections: Sequence[str] = (),
    subject_to: Sequence[UUID] = (),
) -> MoveMade:
    """The move, made by this person, whole or not at all.

    `page_version` is the row version that the person saw; None asks for no such check. A return may name the
    `sections` that it is about: until it is handed in again, only those are written. A signature may be given
    `subject_to` open actions: whoever gave it hears when one of them slips.

    Raises:
        NotFound: the person may not see the assessment, or no such move leaves its stage.
        Stale: it changed since the page was shown, with what changed.
        NotAllowed: the person may not make this move.
        NotReady: guards are unmet, all of them named.
        Invalid: a reason, a comment or the attestation is missing.
    """
    request = MoveRequest(
        actor_id=actor.id,
        today=services.today(),
        role=role,
        reasons=tuple(reasons),
        comment=comment,
        attested=attested,
        sections=tuple(sections),
        subject_to=tuple(dict.fromkeys(subject_to)),
    )
    with services.database.write() as work:
        facts = work.assessment(actor.body_id, assessment_id)
        must_see(actor, facts)
        must_be_current(work, facts, page_version)
        return _make(services, work, facts, actor, move, request)


def moves_open(services: Services, actor: Actor, assessment_id: UUID) -> tuple[Choice, ...]:
    """The moves that this person could make now, and those that something blocks, with every reason."""
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
    must_see(actor, facts)
    return open_moves(content.workflow(facts.workflow), facts, actor, services.today())


def make_clock_moves(services: Services) -> ClockMoves:
    """Every move that only waited for its day; a second run finds nothing left to do."""
    made, left = 0, []
    for body_id, assessment_id in _waiting(services):
        try:
            made += _tick(services, body_id, assessment_id)
        except Refusal:  # one that cannot move must not keep the others waiting
            left.append(assessment_id)
    return ClockMoves(made=made, left=tuple(left))


def must_see(actor: Actor, facts: AssessmentFacts) -> None:
    """Raises `NotFound` for whoever may not view the assessment."""
    if not may(actor, Permission.VIEW, subject_of(facts)):
        raise NotFound


def _make(
    services: Services,
    work: UnitOfWork,
    facts: AssessmentFacts,
    actor: Actor | None,
    move: str,
    request: MoveRequest,
) -> MoveMade:
    definition = content.workflow(facts.workflow)
    decision = decide(definition, facts, actor, move, request)
    outcome = carry_out(services, work, facts, actor, definition, decision)
    row_version = work.change(
        facts,
        Event(
            name="moved",
            chain_id=facts.id,
            actor_id=actor.id if actor else None,
            at=services.now(),
            data={"role": decision.role.value, **_codes(decision), **outcome.data},
        ),
        stage=decision.stage_change(),
        fields=outcome.fields,
        notices=notices_of(services, work, facts, definition, decision, actor),
    )
    if outcome.data.get("signature"):
        work.seal(services.today(), at=services.now(), only=facts.id)
    if outcome.new_version is not None:
        return MoveMade(
            assessment_id=outcome.new_version, stage=definition.new_version_starts_at, row_version=1
        )
    return MoveMade(assessment_id=facts.id, stage=decision.to_stage, row_version=row_version)


def _codes(decision: Decision) -> dict[str, str | int]:
    codes = {"reasons": decision.reasons, "sections": decision.sections}
    return {name: ",".join(given) for name, given in codes.items() if given}


def _waiting(services: Services) -> list[tuple[UUID, UUID]]:
    found: list[tuple[UUID, UUID]] = []
    with services.database.read() as connection:
        for name in content.workflow_names():
            stages = _stages_with_a_clock(content.workflow(name))
            found += assessments.waiting_for_review(connection, name, stages, services.today())
    return found


def _stages_with_a_clock(definition: WorkflowDefinition) -> frozenset[str]:
    return frozenset(stage for move in definition.moves if Role.CLOCK in move.who for stage in move.sources)


def _tick(services: Services, body_id: UUID, assessment_id: UUID) -> int:
    with services.database.write() as work:
        facts = work.assessment(body_id, assessment_id)
        choices = open_moves(content.workflow(facts.workflow), facts, None, services.today())
        ready = next((choice.move.name for choice in choices if choice.is_open), None)
        if ready is None:
            return 0
        request = MoveRequest(actor_id=THE_CLOCK, today=services.today(), role=Role.CLOCK)
        _make(services, work, facts, None, ready, request)
        return 1
