"""What stops all mail, until a person lets it go or until its time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, or_, select, update

from eia.domain.mail_hold import HoldKind
from eia.store.tables import mail_hold


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Why no mail goes, and since when; `detail` is what whoever releases it accepts."""

    kind: HoldKind
    reason: str
    since: datetime
    until: datetime | None = None
    detail: str = ""


def current(connection: Connection, now: datetime) -> Hold | None:
    """Why mail does not go at `now`: what only a person ends comes before what ends by itself."""
    row = connection.execute(
        select(mail_hold)
        .where(mail_hold.c.released_at.is_(None), or_(mail_hold.c.until.is_(None), mail_hold.c.until > now))
        .order_by(mail_hold.c.until.is_not(None), mail_hold.c.since)
        .limit(1)
    ).first()
    return None if row is None else _hold(row)


def add(connection: Connection, hold_id: UUID, hold: Hold) -> None:
    """No mail goes from now on."""
    connection.execute(
        insert(mail_hold).values(
            id=hold_id,
            kind=hold.kind.value,
            reason=hold.reason,
            detail=hold.detail,
            since=hold.since,
            until=hold.until,
            released_because="",
        )
    )


def unreleased(connection: Connection) -> tuple[Hold, ...]:
    """Every hold that only a person ends, oldest first."""
    rows = connection.execute(
        select(mail_hold)
        .where(mail_hold.c.released_at.is_(None), mail_hold.c.until.is_(None))
        .order_by(mail_hold.c.since)
    )
    return tuple(map(_hold, rows))


def release(connection: Connection, *, by: UUID, because: str, now: datetime) -> int:
    """Every hold ends; how many there were."""
    result = connection.execute(
        update(mail_hold)
        .where(mail_hold.c.released_at.is_(None))
        .values(released_by=by, released_because=because, released_at=now)
    )
    return result.rowcount


def clock_accepted(connection: Connection) -> datetime | None:
    """When a person last said that the clock is right."""
    return connection.scalar(
        select(mail_hold.c.released_at)
        .where(mail_hold.c.kind == HoldKind.CLOCK.value, mail_hold.c.released_at.is_not(None))
        .order_by(mail_hold.c.released_at.desc())
        .limit(1)
    )


def _hold(row: Row[Any]) -> Hold:
    return Hold(
        kind=HoldKind(row.kind), reason=row.reason, since=row.since, until=row.until, detail=row.detail
    )
