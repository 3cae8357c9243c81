"""Addresses that take no mail, and the offices that mail is sent from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select, update

from eia.domain.reminder_choices import ReminderChoices
from eia.store import reminder_choices
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


@dataclass(frozen=True, kw_only=True)
class Office:
    """A body as mail leaves it: whose bank holidays it keeps, and its hours when it chose some."""

    body_id: UUID
    nation: str
    choices: ReminderChoices | None


def offices(connection: Connection) -> tuple[Office, ...]:
    """Every body."""
    chosen = reminder_choices.of_bodies(connection)
    rows = connection.execute(select(body.c.id, body.c.nation))
    return tuple(Office(body_id=row.id, nation=row.nation, choices=chosen.get(row.id)) for row in rows)
