"""Links by which a person sets a password: kept as hashes, good for one use and for some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from eia.store.tables import person, web_session, welcome


@dataclass(frozen=True, kw_only=True)
class Welcomed:
    """Whom a link is for."""

    person_id: UUID
    body_id: UUID


def add(connection: Connection, token_hash: bytes, person_id: UUID, expires_at: datetime) -> None:
    """A new link for the person; an earlier one opens nothing any more."""
    connection.execute(delete(welcome).where(welcome.c.person_id == person_id))
    connection.execute(
        insert(welcome).values(token_hash=token_hash, person_id=person_id, expires_at=expires_at)
    )


def whose(connection: Connection, token_hash: bytes, now: datetime) -> Welcomed | None:
    """The active person whom the link is for, while it is good."""
    row = connection.execute(
        select(person.c.id, person.c.body_id)
        .join(welcome, person.c.id == welcome.c.person_id)
        .where(welcome.c.token_hash == token_hash, welcome.c.expires_at > now, person.c.active)
    ).one_or_none()
    return Welcomed(person_id=row.id, body_id=row.body_id) if row else None


def use(connection: Connection, person_id: UUID, password_hash: str) -> None:
    """The password is set, the link is spent, and every browser has to sign in anew."""
    connection.execute(update(person).where(person.c.id == person_id).values(password_hash=password_hash))
    connection.execute(delete(welcome).where(welcome.c.person_id == person_id))
    connection.execute(delete(web_session).where(web_session.c.person_id == person_id))
