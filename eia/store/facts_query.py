"""The one query behind the facts: everything about an assessment in one row of JSON.

It is the hottest query there is, so each database's text of it is made once and goes to the driver as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BindParameter,
    ColumnElement,
    Select,
    Uuid,
    bindparam,
    func,
    literal_column,
    select,
)

from eia.store.prepared import DIALECTS
from eia.store.tables import (
    action,
    action_lead,
    answer,
    answer_history,
    assessment,
    assignment,
    assignment_section,
    attachment,
    audit_event,
    authorship,
    comment_thread,
    consultation,
    evidence,
    party,
    sign_off,
    stage_history,
)

TARGET_COLUMNS = (
    "target_raw",
    "target_kind",
    "target_earliest",
    "target_latest",
    "target_provisional",
    "target_milestones",
)
ASSESSMENT_COLUMNS = (
    "id",
    "body_id",
    "department_id",
    "reference",
    "title",
    "workflow",
    "version",
    "row_version",
    "stage",
    "stage_since",
    "held_from",
    "lead_accepted_at",
    "decision_body",
    "decision_on",
    "approved_on",
    "review_on",
    "characteristics",
    "content_hash",
    "recommended_hash",
    "returned_sections",
    *TARGET_COLUMNS,
)
# Whoever supports or answers for an action is not whom it waits for.
LEADS: tuple[ColumnElement[str], ...] = (literal_column("'lead'"), literal_column("'joint'"))


@dataclass(frozen=True, kw_only=True)
class _Json:
    """How a database writes JSON: a list, a list of rows, a value that is JSON already, and bytes."""

    array: Callable[..., ColumnElement[Any]]
    collected: Callable[..., ColumnElement[Any]]
    nested: Callable[..., ColumnElement[Any]]
    hex: Callable[..., ColumnElement[Any]]


_SQLITE = _Json(array=func.json_array, collected=func.json_group_array, nested=func.json, hex=func.hex)
_POSTGRESQL = _Json(
    array=func.json_build_array,
    collected=func.json_agg,
    nested=lambda value: value,
    hex=lambda value: func.encode(value, literal_column("'hex'")),
)


@cache
def for_sqlite() -> str:
    """The query with two places, `:assessment_id` and `:body_id`: 32 hexadecimal digits each."""
    return str(_row(_SQLITE).compile(dialect=DIALECTS["sqlite"]))


@cache
def for_postgresql() -> str:
    """The query with two places for psycopg, `%(assessment_id)s` and `%(body_id)s`."""
    return str(_row(_POSTGRESQL).compile(dialect=DIALECTS["postgresql"]))


@cache
def lock_on_postgresql() -> str:
    """Makes the row ours until the end; rows that point at it can still be written by others."""
    locked = select(assessment.c.row_version).where(_THIS, _OF_BODY).with_for_update(key_share=True)
    return str(locked.compile(dialect=DIALECTS["postgresql"]))


def _row(json: _Json) -> Select[Any]:
    """A row of JSON: the assessment's columns, a list of rows for each table, the head of the audit chain."""
    leads = _rows(
        json,
        [party.c.holder_id],
        action_lead.c.action_id == action.c.id,
        action_lead.c.party_id == party.c.id,
        action_lead.c.role.in_(LEADS),
    ).correlate(action)
    columns = [_written(json, assessment.c[name]) for name in ASSESSMENT_COLUMNS]
    parts = [
        _rows(json, [assignment.c.person_id, assignment.c.role], assignment.c.assessment_id == _ID),
        _rows(json, [authorship.c.person_id], authorship.c.assessment_id == _ID),
        _rows(json, [stage_history.c.move, stage_history.c.person_id], *_BY_PEOPLE),
        *(
            _rows(json, [each.c.written_by], each.c.assessment_id == _ID, each.c.form == _CHECKLIST)
            for each in (answer, answer_history)
        ),
        _rows(json, _ANSWER, answer.c.assessment_id == _ID),
        _rows(json, _EVIDENCE, evidence.c.assessment_id == _ID),
        _rows(json, _CONSULTATION, consultation.c.assessment_id == _ID),
        _rows(json, [*_ACTION, leads], action.c.assessment_id == _ID),
        _rows(json, _SIGNATURE, sign_off.c.assessment_id == _ID),
        _rows(json, _CONTRIBUTES, assignment_section.c.assessment_id == _ID),
        _rows(json, [comment_thread.c.section], *_UNRESOLVED),
        _rows(json, [attachment.c.section], attachment.c.assessment_id == _ID),
        _head(json),
    ]
    return select(json.array(*columns), *(part.scalar_subquery() for part in parts)).where(_THIS, _OF_BODY)


def _rows(json: _Json, columns: Sequence[Any], *where: ColumnElement[bool]) -> Select[Any]:
    return select(json.collected(json.array(*(_written(json, column) for column in columns)))).where(*where)


def _head(json: _Json) -> Select[Any]:
    last = select(func.max(audit_event.c.seq)).where(audit_event.c.chain_id == _ID).scalar_subquery()
    return select(json.array(audit_event.c.seq, json.hex(audit_event.c.hash))).where(
        audit_event.c.chain_id == _ID, audit_event.c.seq == last
    )


def _written(json: _Json, column: Any) -> Any:
    if isinstance(column, Select):
        return json.nested(column.scalar_subquery())
    return json.nested(column) if isinstance(column.type, JSON) else column


_CHECKLIST: ColumnElement[str] = literal_column("'quality_check'")
_ID: BindParameter[UUID] = bindparam("assessment_id", type_=Uuid())
_THIS = assessment.c.id == _ID
_OF_BODY = assessment.c.body_id == bindparam("body_id", type_=Uuid())
# Whoever made a move; the clock reviews nothing, and years of its moves would only be in the way.
_BY_PEOPLE = (stage_history.c.assessment_id == _ID, stage_history.c.person_id.is_not(None))
_UNRESOLVED = (comment_thread.c.assessment_id == _ID, comment_thread.c.resolved_at.is_(None))
_CONTRIBUTES = [assignment_section.c.person_id, assignment_section.c.section]
_ANSWER = [answer.c.form, answer.c.question, answer.c.characteristic, answer.c.value]
_EVIDENCE = [
    evidence.c.id,
    evidence.c.characteristics,
    evidence.c.is_gap,
    evidence.c.action_id,
    evidence.c.kind,
    evidence.c.published_on,
]
_CONSULTATION = [
    consultation.c.id,
    consultation.c.opens_on,
    consultation.c.closes_on,
    consultation.c.characteristics,
    consultation.c.heard,
    consultation.c.summary,
    consultation.c.changed,
    consultation.c.not_heard_because,
]
_ACTION = [
    action.c.id,
    action.c.state,
    action.c.characteristic,
    action.c.done_evidence,
    *(action.c[name] for name in TARGET_COLUMNS),
]
_SIGNATURE = [
    sign_off.c.at,
    sign_off.c.person_id,
    sign_off.c.role,
    sign_off.c.outcome,
    sign_off.c.content_hash,
    sign_off.c.lapsed,
]
