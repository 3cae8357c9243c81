"""Signing off: what a signatory is shown before they attest, and the two answers they may give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from eia import content
from eia.domain.action import Action
from eia.domain.facts import ActionState, AssessmentFacts
from eia.domain.forms.answers import SectionStatus
from eia.domain.people import Actor, Role
from eia.domain.workflow.choices import Choice, open_moves
from eia.domain.workflow.definition import MoveKind, WorkflowDefinition
from eia.domain.workflow.signatures import awaited
from eia.store import actions, conditions, people, sign_offs
from eia.store.conditions import Condition
from eia.store.load_facts import load_facts
from eia.store.sign_offs import Signature
from eia.usecases.moves import MoveMade, make_move, must_see
from eia.usecases.sections import Section, sections
from eia.usecases.services import Services


@dataclass(frozen=True, kw_only=True)
class SignOff:
    """The signatures of a version, whose is awaited, and what this person may do about it.

    `sign` and `refuse` are None where the stage has no such move for this person. `recommended_by` names who
    reviewed this version and recommended it; `to_read` are the sections with something in them. An
    approval may be subject to what is `promised` and still open; `conditions` says by signature to which.
    """

    facts: AssessmentFacts
    workflow: WorkflowDefinition
    signatures: tuple[Signature, ...]
    awaited: tuple[Role, ...]
    attestation: str
    recommended_by: tuple[str, ...]
    to_read: tuple[Section, ...]
    promised: tuple[Action, ...]
    conditions: Mapping[UUID, tuple[Condition, ...]]
    sign: Choice | None
    refuse: Choice | None


def sign_off_page(services: Services, actor: Actor, assessment_id: UUID) -> SignOff:
    """What the sign-off page shows. Raises `NotFound` for whoever may not see the assessment."""
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
        must_see(actor, facts)
        given = sign_offs.of_assessment(connection, assessment_id)
        subject_to = conditions.of_assessment(connection, assessment_id)
        promised = actions.of_assessment(connection, assessment_id)
        listed = people.people(connection, actor.body_id, services.today())
    definition = content.workflow(facts.workflow)
    signing = next((move for move in definition.moves_from(facts.stage) if move.signing), None)
    choices = open_moves(definition, facts, actor, services.today())
    return SignOff(
        facts=facts,
        workflow=definition,
        signatures=given,
        awaited=awaited(signing.signing, facts) if signing and signing.signing else (),
        attestation=signing.attestation_words(actor.language) if signing else "",
        recommended_by=tuple(person.name for person in listed if person.id in facts.recommenders),
        to_read=tuple(each for each in sections(actor, facts) if _is_to_read(each)),
        promised=tuple(item for item in promised if item.state is ActionState.OPEN),
        conditions=subject_to,
        sign=_of_kind(choices, MoveKind.SIGN),
        refuse=_of_kind(choices, MoveKind.REFUSE),
    )


def sign(
    services: Services,
    actor: Actor,
    assessment_id: UUID,
    *,
    page_version: int,
    attested: bool,
    comment: str = "",
    subject_to: Sequence[UUID] = (),
) -> MoveMade:
    """A signature on exactly the version that the page showed, perhaps `subject_to` some of its actions.

    Raises as `make_move` does.
    """
    return make_move(
        services,
        actor,
        assessment_id,
        _named(services, actor, assessment_id, MoveKind.SIGN),
        page_version=page_version,
        attested=attested,
        comment=comment,
        subject_to=subject_to,
    )


def refuse(
    services: Services,
    actor: Actor,
    assessment_id: UUID,
    *,
    page_version: int,
    reasons: Sequence[str],
    comment: str,
    sections: Sequence[str] = (),
) -> MoveMade:
    """A refusal to sign, with its reasons; the assessment goes back. Raises as `make_move` does."""
    return make_move(
        services,
        actor,
        assessment_id,
        _named(services, actor, assessment_id, MoveKind.REFUSE),
        page_version=page_version,
        reasons=reasons,
        comment=comment,
        sections=sections,
    )


def _named(services: Services, actor: Actor, assessment_id: UUID, kind: MoveKind) -> str:
    """What this workflow calls the move; where its stage has none, the door will say so."""
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
    moves = content.workflow(facts.workflow).moves_from(facts.stage)
    return next((move.name for move in moves if move.kind is kind), kind.value)


def _is_to_read(section: Section) -> bool:
    return section.name not in ("sign_off", "review") and section.status is not SectionStatus.NOT_STARTED


def _of_kind(choices: Sequence[Choice], kind: MoveKind) -> Choice | None:
    return next((choice for choice in choices if choice.move.kind is kind), None)
