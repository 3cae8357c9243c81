"""What somebody leaves behind when they go."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, func, select

from eia.domain.people import Role
from eia.store.tables import action, action_lead, assessment, assignment, party


class Named(NamedTuple):
    """A name or post in plans whose mail reaches the person, and how many open actions it leads."""

    id: UUID
    name: str
    open_actions: int


class Held(NamedTuple):
    """An open assessment on which the person holds a role."""

    assessment_id: UUID
    reference: str
    title: str
    role: Role


def names(connection: Connection, body_id: UUID, person_id: UUID) -> tuple[Named, ...]:
    """Every name that is theirs, the ones with most to do first."""
    is_open = (action.c.id == action_lead.c.action_id) & (action.c.state == "open")
    count = func.count(action.c.id)
    rows = connection.execute(
        select(party.c.id, party.c.name, count)
        .outerjoin(action_lead, action_lead.c.party_id == party.c.id)
        .outerjoin(action, is_open)
        .where(party.c.body_id == body_id, party.c.holder_id == person_id, party.c.confirmed)
        .group_by(party.c.id, party.c.name)
        .order_by(count.desc(), party.c.name)
    )
    return tuple(Named(*row) for row in rows)


def assessments(connection: Connection, person_id: UUID) -> tuple[Held, ...]:
    """The open assessments that they lead or are the champion of, by reference."""
    rows = connection.execute(
        select(assessment.c.id, assessment.c.reference, assessment.c.title, assignment.c.role)
        .join(assignment, assignment.c.assessment_id == assessment.c.id)
        .where(assignment.c.person_id == person_id, assessment.c.is_open)
        .where(assignment.c.role.in_((Role.LEAD, Role.CHAMPION)))
        .order_by(assessment.c.reference, assignment.c.role)
    )
    return tuple(Held(*row[:3], Role(row[3])) for row in rows)
