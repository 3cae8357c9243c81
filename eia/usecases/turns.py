"""Whom a move concerns next, and the words owed to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from eia.domain.events import Notice
from eia.domain.facts import AssessmentFacts, SignatureFacts, SignatureOutcome
from eia.domain.people import Actor, Role
from eia.domain.workflow.choices import Decision
from eia.domain.workflow.definition import Effect, Signing, WorkflowDefinition
from eia.domain.workflow.returns import BACK
from eia.domain.workflow.signatures import awaited
from eia.store import scheduling
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.services import Services

ASSIGNED = (Role.LEAD, Role.CONTRIBUTOR, Role.CHAMPION)


def notices_of(
    services: Services,
    work: UnitOfWork,
    facts: AssessmentFacts,
    definition: WorkflowDefinition,
    decision: Decision,
    actor: Actor | None,
) -> tuple[Notice, ...]:
    """One notice to each person whose turn it now is; nobody is told of their own move."""
    if definition.is_end(decision.to_stage):
        return ()
    kind, roles = _kind_and_roles(facts, definition, decision, actor)
    people = {person_id for role in roles for person_id in _people(services, work, facts, role)}
    if kind == "signature_awaited":
        people -= facts.authors | facts.reviewers  # they may not sign, so nobody awaits it of them
    told = sorted(people - {actor.id if actor else None}, key=str)
    return tuple(Notice(kind=kind, recipient_id=person_id, assessment_id=facts.id) for person_id in told)


def _kind_and_roles(
    facts: AssessmentFacts, definition: WorkflowDefinition, decision: Decision, actor: Actor | None
) -> tuple[str, tuple[Role, ...]]:
    signing = next(_signing_at(definition, decision.to_stage), None)
    if signing is not None:
        return "signature_awaited", awaited(signing, _with_signature(facts, decision, actor))
    owner = definition.stage(decision.to_stage).owner
    kind = "returned" if decision.move.kind in BACK else "your_turn"
    return kind, (owner,) if owner else ()


def _signing_at(definition: WorkflowDefinition, stage: str) -> Iterator[Signing]:
    return (move.signing for move in definition.moves_from(stage) if move.signing is not None)


def _with_signature(facts: AssessmentFacts, decision: Decision, actor: Actor | None) -> AssessmentFacts:
    if actor is None or Effect.SIGNATURE not in decision.effects:
        return facts
    given = SignatureFacts(
        person_id=actor.id,
        role=decision.role,
        outcome=SignatureOutcome.SIGNED,
        content_hash=facts.content_hash,
    )
    return replace(facts, signatures=(*facts.signatures, given))


def _people(services: Services, work: UnitOfWork, facts: AssessmentFacts, role: Role) -> tuple[UUID, ...]:
    if role in ASSIGNED:
        return facts.people_with(role)
    holders = scheduling.holders_for(
        work.connection, facts.body_id, role, facts.department_id, services.today()
    )
    return tuple(person_id for person_id, _ in holders)
