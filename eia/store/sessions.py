"""Who is signed in: one row for each browser, found by the hash of what its cookie holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from eia.domain.people import Actor
from eia.store.people import PERSON_COLUMNS, Body, actor_of
from eia.store.tables import body, instance, person, web_session


@dataclass(frozen=True, kw_only=True)
class KeptSession:
    """A signed-in browser, with whoever sits at it. Times are aware UTC."""

    actor: Actor
    body: Body
    is_demo: bool
    signed_in_at: datetime
    last_seen_at: datetime
    confirmed_at: datetime
    csrf_secret: str


_FIND = (
    select(
        *PERSON_COLUMNS,
        web_session.c.signed_in_at,
        web_session.c.last_seen_at,
        web_session.c.confirmed_at,
        web_session.c.csrf_secret,
        body.c.name.label("body_name"),
        body.c.nation,
        body.c.theme,
        select(instance.c.kind).limit(1).scalar_subquery().label("instance_kind"),
    )
    .join(person, person.c.id == web_session.c.person_id)
    .join(body, body.c.id == person.c.body_id)
    .where(web_session.c.token_hash == bindparam("token_hash"), person.c.active)
)


def find(connection: Connection, token_hash: bytes, today: date) -> KeptSession | None:
    """The session with this token, whatever its age, with the person's grants in force on `today`."""
    row = connection.execute(_FIND, {"token_hash": token_hash}).one_or_none()
    if row is None:
        return None
    return KeptSession(
        actor=actor_of(connection, row, today),
        body=Body(id=row.body_id, name=row.body_name, nation=row.nation, theme=row.theme),
        is_demo=row.instance_kind == "demo",
        signed_in_at=row.signed_in_at,
        last_seen_at=row.last_seen_at,
        confirmed_at=row.confirmed_at,
        csrf_secret=row.csrf_secret,
    )


def add(connection: Connection, token_hash: bytes, person_id: UUID, csrf_secret: str, now: datetime) -> None:
    """Keeps a new session that began at `now`."""
    connection.execute(
        insert(web_session).values(
            token_hash=token_hash,
            person_id=person_id,
            signed_in_at=now,
            last_seen_at=now,
            confirmed_at=now,
            csrf_secret=csrf_secret,
        )
    )


def see(connection: Connection, token_hash: bytes, now: datetime) -> None:
    """Notes that the session was used at `now`."""
    _change(connection, token_hash, last_seen_at=now)


def confirm(connection: Connection, token_hash: bytes, now: datetime) -> None:
    """Notes that whoever sits there proved at `now` who they are."""
    _change(connection, token_hash, last_seen_at=now, confirmed_at=now)


def end(connection: Connection, token_hash: bytes) -> None:
    """Forgets the session."""
    connection.execute(delete(web_session).where(web_session.c.token_hash == token_hash))


def end_old(connection: Connection, *, begun_before: datetime, unseen_since: datetime) -> None:
    """Forgets the sessions that have run out."""
    connection.execute(
        delete(web_session).where(
            or_(web_session.c.signed_in_at < begun_before, web_session.c.last_seen_at < unseen_since)
        )
    )


def _change(connection: Connection, token_hash: bytes, **times: datetime) -> None:
    connection.execute(update(web_session).where(web_session.c.token_hash == token_hash).values(**times))
