"""The policy as one condition, so that a list shows exactly what the check would let through."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select

from eia.domain.people import Actor, Grant, Role
from eia.domain.policy import TABLE, Permission, Reach
from eia.store.tables import action, action_lead, assessment, assignment, party, plan

ACTION_DEPARTMENT: ColumnElement[UUID] = func.coalesce(assessment.c.department_id, plan.c.department_id)
"""Whose an action is: its assessment's department, or its plan's."""


def visible(actor: Actor, permission: Permission, today: date) -> ColumnElement[bool]:
    """True of the rows of `assessment` on which the actor has the permission on `today`."""
    of_body = assessment.c.body_id == actor.body_id
    if reaches_all(actor, permission, today):
        return of_body
    ways = (in_role(actor, role, permission, today) for role in TABLE[permission])
    return and_(of_body, or_(false(), *ways))


def visible_actions(actor: Actor, permission: Permission, today: date) -> ColumnElement[bool]:
    """As `visible`, of the rows of `action`; their plan and assessment are joined to them."""
    of_body = action.c.body_id == actor.body_id
    if reaches_all(actor, permission, today):
        return of_body
    ways = (_with_action(actor, role, permission, today) for role in TABLE[permission])
    return and_(of_body, or_(false(), *ways))


def reaches_all(actor: Actor, permission: Permission, today: date) -> bool:
    """Whether the actor has the permission on everything the body has: nothing else need be asked."""
    return any(
        TABLE[permission].get(grant.role) is Reach.BODY and grant.holds_on(today) for grant in actor.grants
    )


def in_role(actor: Actor, role: Role, permission: Permission, today: date) -> ColumnElement[bool]:
    """True of the rows of `assessment` on which this role of the actor carries the permission."""
    match TABLE[permission].get(role):
        case Reach.BODY if _in_force(actor, role, today):
            return assessment.c.body_id == actor.body_id
        case Reach.DEPARTMENT:
            return assessment.c.department_id.in_(_departments(actor, role, today))
        case Reach.ASSIGNED:
            return assigned_as(actor, role)
        case Reach.OWN_ACTION:
            return leads_an_action_of(actor)
    return false()


def _with_action(actor: Actor, role: Role, permission: Permission, today: date) -> ColumnElement[bool]:
    """As `in_role`, of the rows of `action`."""
    match TABLE[permission].get(role):
        case Reach.DEPARTMENT:
            return ACTION_DEPARTMENT.in_(_departments(actor, role, today))
        case Reach.OWN_ACTION:
            return has_a_part_in(actor)
    return in_role(actor, role, permission, today)


def _in_force(actor: Actor, role: Role, today: date) -> list[Grant]:
    return [grant for grant in actor.grants if grant.role is role and grant.holds_on(today)]


def _departments(actor: Actor, role: Role, today: date) -> set[UUID]:
    return {grant.department_id for grant in _in_force(actor, role, today) if grant.department_id}


def assigned_as(actor: Actor, *roles: Role) -> ColumnElement[bool]:
    """True of the assessments to which the actor is assigned in one of the roles."""
    mine = select(assignment.c.assessment_id).where(
        assignment.c.person_id == actor.id, assignment.c.role.in_(roles)
    )
    return assessment.c.id.in_(mine)


def leads_an_action_of(actor: Actor) -> ColumnElement[bool]:
    """True of the assessments with an action that the actor leads."""
    mine = select(action.c.assessment_id).where(action.c.assessment_id.is_not(None), leads_action(actor))
    return assessment.c.id.in_(mine)


def leads_action(actor: Actor) -> ColumnElement[bool]:
    """True of the rows of `action` that a confirmed match makes the actor lead, alone or jointly."""
    return exists().where(*_part_of(actor), action_lead.c.role.in_(("lead", "joint")))


def has_a_part_in(actor: Actor) -> ColumnElement[bool]:
    """True of the rows of `action` in which a confirmed match gives the actor a part, whatever it is."""
    return exists().where(*_part_of(actor))


def _part_of(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        action_lead.c.action_id == action.c.id,
        party.c.id == action_lead.c.party_id,
        party.c.holder_id == actor.id,
        party.c.confirmed,
    )
