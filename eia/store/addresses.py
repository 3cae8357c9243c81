"""Addresses that take no mail, and the offices that mail is sent from."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select, update

from eia.store.tables import body, person


def refuse(connection: Connection, person_id: UUID, *, because: str, now: datetime) -> None:
    """The person's address takes no mail; since when is kept from the first time."""
    connection.execute(
        update(person)
        .where(person.c.id == person_id, person.c.mail_refused_at.is_(None))
        .values(mail_refused_at=now, mail_refused_because=because)
    )


def accept(connection: Connection, person_id: UUID) -> None:
    """Mail reaches the person, or is to be tried again."""
    connection.execute(
        update(person).where(person.c.id == person_id).values(mail_refused_at=None, mail_refused_because="")
    )


def department_of(connection: Connection, person_id: UUID) -> UUID | None:
    """The department that the person works in."""
    return connection.scalar(select(person.c.department_id).where(person.c.id == person_id))


def nations(connection: Connection) -> dict[UUID, str]:
    """Every body, and whose bank holidays it keeps."""
    return {row.id: row.nation for row in connection.execute(select(body.c.id, body.c.nation))}
