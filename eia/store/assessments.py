"""Assessments as rows: the next version made from the last, and those that wait for a day to come."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from eia.store.tables import (
    action,
    action_lead,
    answer,
    assessment,
    assignment,
    assignment_section,
    authorship,
    evidence,
)

NewId = Callable[[], UUID]


@dataclass(frozen=True, kw_only=True)
class NextVersion:
    """What is decided about a new version; everything else is taken over from the one before."""

    id: UUID
    previous_id: UUID
    workflow: str
    stage: str
    characteristics: tuple[str, ...]
    kept_forms: tuple[str, ...]  # answers to all others start afresh
    created_at: datetime


def begin_next_version(connection: Connection, new: NextVersion, new_id: NewId) -> None:
    """Version n+1 with its people, what it is about, its evidence and the actions that are still open.

    The open actions of the old version are carried forward: they go on under the new one.
    """
    old = connection.execute(_ONE, {"this_id": new.previous_id}).mappings().one()
    connection.execute(insert(assessment), {**old, **_fresh(new), "version": old["version"] + 1})
    for table in (assignment, assignment_section, authorship):
        _copy(connection, table, new)
    kept = answer.c.form.in_(new.kept_forms)
    _copy(connection, answer, new, kept)
    actions = _copy_open_actions(connection, new, new_id)
    _copy_evidence(connection, new, new_id, actions)


def waiting_for_review(
    connection: Connection, workflow: str, stages: Collection[str], today: date
) -> list[tuple[UUID, UUID]]:
    """Body and id of each assessment at one of these stages whose review date has been reached."""
    rows = connection.execute(
        select(assessment.c.body_id, assessment.c.id)
        .where(
            assessment.c.workflow == workflow,
            assessment.c.stage.in_(stages),
            assessment.c.is_open,
            assessment.c.review_on <= today,
        )
        .order_by(assessment.c.review_on, assessment.c.id)
    )
    return [(row.body_id, row.id) for row in rows]


def _fresh(new: NextVersion) -> dict[str, Any]:
    return {
        "id": new.id,
        "previous_id": new.previous_id,
        "row_version": 1,
        "workflow": new.workflow,
        "stage": new.stage,
        "stage_since": new.created_at,
        "stage_due_on": None,
        "held_from": None,
        "is_open": True,
        "characteristics": list(new.characteristics),
        "target_raw": "",
        "target_kind": "unknown",
        "target_earliest": None,
        "target_latest": None,
        "target_provisional": False,
        "target_milestones": [],
        "decision_on": None,
        "decision_outcome": None,
        "approved_on": None,
        "review_on": None,
        "recommended_hash": None,
        "returned_sections": [],
        "content_hash": "",
        "promises_hash": "",
        "created_at": new.created_at,
    }


def _copy(connection: Connection, table: Table, new: NextVersion, *only: Any) -> None:
    rows = connection.execute(select(table).where(table.c.assessment_id == new.previous_id, *only)).mappings()
    copies = [{**row, "assessment_id": new.id} for row in rows]
    if copies:
        connection.execute(insert(table), copies)


def _copy_open_actions(connection: Connection, new: NextVersion, new_id: NewId) -> dict[UUID, UUID]:
    is_open = (action.c.assessment_id == new.previous_id) & (action.c.state == "open")
    rows = connection.execute(select(action).where(is_open)).mappings().all()
    if not rows:
        return {}
    ids = {row["id"]: new_id() for row in rows}
    leads = connection.execute(select(action_lead).where(action_lead.c.action_id.in_(ids))).mappings().all()
    fresh = {"assessment_id": new.id, "row_version": 1}
    connection.execute(insert(action), [{**row, **fresh, "id": ids[row["id"]]} for row in rows])
    if leads:
        connection.execute(
            insert(action_lead), [{**row, "action_id": ids[row["action_id"]]} for row in leads]
        )
    connection.execute(
        update(action).where(is_open).values(state="carried_forward", row_version=action.c.row_version + 1)
    )
    return ids


def _copy_evidence(
    connection: Connection, new: NextVersion, new_id: NewId, actions: dict[UUID, UUID]
) -> None:
    rows = connection.execute(select(evidence).where(evidence.c.assessment_id == new.previous_id)).mappings()
    copies = [
        {
            **row,
            "id": new_id(),
            "assessment_id": new.id,
            "action_id": actions.get(row["action_id"], row["action_id"]),
        }
        for row in rows
    ]
    if copies:
        connection.execute(insert(evidence), copies)


_ONE = select(assessment).where(assessment.c.id == bindparam("this_id"))
