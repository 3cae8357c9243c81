"""Actions with their leads, of an assessment or of a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from eia.domain.action import Action, ActionLead, LeadRole
from eia.domain.errors import NotFound, Stale
from eia.domain.facts import ActionState
from eia.domain.people import Role
from eia.domain.slips import Slips
from eia.store import parties
from eia.store.conditions import IS_CONDITION
from eia.store.tables import (
    action,
    action_lead,
    assessment,
    assignment,
    party,
    plan,
)
from eia.store.targets import target_columns, target_value

_FIRST = action.alias("first")
_PROMISED_IN = assessment.alias("promised_in")
_WITH_OWNERS = (
    select(
        action,
        select(_PROMISED_IN.c.reference)
        .join(_FIRST, _FIRST.c.assessment_id == _PROMISED_IN.c.id)
        .where(_FIRST.c.id == action.c.carried_from)
        .scalar_subquery()
        .label("carried_from_reference"),
        IS_CONDITION.label("is_condition"),
        assessment.c.reference.label("assessment_reference"),
        assessment.c.title.label("assessment_title"),
        assessment.c.department_id.label("assessment_department_id"),
        plan.c.title.label("plan_title"),
        plan.c.department_id.label("plan_department_id"),
    )
    .select_from(
        action.outerjoin(assessment, assessment.c.id == action.c.assessment_id).outerjoin(
            plan, plan.c.id == action.c.plan_id
        )
    )
    .order_by(action.c.target_latest, action.c.id)
)
_ONE = _WITH_OWNERS.where(action.c.id == bindparam("action_id"), action.c.body_id == bindparam("body_id"))
_OF_ASSESSMENT = _WITH_OWNERS.where(action.c.assessment_id == bindparam("assessment_id"))
_LEADS = (
    select(action_lead.c.action_id, action_lead.c.role, action_lead.c.post, party)
    .join(party, party.c.id == action_lead.c.party_id)
    .where(action_lead.c.action_id.in_(bindparam("action_ids", expanding=True)))
    .order_by(action_lead.c.role, party.c.name)
)
_ASSIGNED = select(assignment).where(
    assignment.c.assessment_id.in_(bindparam("assessment_ids", expanding=True))
)


def one(connection: Connection, body_id: UUID, action_id: UUID) -> Action:
    """The action; `NotFound` when the body has none with this id."""
    found = _values(connection, _ONE, action_id=action_id, body_id=body_id)
    if not found:
        raise NotFound
    return found[0]


def of_assessment(connection: Connection, assessment_id: UUID) -> tuple[Action, ...]:
    """The assessment's actions, soonest first; undated ones where the database sorts nulls."""
    return _values(connection, _OF_ASSESSMENT, assessment_id=assessment_id)


def of_plan(connection: Connection, plan_id: UUID) -> tuple[Action, ...]:
    """The plan's actions in the order they were read."""
    return _values(
        connection,
        _WITH_OWNERS.where(action.c.plan_id == plan_id)
        .order_by(None)
        .order_by(action.c.created_at, action.c.label),
    )


def among(connection: Connection, which: ColumnElement[bool], *, limit: int) -> tuple[Action, ...]:
    """Up to `limit` actions, soonest first; the condition may speak of their plan and assessment too."""
    return _values(connection, _WITH_OWNERS.where(which).limit(limit))


def these(connection: Connection, ids: Sequence[UUID]) -> tuple[Action, ...]:
    """The actions with these ids, in the same order."""
    found = {item.id: item for item in _values(connection, _WITH_OWNERS.where(action.c.id.in_(ids)))}
    return tuple(found[each] for each in ids)


def led_by(connection: Connection, body_id: UUID, person_id: UUID) -> tuple[Action, ...]:
    """Every action of any plan or assessment that a confirmed match makes this person's."""
    mine = (
        select(action_lead.c.action_id)
        .join(party, party.c.id == action_lead.c.party_id)
        .where(party.c.holder_id == person_id, party.c.confirmed)
    )
    return _values(connection, _WITH_OWNERS.where(action.c.body_id == body_id, action.c.id.in_(mine)))


def add(connection: Connection, item: Action, *, at: datetime) -> None:
    """A new action with its leads."""
    connection.execute(
        insert(action).values(
            id=item.id,
            body_id=item.body_id,
            assessment_id=item.assessment_id,
            plan_id=item.plan_id,
            created_by=item.created_by,
            created_at=at,
            row_version=item.row_version,
            carried_from=item.carried_from_id,
            passage=item.passage,
            **_columns(item),
        )
    )
    _replace_leads(connection, item.id, item.leads)


def replace(connection: Connection, item: Action) -> None:
    """The action as it now reads, if nobody changed it since `item.row_version`; `Stale` otherwise."""
    result = connection.execute(
        update(action)
        .where(action.c.id == item.id, action.c.row_version == item.row_version)
        .values(row_version=item.row_version + 1, **_columns(item))
    )
    if result.rowcount != 1:
        raise Stale([], current_version=item.row_version + 1)
    _replace_leads(connection, item.id, item.leads)


def _replace_leads(connection: Connection, action_id: UUID, leads: Sequence[ActionLead]) -> None:
    connection.execute(delete(action_lead).where(action_lead.c.action_id == action_id))
    if leads:
        connection.execute(
            insert(action_lead),
            [
                {
                    "action_id": action_id,
                    "party_id": lead.party.id,
                    "role": lead.role.value,
                    "post": lead.post,
                }
                for lead in leads
            ],
        )


def _columns(item: Action) -> dict[str, object]:
    return {
        "label": item.label,
        "heading": item.heading,
        "text": item.text,
        "outcome": item.outcome,
        "characteristic": item.characteristic,
        "state": item.state.value,
        "done_on": item.done_on,
        "done_by": item.done_by,
        "done_evidence": item.done_evidence,
        "verified_by": item.verified_by,
        "verified_on": item.verified_on,
        "closed_because": item.closed_because,
        "problems": list(item.problems),
        "objective_id": item.objective_id,
        "slips": item.slips.times,
        "slip_days": item.slips.days,
        **target_columns(item.target),
    }


def _values(connection: Connection, query: Select[tuple[object, ...]], **places: UUID) -> tuple[Action, ...]:
    rows = connection.execute(query, places).mappings().all()
    if not rows:
        return ()
    leads = _leads_of(connection, [row["id"] for row in rows])
    assigned = _assigned_to(connection, {row["assessment_id"] for row in rows if row["assessment_id"]})
    return tuple(_value(row, leads[row["id"]], assigned.get(row["assessment_id"], ())) for row in rows)


def _leads_of(connection: Connection, action_ids: Sequence[UUID]) -> dict[UUID, tuple[ActionLead, ...]]:
    found: dict[UUID, tuple[ActionLead, ...]] = defaultdict(tuple)
    rows = connection.execute(_LEADS, {"action_ids": list(action_ids)}).mappings()
    for row in rows:
        lead = ActionLead(party=parties.value(row), role=LeadRole(row["role"]), post=row["post"])
        found[row["action_id"]] += (lead,)
    return found


def _assigned_to(
    connection: Connection, assessment_ids: Iterable[UUID]
) -> dict[UUID, tuple[tuple[UUID, Role], ...]]:
    found: dict[UUID, tuple[tuple[UUID, Role], ...]] = defaultdict(tuple)
    rows = connection.execute(_ASSIGNED, {"assessment_ids": list(assessment_ids)})
    for row in rows.mappings():
        found[row["assessment_id"]] += ((row["person_id"], Role(row["role"])),)
    return found


def _value(row: RowMapping, leads: tuple[ActionLead, ...], assigned: tuple[tuple[UUID, Role], ...]) -> Action:
    return Action(
        id=row["id"],
        body_id=row["body_id"],
        assessment_id=row["assessment_id"],
        assessment_reference=row["assessment_reference"] or "",
        assessment_title=row["assessment_title"] or "",
        plan_id=row["plan_id"],
        plan_title=row["plan_title"] or "",
        department_id=row["assessment_department_id"] or row["plan_department_id"],
        assigned=assigned,
        label=row["label"],
        heading=row["heading"],
        text=row["text"],
        outcome=row["outcome"],
        characteristic=row["characteristic"],
        target=target_value(row),
        state=ActionState(row["state"]),
        leads=leads,
        done_on=row["done_on"],
        done_by=row["done_by"],
        done_evidence=row["done_evidence"],
        verified_by=row["verified_by"],
        verified_on=row["verified_on"],
        closed_because=row["closed_because"],
        problems=tuple(row["problems"]),
        created_by=row["created_by"],
        row_version=row["row_version"],
        slips=Slips(times=row["slips"], days=row["slip_days"]),
        is_condition=bool(row["is_condition"]),
        carried_from=row["carried_from_reference"] or "",
        carried_from_id=row["carried_from"],
        objective_id=row["objective_id"],
        passage=row["passage"],
    )
