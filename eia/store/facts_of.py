"""Reads the row of JSON of `facts_query` into the frozen facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from eia import content
from eia.domain.facts import (
    ActionFacts,
    ActionState,
    AnswerKey,
    AssessmentFacts,
    ConsultationFacts,
    EvidenceFacts,
    SignatureFacts,
    SignatureOutcome,
)
from eia.domain.people import Role
from eia.domain.policy import Permission
from eia.domain.target_date import Milestone, TargetDate, TargetKind
from eia.domain.workflow.definition import Effect, WorkflowDefinition
from eia.domain.workflow.returns import is_submission
from eia.store.facts_query import ASSESSMENT_COLUMNS, TARGET_COLUMNS

Row = Sequence[Any]


def facts_of(row: Row) -> AssessmentFacts:
    """The facts that the row holds."""
    columns, *lists, _ = row
    one = dict(zip(ASSESSMENT_COLUMNS, columns, strict=True))
    # PostgreSQL says null, not an empty list, where a table has no rows.
    assigned, authors, moves, checks, checks_before, answers, evidence, consultations, *others = (
        rows or () for rows in lists
    )
    actions, signatures, contributes, threads, files = others
    return AssessmentFacts(
        id=_key(one["id"]),
        body_id=_key(one["body_id"]),
        department_id=_id(one["department_id"]),
        reference=one["reference"],
        title=one["title"],
        workflow=one["workflow"],
        version=one["version"],
        row_version=one["row_version"],
        stage=one["stage"],
        stage_since=_time(one["stage_since"]),
        held_from=one["held_from"],
        returned_sections=tuple(one["returned_sections"]),
        assigned=tuple((_key(person_id), Role(role)) for person_id, role in assigned),
        lead_accepted=one["lead_accepted_at"] is not None,
        target=_target(columns[-len(TARGET_COLUMNS) :]) if one["target_raw"] else None,
        decision_body=one["decision_body"],
        decision_on=_day(one["decision_on"]),
        approved_on=_day(one["approved_on"]),
        review_on=_day(one["review_on"]),
        characteristics=tuple(one["characteristics"]),
        answers=MappingProxyType(
            {
                AnswerKey(form, question, group): tuple(value) if isinstance(value, list) else value
                for form, question, group, value in answers
            }
        ),
        evidence=tuple(map(_evidence, evidence)),
        consultations=tuple(map(_consultation, consultations)),
        actions=tuple(map(_action, actions)),
        signatures=tuple(map(_signature, sorted(signatures))),
        authors=_people(authors),
        submitters=_whoever_made(_submitting(content.workflow(one["workflow"])), moves),
        reviewers=_whoever_made(_reviewing(content.workflow(one["workflow"])), moves)
        | _people((*checks, *checks_before)),
        recommenders=_whoever_made(_recommending(content.workflow(one["workflow"])), moves),
        contributor_sections=tuple(sorted((_key(person_id), section) for person_id, section in contributes)),
        open_threads=tuple(sorted(section for (section,) in threads)),
        files=tuple(sorted(section for (section,) in files)),
        content_hash=one["content_hash"],
        recommended_hash=one["recommended_hash"],
    )


def _people(rows: Sequence[Row]) -> frozenset[UUID]:
    return frozenset(_key(person_id) for (person_id,) in rows)


def _whoever_made(named: frozenset[str], moves: Sequence[Row]) -> frozenset[UUID]:
    return frozenset(_key(person_id) for move, person_id in moves if move in named)


@lru_cache
def _submitting(workflow: WorkflowDefinition) -> frozenset[str]:
    """The moves by which those who write it hand it in, whatever the workflow calls them."""
    handing_in = (move for move in workflow.moves if move.permission is Permission.SUBMIT)
    return frozenset(move.name for move in handing_in if is_submission(workflow, move))


@lru_cache
def _reviewing(workflow: WorkflowDefinition) -> frozenset[str]:
    """Every move by which somebody judges what others wrote: to return it is to have checked it too."""
    return frozenset(move.name for move in workflow.moves if move.permission is Permission.REVIEW)


@lru_cache
def _recommending(workflow: WorkflowDefinition) -> frozenset[str]:
    return frozenset(move.name for move in workflow.moves if Effect.RECOMMENDATION in move.effects)


def _evidence(row: Row) -> EvidenceFacts:
    key, characteristics, is_gap, action_id, kind, published_on = row
    return EvidenceFacts(
        id=_key(key),
        characteristics=tuple(characteristics),
        is_gap=bool(is_gap),
        action_id=_id(action_id),
        kind=kind,
        published_on=_day(published_on),
    )


def _consultation(row: Row) -> ConsultationFacts:
    key, opens_on, closes_on, characteristics, heard, summary, changed, not_heard_because = row
    return ConsultationFacts(
        id=_key(key),
        opens_on=_day(opens_on),
        closes_on=_day(closes_on),
        characteristics=tuple(characteristics),
        heard=tuple(heard),
        summary=summary,
        changed=changed,
        not_heard_because=not_heard_because,
    )


def _action(row: Row) -> ActionFacts:
    key, state, characteristic, done_evidence, *target, leads = row
    holders = [holder_id for (holder_id,) in leads or ()]
    return ActionFacts(
        id=_key(key),
        state=ActionState(state),
        leads=tuple(_key(holder_id) for holder_id in holders if holder_id),
        has_lead=bool(holders),
        target=_target(target),
        characteristic=characteristic,
        has_evidence=bool(done_evidence.strip()),
    )


def _signature(row: Row) -> SignatureFacts:
    _, person_id, role, outcome, content_hash, lapsed = row
    return SignatureFacts(
        person_id=_key(person_id),
        role=Role(role),
        outcome=SignatureOutcome(outcome),
        content_hash=content_hash,
        lapsed=bool(lapsed),
    )


def _target(row: Row) -> TargetDate:
    *plain, milestones = row
    if not milestones:
        return _plain_target(*plain)
    return replace(_plain_target(*plain), milestones=tuple(map(Milestone.from_json, milestones)))


@lru_cache(maxsize=4096)
def _plain_target(
    raw: str, kind: str, earliest: str | None, latest: str | None, provisional: bool
) -> TargetDate:
    return TargetDate(
        raw=raw,
        kind=TargetKind(kind),
        earliest=_day(earliest),
        latest=_day(latest),
        provisional=bool(provisional),
    )


@lru_cache(maxsize=16384)  # the same people, evidence and actions come up again and again
def _key(value: str) -> UUID:
    return UUID(value)


def _id(value: str | None) -> UUID | None:
    return _key(value) if value else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _time(value: str) -> datetime:
    """SQLite's times are UTC without saying so; PostgreSQL's say which zone they are written in."""
    time = datetime.fromisoformat(value)
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
