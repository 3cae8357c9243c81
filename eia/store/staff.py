"""People and departments as they come, change and go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from eia.domain.people import Role
from eia.store.tables import department, person, role_grant, web_session


@dataclass(frozen=True, kw_only=True)
class Held:
    """A role, in one department or in the whole body."""

    id: UUID
    role: Role
    department_id: UUID | None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class StaffMember:
    """A person with the roles they hold, in the body or in their own department."""

    id: UUID
    name: str
    job_title: str
    email: str
    department_id: UUID | None
    active: bool
    roles: tuple[Role, ...]
    has_password: bool = False
    mail_refused_at: datetime | None = None
    mail_refused_because: str = ""
    held: tuple[Held, ...] = ()


def one(connection: Connection, body_id: UUID, person_id: UUID, today: date) -> StaffMember | None:
    """The body's person with this id, and the roles in force on `today`."""
    row = connection.execute(
        select(person).where(person.c.id == person_id, person.c.body_id == body_id)
    ).one_or_none()
    if row is None:
        return None
    rows = connection.execute(
        select(role_grant.c.id, role_grant.c.role, role_grant.c.department_id, role_grant.c.until)
        .where(
            role_grant.c.person_id == person_id,
            or_(role_grant.c.until.is_(None), role_grant.c.until >= today),
        )
        .order_by(role_grant.c.role)
    )
    held = tuple(
        Held(id=each.id, role=Role(each.role), department_id=each.department_id, until=each.until)
        for each in rows
    )
    return StaffMember(
        id=row.id,
        name=row.name,
        job_title=row.job_title,
        email=row.email,
        department_id=row.department_id,
        active=row.active,
        has_password=row.password_hash is not None,
        mail_refused_at=row.mail_refused_at,
        mail_refused_because=row.mail_refused_because,
        roles=tuple(dict.fromkeys(each.role for each in held)),
        held=held,
    )


def address_taken(connection: Connection, email: str, *, but: UUID | None) -> bool:
    """Whether somebody else has this address."""
    others = select(func.count()).where(
        person.c.email == email, person.c.id != but if but else person.c.id.is_not(None)
    )
    return bool(connection.scalar(others))


def replace(connection: Connection, member: StaffMember) -> None:
    """The person as they now are; whoever has left is signed out everywhere, and a new address is tried."""
    connection.execute(
        update(person)
        .where(person.c.id == member.id, person.c.email != member.email)
        .values(mail_refused_at=None, mail_refused_because="")
    )
    connection.execute(
        update(person)
        .where(person.c.id == member.id)
        .values(
            name=member.name,
            job_title=member.job_title,
            email=member.email,
            department_id=member.department_id,
            active=member.active,
        )
    )
    if not member.active:
        connection.execute(delete(web_session).where(web_session.c.person_id == member.id))


def replace_roles(connection: Connection, body_id: UUID, person_id: UUID, held: Iterable[Held]) -> None:
    """The person holds these roles and no others."""
    connection.execute(delete(role_grant).where(role_grant.c.person_id == person_id))
    for each in held:
        connection.execute(
            insert(role_grant).values(
                id=each.id,
                body_id=body_id,
                person_id=person_id,
                role=each.role,
                department_id=each.department_id,
                until=each.until,
            )
        )


def code_taken(connection: Connection, body_id: UUID, code: str) -> bool:
    """Whether references of another department begin with this code."""
    return bool(
        connection.scalar(
            select(func.count()).where(department.c.body_id == body_id, department.c.code == code)
        )
    )
