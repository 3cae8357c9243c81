"""People, what they hold, and the body they work for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, or_, select, update

from eia.domain.people import Actor, Grant, Role
from eia.store.tables import body, department, instance, person, role_grant


@dataclass(frozen=True, kw_only=True)
class Body:
    """A council or other authority, as pages need it."""

    id: UUID
    name: str
    nation: str
    theme: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Account:
    """What a sign-in is checked against."""

    person_id: UUID
    password_hash: str | None


@dataclass(frozen=True, kw_only=True)
class Department:
    """A part of a body."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class ListedPerson:
    """A person as a list of people shows them."""

    id: UUID
    name: str
    job_title: str
    email: str
    department: str
    active: bool
    grants: tuple[tuple[Role, str], ...]  # with the department's name, "" for the whole body


PERSON_COLUMNS = (
    person.c.id,
    person.c.body_id,
    person.c.name,
    person.c.job_title,
    person.c.email,
    person.c.department_id,
    person.c.language,
)

_GRANTS = select(role_grant.c.role, role_grant.c.department_id, role_grant.c.until).where(
    role_grant.c.person_id == bindparam("person_id"),
    or_(role_grant.c.until.is_(None), role_grant.c.until >= bindparam("today")),
)
_PERSON = select(*PERSON_COLUMNS).where(person.c.id == bindparam("person_id"), person.c.active)
_ACCOUNT = select(person.c.id, person.c.password_hash).where(
    person.c.email == bindparam("email"), person.c.active
)


def actor_of(connection: Connection, row: Row[*tuple[Any, ...]], today: date) -> Actor:
    """The person of a row that holds `PERSON_COLUMNS`, with the grants in force on `today`."""
    grants = connection.execute(_GRANTS, {"person_id": row.id, "today": today})
    return Actor(
        id=row.id,
        body_id=row.body_id,
        name=row.name,
        job_title=row.job_title,
        email=row.email,
        department_id=row.department_id,
        language=row.language,
        grants=tuple(
            Grant(role=Role(grant.role), department_id=grant.department_id, until=grant.until)
            for grant in grants
        ),
    )


def actor(connection: Connection, person_id: UUID, today: date) -> Actor | None:
    """The person with the grants in force on `today`; None when there is nobody, or nobody any more."""
    row = connection.execute(_PERSON, {"person_id": person_id}).one_or_none()
    return actor_of(connection, row, today) if row else None


def account(connection: Connection, email: str) -> Account | None:
    """The account with this address, which is compared in lower case as it is kept."""
    row = connection.execute(_ACCOUNT, {"email": email.strip().lower()}).one_or_none()
    return Account(person_id=row.id, password_hash=row.password_hash) if row else None


def password_hash(connection: Connection, person_id: UUID) -> str | None:
    """What a person's password is checked against."""
    return connection.scalar(select(person.c.password_hash).where(person.c.id == person_id))


def is_demo(connection: Connection) -> bool:
    """Whether this database was made as a demo."""
    return connection.scalar(select(instance.c.kind)) == "demo"


def only_body(connection: Connection) -> Body | None:
    """The body of an installation that serves one; None when it serves several."""
    rows = connection.execute(select(body).limit(2)).all()
    return body_of(rows[0]) if len(rows) == 1 else None


def body_of(row: Row[*tuple[Any, ...]]) -> Body:
    """The body of a row that holds its columns."""
    return Body(id=row.id, name=row.name, nation=row.nation, theme=row.theme)


def find_body(connection: Connection, body_id: UUID) -> Body:
    """The body with this id."""
    return body_of(connection.execute(select(body).where(body.c.id == body_id)).one())


def change_body(connection: Connection, body_id: UUID, name: str, theme: Mapping[str, str]) -> None:
    """The body under this name and in these colours."""
    connection.execute(update(body).where(body.c.id == body_id).values(name=name, theme=dict(theme)))


def departments(connection: Connection, body_id: UUID) -> tuple[Department, ...]:
    """A body's departments, by name."""
    rows = connection.execute(
        select(department).where(department.c.body_id == body_id).order_by(department.c.name)
    )
    return tuple(Department(id=row.id, code=row.code, name=row.name) for row in rows)


def people(connection: Connection, body_id: UUID, today: date) -> tuple[ListedPerson, ...]:
    """Everybody of a body by name, with the roles they hold on `today`."""
    rows = connection.execute(
        select(person, department.c.name.label("department"))
        .outerjoin(department, department.c.id == person.c.department_id)
        .where(person.c.body_id == body_id)
        .order_by(person.c.name, person.c.id)
    ).all()
    held = _grants_by_person(connection, body_id, today)
    return tuple(_listed(row, held[row.id]) for row in rows)


def _grants_by_person(
    connection: Connection, body_id: UUID, today: date
) -> Mapping[UUID, list[tuple[Role, str]]]:
    rows = connection.execute(
        select(role_grant.c.person_id, role_grant.c.role, department.c.name.label("department"))
        .outerjoin(department, department.c.id == role_grant.c.department_id)
        .where(
            role_grant.c.body_id == body_id,
            or_(role_grant.c.until.is_(None), role_grant.c.until >= today),
        )
        .order_by(role_grant.c.role)
    )
    held: dict[UUID, list[tuple[Role, str]]] = defaultdict(list)
    for row in rows:
        held[row.person_id].append((Role(row.role), row.department or ""))
    return held


def _listed(row: Row[*tuple[Any, ...]], grants: Iterable[tuple[Role, str]]) -> ListedPerson:
    return ListedPerson(
        id=row.id,
        name=row.name,
        job_title=row.job_title,
        email=row.email,
        department=row.department or "",
        active=row.active,
        grants=tuple(grants),
    )
