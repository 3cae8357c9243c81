"""The rows without which nobody can sign in: the installation, a body, its departments, people and grants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import Connection, func, insert, select

from eia.domain.people import Role
from eia.store.tables import body, department, instance, person, role_grant


@dataclass(frozen=True, kw_only=True)
class NewBody:
    """A council or other authority."""

    id: UUID
    name: str
    nation: str = "england"
    workflow: str = "england-2"
    theme: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """Somebody of a body; without a hash they cannot sign in with a password."""

    id: UUID
    body_id: UUID
    name: str
    job_title: str
    email: str
    department_id: UUID | None = None
    password_hash: str | None = None
    language: str = "en"


def kind(connection: Connection) -> str | None:
    """Whether it is "demo" or "live"; None before anybody has begun."""
    return connection.scalar(select(instance.c.kind).limit(1))


def clock(connection: Connection) -> datetime | None:
    """What the database's own clock says; None for SQLite, which has the clock of this machine."""
    if connection.dialect.name == "sqlite":
        return None
    said: datetime | None = connection.scalar(select(func.clock_timestamp()))
    return said


def begin(connection: Connection, instance_id: UUID, kind: str, now: datetime) -> None:
    """The database is of this kind for good."""
    connection.execute(insert(instance).values(id=instance_id, kind=kind, created_at=now))


def add_body(connection: Connection, new: NewBody) -> None:
    """A body under a slug made of its name."""
    slug = "-".join("".join(each if each.isalnum() else " " for each in new.name.lower()).split())
    connection.execute(
        insert(body).values(
            id=new.id,
            slug=slug[:60],
            name=new.name,
            nation=new.nation,
            workflow=new.workflow,
            theme=dict(new.theme),
        )
    )


def add_department(connection: Connection, body_id: UUID, department_id: UUID, code: str, name: str) -> None:
    """A department; references of its assessments begin with the code."""
    connection.execute(insert(department).values(id=department_id, body_id=body_id, code=code, name=name))


def add_person(connection: Connection, new: NewPerson) -> None:
    """A person; their address is kept in lower case, as it is compared."""
    connection.execute(
        insert(person).values(
            id=new.id,
            body_id=new.body_id,
            department_id=new.department_id,
            name=new.name,
            job_title=new.job_title,
            email=new.email.strip().lower(),
            language=new.language,
            password_hash=new.password_hash,
        )
    )


def grant(
    connection: Connection,
    grant_id: UUID,
    body_id: UUID,
    person_id: UUID,
    role: Role,
    *,
    department_id: UUID | None = None,
    until: date | None = None,
) -> None:
    """A role in the whole body or in one department, to the end of `until`."""
    connection.execute(
        insert(role_grant).values(
            id=grant_id,
            body_id=body_id,
            person_id=person_id,
            role=role,
            department_id=department_id,
            until=until,
        )
    )
