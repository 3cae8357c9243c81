"""Links by which a reminder is answered without signing in: kept as hashes, each for one answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from eia.store.tables import body, one_use_link


@dataclass(frozen=True, kw_only=True)
class OneUseLink:
    """A link that was sent: to whom, about which action, in which reminder."""

    id: UUID
    body_id: UUID
    person_id: UUID
    action_id: UUID
    reminder_id: UUID
    expires_at: datetime


def bodies(connection: Connection) -> frozenset[UUID]:
    """The bodies that let reminders be answered without signing in."""
    return frozenset(connection.scalars(select(body.c.id).where(body.c.one_use_links)))


def switch(connection: Connection, body_id: UUID, *, on: bool) -> None:
    """From now on they are, or are not; a link that was sent before obeys too."""
    connection.execute(update(body).where(body.c.id == body_id).values(one_use_links=on))


def keep(connection: Connection, links: Mapping[bytes, OneUseLink]) -> None:
    """The links, by the hash of their token, open their actions; one kept already stays as it is."""
    rows = [
        {"token_hash": token_hash, **{name: getattr(link, name) for name in _COLUMNS}}
        for token_hash, link in links.items()
    ]
    if rows:
        connection.execute(_KEEP[connection.dialect.name], rows)


def find(connection: Connection, token_hash: bytes, now: datetime) -> OneUseLink | None:
    """The link with this token, while nobody has used it, it is in time and its body lets links be used."""
    row = connection.execute(
        select(*(one_use_link.c[name] for name in _COLUMNS))
        .join(body, body.c.id == one_use_link.c.body_id)
        .where(one_use_link.c.token_hash == token_hash, one_use_link.c.used_at.is_(None))
        .where(one_use_link.c.expires_at > now, body.c.one_use_links)
    ).one_or_none()
    return OneUseLink(**row._mapping) if row else None


def use(connection: Connection, link_id: UUID, now: datetime) -> bool:
    """The link is spent; False when somebody was quicker."""
    spent = update(one_use_link).where(one_use_link.c.id == link_id, one_use_link.c.used_at.is_(None))
    return connection.execute(spent.values(used_at=now)).rowcount == 1


def forget(connection: Connection, expired_before: datetime) -> int:
    """Links that long ago stopped opening anything are kept no longer; how many those were."""
    gone = delete(one_use_link).where(one_use_link.c.expires_at < expired_before)
    return connection.execute(gone).rowcount


_KEEP = {
    "sqlite": sqlite.insert(one_use_link).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(one_use_link).on_conflict_do_nothing(),
}
_COLUMNS = ("id", "body_id", "person_id", "action_id", "reminder_id", "expires_at")
