"""Whose plans somebody may see: the whole body's, or those of departments that are theirs."""

from __future__ import annotations

from uuid import UUID

from eia.domain.errors import NotFound
from eia.domain.people import Actor
from eia.domain.policy import Permission, Subject, departments, may
from eia.store.plans import Plan


def visible_departments(actor: Actor) -> list[UUID] | None:
    """The departments whose plans the actor may see; None: every one's."""
    if may(actor, Permission.VIEW_PLAN, Subject(body_id=actor.body_id)):
        return None
    own = {actor.department_id} if actor.department_id else set()
    return sorted(departments(actor, Permission.VIEW_PLAN) | own)


def may_see_plan(actor: Actor, department_id: UUID | None) -> bool:
    """Whether the plans of this department are the actor's to see."""
    visible = visible_departments(actor)
    return visible is None or department_id in visible


def must_see_plan(actor: Actor, plan: Plan | None) -> Plan:
    """The same plan, known to be there for the actor. Raises `NotFound`."""
    if plan is None or not may_see_plan(actor, plan.department_id):
        raise NotFound
    return plan
