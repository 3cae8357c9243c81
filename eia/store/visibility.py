"""The policy as one condition, so that a list shows exactly what the check would let through."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from eia.domain.people import Actor, Role
from eia.domain.policy import TABLE, Permission, Reach
from eia.store.tables import action, action_lead, assessment, assignment, party


def visible(actor: Actor, permission: Permission, today: date) -> ColumnElement[bool]:
    """True of the rows of `assessment` on which the actor has the permission on `today`."""
    reaches: list[ColumnElement[bool]] = []
    standing = _standing(actor, permission, today)
    if Reach.BODY in {reach for reach, _ in standing}:
        return assessment.c.body_id == actor.body_id
    if departments := {where for reach, where in standing if reach is Reach.DEPARTMENT and where}:
        reaches.append(assessment.c.department_id.in_(sorted(departments, key=str)))
    if roles := [role for role, reach in TABLE[permission].items() if reach is Reach.ASSIGNED]:
        reaches.append(assigned_to(actor, roles))
    if Reach.OWN_ACTION in TABLE[permission].values():
        reaches.append(leads_an_action_of(actor))
    return and_(assessment.c.body_id == actor.body_id, or_(false(), *reaches))


def assigned_to(actor: Actor, roles: list[Role]) -> ColumnElement[bool]:
    """True of the assessments to which the actor is assigned in one of the roles."""
    mine = select(assignment.c.assessment_id).where(
        assignment.c.person_id == actor.id, assignment.c.role.in_(sorted(roles))
    )
    return assessment.c.id.in_(mine)


def leads_an_action_of(actor: Actor) -> ColumnElement[bool]:
    """True of the assessments with an action that a confirmed match makes the actor lead."""
    mine = (
        select(action.c.assessment_id)
        .join(action_lead, action_lead.c.action_id == action.c.id)
        .join(party, party.c.id == action_lead.c.party_id)
        .where(
            party.c.holder_id == actor.id,
            party.c.confirmed,
            action_lead.c.role.in_(("lead", "joint")),
            action.c.assessment_id.is_not(None),
        )
    )
    return assessment.c.id.in_(mine)


def leads_action(actor: Actor) -> ColumnElement[bool]:
    """True of the rows of `action` that a confirmed match makes the actor lead."""
    return exists().where(
        action_lead.c.action_id == action.c.id,
        action_lead.c.role.in_(("lead", "joint")),
        party.c.id == action_lead.c.party_id,
        party.c.holder_id == actor.id,
        party.c.confirmed,
    )


def _standing(actor: Actor, permission: Permission, today: date) -> set[tuple[Reach, object]]:
    table = TABLE[permission]
    return {
        (table[grant.role], grant.department_id)
        for grant in actor.grants
        if grant.role in table and grant.holds_on(today)
    }
