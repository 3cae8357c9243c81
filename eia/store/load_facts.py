"""Turns rows into the frozen facts that rules read, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, literal_column, select, union_all

from eia import content
from eia.domain.errors import NotFound
from eia.domain.facts import (
    ActionFacts,
    ActionState,
    AnswerKey,
    AnswerValue,
    AssessmentFacts,
    ConsultationFacts,
    EvidenceFacts,
    SignatureFacts,
    SignatureOutcome,
)
from eia.domain.people import Role
from eia.domain.target_date import Milestone, TargetDate, TargetKind
from eia.domain.workflow.definition import Effect
from eia.store.tables import (
    action,
    action_lead,
    answer,
    assessment,
    assignment,
    authorship,
    consultation,
    evidence,
    party,
    sign_off,
    stage_history,
)


def load_facts(connection: Connection, body_id: UUID, assessment_id: UUID) -> AssessmentFacts:
    """The assessment as it stands in this transaction.

    Raises:
        NotFound: there is none with this id in this body.
    """
    return _load(connection, _ASSESSMENT, body_id, assessment_id)


def lock_and_load_facts(connection: Connection, body_id: UUID, assessment_id: UUID) -> AssessmentFacts:
    """The same, with the assessment's row ours until the transaction ends."""
    return _load(connection, _ASSESSMENT_LOCKED, body_id, assessment_id)


def _load(connection: Connection, query: Select[Any], body_id: UUID, assessment_id: UUID) -> AssessmentFacts:
    row = connection.execute(query, {"body_id": body_id, "assessment_id": assessment_id}).one_or_none()
    if row is None:
        raise NotFound
    values = {"assessment_id": assessment_id}
    involved = connection.execute(_INVOLVED, values).all()
    return AssessmentFacts(
        id=row.id,
        body_id=row.body_id,
        department_id=row.department_id,
        reference=row.reference,
        title=row.title,
        workflow=row.workflow,
        version=row.version,
        row_version=row.row_version,
        stage=row.stage,
        stage_since=row.stage_since,
        held_from=row.held_from,
        assigned=tuple(
            (person.person_id, Role(person.what)) for person in involved if person.how == "assigned"
        ),
        lead_accepted=row.lead_accepted_at is not None,
        target=target_of(row) if row.target_raw else None,
        decision_body=row.decision_body,
        decision_on=row.decision_on,
        review_on=row.review_on,
        characteristics=tuple(row.characteristics),
        answers=_answers(connection.execute(_ANSWERS, values)),
        evidence=tuple(map(_evidence, connection.execute(_EVIDENCE, values))),
        consultations=tuple(map(_consultation, connection.execute(_CONSULTATIONS, values))),
        actions=_actions(connection.execute(_ACTIONS, values).all()),
        signatures=tuple(map(_signature, connection.execute(_SIGNATURES, values))),
        authors=frozenset(person.person_id for person in involved if person.how == "author"),
        reviewers=_reviewers(row.workflow, involved),
        content_hash=row.content_hash,
        recommended_hash=row.recommended_hash,
    )


def _reviewers(workflow: str, involved: Sequence[Row[*tuple[Any, ...]]]) -> frozenset[UUID]:
    """Whoever made a move that recommends, whatever the workflow calls it."""
    moves = content.workflow(workflow).moves
    recommends = {move.name for move in moves if Effect.RECOMMENDATION in move.effects}
    return frozenset(
        row.person_id for row in involved if row.how == "moved" and row.what in recommends and row.person_id
    )


def target_of(row: Row[*tuple[Any, ...]]) -> TargetDate:
    """The target date of a row that has the six target columns."""
    return TargetDate(
        raw=row.target_raw,
        kind=TargetKind(row.target_kind),
        earliest=row.target_earliest,
        latest=row.target_latest,
        provisional=row.target_provisional,
        milestones=tuple(map(Milestone.from_json, row.target_milestones)),
    )


def _answers(rows: Iterable[Row[*tuple[Any, ...]]]) -> MappingProxyType[AnswerKey, AnswerValue]:
    return MappingProxyType(
        {
            AnswerKey(row.form, row.question, row.characteristic): tuple(row.value)
            if isinstance(row.value, list)
            else row.value
            for row in rows
        }
    )


def _evidence(row: Row[*tuple[Any, ...]]) -> EvidenceFacts:
    return EvidenceFacts(
        id=row.id,
        characteristics=tuple(row.characteristics),
        is_gap=row.is_gap,
        action_id=row.action_id,
    )


def _consultation(row: Row[*tuple[Any, ...]]) -> ConsultationFacts:
    return ConsultationFacts(
        id=row.id,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        characteristics=tuple(row.characteristics),
        heard=tuple(row.heard),
        summary=row.summary,
        changed=row.changed,
        not_heard_because=row.not_heard_because,
    )


def _actions(rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[ActionFacts, ...]:
    """One row a lead, or one row with no party for an action that has none."""
    by_action: dict[UUID, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in rows:
        by_action[row.id].append(row)
    return tuple(_action(leads) for leads in by_action.values())


def _action(rows: list[Row[*tuple[Any, ...]]]) -> ActionFacts:
    first = rows[0]
    return ActionFacts(
        id=first.id,
        state=ActionState(first.state),
        leads=tuple(row.holder_id for row in rows if row.holder_id is not None),
        has_lead=any(row.party_id is not None for row in rows),
        target=target_of(first),
        characteristic=first.characteristic,
        has_evidence=bool(first.done_evidence.strip()),
    )


def _signature(row: Row[*tuple[Any, ...]]) -> SignatureFacts:
    return SignatureFacts(
        person_id=row.person_id,
        role=Role(row.role),
        outcome=SignatureOutcome(row.outcome),
        content_hash=row.content_hash,
        lapsed=row.lapsed,
    )


_ID: BindParameter[UUID] = bindparam("assessment_id")
_ASSESSMENT = select(assessment).where(assessment.c.id == _ID, assessment.c.body_id == bindparam("body_id"))
# NO KEY UPDATE: rows that point at the assessment can still be written by others.
_ASSESSMENT_LOCKED = _ASSESSMENT.with_for_update(key_share=True)
_INVOLVED = union_all(
    select(
        literal_column("'assigned'").label("how"), assignment.c.person_id, assignment.c.role.label("what")
    ).where(assignment.c.assessment_id == _ID),
    select(literal_column("'author'"), authorship.c.person_id, literal_column("''")).where(
        authorship.c.assessment_id == _ID
    ),
    select(literal_column("'moved'"), stage_history.c.person_id, stage_history.c.move).where(
        stage_history.c.assessment_id == _ID
    ),
)
_ANSWERS = select(answer.c.form, answer.c.question, answer.c.characteristic, answer.c.value).where(
    answer.c.assessment_id == _ID
)
_EVIDENCE = select(evidence.c.id, evidence.c.characteristics, evidence.c.is_gap, evidence.c.action_id).where(
    evidence.c.assessment_id == _ID
)
_CONSULTATIONS = select(consultation).where(consultation.c.assessment_id == _ID)
_ACTIONS = (
    select(
        action.c.id,
        action.c.state,
        action.c.characteristic,
        action.c.target_raw,
        action.c.target_kind,
        action.c.target_earliest,
        action.c.target_latest,
        action.c.target_provisional,
        action.c.target_milestones,
        action.c.done_evidence,
        action_lead.c.party_id,
        party.c.holder_id,
    )
    .outerjoin(
        action_lead, (action_lead.c.action_id == action.c.id) & action_lead.c.role.in_(("lead", "joint"))
    )
    .outerjoin(party, (party.c.id == action_lead.c.party_id) & party.c.confirmed)
    .where(action.c.assessment_id == _ID)
    .order_by(action.c.id)
)
_SIGNATURES = (
    select(
        sign_off.c.person_id, sign_off.c.role, sign_off.c.outcome, sign_off.c.content_hash, sign_off.c.lapsed
    )
    .where(sign_off.c.assessment_id == _ID)
    .order_by(sign_off.c.at, sign_off.c.id)
)
