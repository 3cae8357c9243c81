"""What a signature is bound to: a hash over everything that the signatories were given to read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, Connection, RowMapping, Select, bindparam, select

from eia.domain.facts import ActionState
from eia.store.tables import (
    action,
    action_lead,
    answer,
    assessment,
    attachment,
    consultation,
    evidence,
    invitation,
)

# Asked since a later release: content that does not say it has the hash that it had before.
LATER = frozenset({"lead_id", "target_raw"})
# Answered by whoever judges the version, or after it was approved: no part of what is signed.
NOT_CONTENT = ("quality_check", "sign_off", "review")


class ContentHash(NamedTuple):
    """`whole` is what a signature names; `promises` is the part of it that the actions make."""

    whole: str
    promises: str


def content_hash(connection: Connection, assessment_id: UUID, *, approved_promises: str = "") -> ContentHash:
    """The hash of the version as the transaction sees it.

    Actions count by text, leads and target date, never by progress. Once the version is approved,
    following up may move a date or a lead: then `approved_promises` stands for what was signed.
    """
    values = {"owner_id": assessment_id}
    parts = {
        name: [_plain(row) for row in connection.execute(query, values).mappings()]
        for name, query in _CONTENT.items()
    }
    parts = {name: rows for name, rows in parts.items() if rows or name not in _ONLY_IF_ANY}
    promises = approved_promises or _sha256_of(connection, _PROMISES, values)
    return ContentHash(_sha256([parts, promises]), promises)


def plan_hash(connection: Connection, plan_id: UUID) -> str:
    """What is sent on for approval: the plan's actions by what they promise, never by progress."""
    return _sha256_of(connection, _OF_PLAN, {"owner_id": plan_id})


def _sha256_of(
    connection: Connection, queries: Iterable[Select[tuple[Any, ...]]], values: Mapping[str, UUID]
) -> str:
    return _sha256(
        [[_plain(row) for row in connection.execute(query, values).mappings()] for query in queries]
    )


def _plain(row: RowMapping) -> dict[str, Any]:
    return {
        key: value if isinstance(value, (bool, list)) else str(value)
        for key, value in row.items()
        if value or key not in LATER
    }


def _sha256(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


_ID: BindParameter[UUID] = bindparam("owner_id")
_CONTENT = {
    "assessment": select(assessment.c.title, assessment.c.characteristics).where(assessment.c.id == _ID),
    "answers": select(answer.c.form, answer.c.question, answer.c.characteristic, answer.c.value)
    .where(answer.c.assessment_id == _ID, answer.c.form.not_in(NOT_CONTENT))
    .order_by(answer.c.form, answer.c.question, answer.c.characteristic),
    "evidence": select(
        evidence.c.id,
        evidence.c.title,
        evidence.c.kind,
        evidence.c.published_on,
        evidence.c.characteristics,
        evidence.c.finding,
        evidence.c.link,
        evidence.c.is_gap,
        evidence.c.action_id,
        evidence.c.lead_id,
        evidence.c.target_raw,
    )
    .where(evidence.c.assessment_id == _ID)
    .order_by(evidence.c.id),
    "consultations": select(
        consultation.c.id,
        consultation.c.method,
        consultation.c.invited,
        consultation.c.characteristics,
        consultation.c.heard,
        consultation.c.opens_on,
        consultation.c.closes_on,
        consultation.c.summary,
        consultation.c.changed,
        consultation.c.not_heard_because,
    )
    .where(consultation.c.assessment_id == _ID)
    .order_by(consultation.c.id),
    "attachments": select(attachment.c.section, attachment.c.name, attachment.c.sha256)
    .where(attachment.c.assessment_id == _ID, attachment.c.section.not_in(NOT_CONTENT))
    .order_by(attachment.c.section, attachment.c.sha256),
    "invitations": select(
        invitation.c.consultation_id, invitation.c.party_id, invitation.c.invited_on, invitation.c.answered_on
    )
    .join(consultation, consultation.c.id == invitation.c.consultation_id)
    .where(consultation.c.assessment_id == _ID)
    .order_by(invitation.c.consultation_id, invitation.c.party_id),
}
_ONLY_IF_ANY = {
    "attachments",
    "invitations",
}  # there were none when the first versions were signed, and those stay signed
_PROMISED = select(
    action.c.id,
    action.c.label,
    action.c.heading,
    action.c.text,
    action.c.outcome,
    action.c.characteristic,
    action.c.target_raw,
).order_by(action.c.id)
_LED = (
    select(action_lead.c.action_id, action_lead.c.party_id, action_lead.c.role)
    .join(action, action.c.id == action_lead.c.action_id)
    .order_by(action_lead.c.action_id, action_lead.c.party_id)
)
_PROMISES = (_PROMISED.where(action.c.assessment_id == _ID), _LED.where(action.c.assessment_id == _ID))
_GIVEN_UP = action.c.state.in_((ActionState.DROPPED, ActionState.CARRIED_FORWARD)).label("given_up")
_OF_PLAN = (
    _PROMISED.where(action.c.plan_id == _ID).add_columns(
        action.c.target_kind, action.c.target_earliest, action.c.target_latest, _GIVEN_UP
    ),
    _LED.where(action.c.plan_id == _ID),
)
