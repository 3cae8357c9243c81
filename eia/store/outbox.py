"""Words owed to people: leased in batches, intended before they go, settled after, fenced by the attempt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, func, insert, or_, select, text, update

from eia.domain.errors import NotFound
from eia.store.tables import mail_hold, outbox, person, reminder

WAITING = ("pending", "retry_wait")
LEASED = ("claimed", "intended")


@dataclass(frozen=True, kw_only=True)
class OutboxItem:
    """One mail owed to one person; `payload` holds ids, and from its first intent the words as sent."""

    id: UUID
    body_id: UUID
    recipient_id: UUID
    recipient_name: str
    recipient_email: str
    language: str
    recipient_active: bool
    kind: str
    day: date
    state: str
    payload: Mapping[str, Any]
    message_id: str
    attempt: int
    error: str
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class DigestReminder:
    """A reminder that a digest carries."""

    id: UUID
    subject_kind: str
    subject_id: UUID
    rule: str
    occurrence: date


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Why no mail goes, and since when."""

    reason: str
    since: datetime


def open_digests(connection: Connection) -> dict[UUID, UUID]:
    """Recipients with a digest that has not begun to go, and its id; the oldest where there are several."""
    rows = connection.execute(
        select(outbox.c.recipient_id, outbox.c.id)
        .where(_UNSENT, outbox.c.state.in_(WAITING), outbox.c.kind == "digest")
        .where(outbox.c.message_id == "")
        .order_by(outbox.c.created_at.desc())
    )
    return {row.recipient_id: row.id for row in rows}


def of_day(connection: Connection, day: date) -> frozenset[UUID]:
    """Every mail of the day."""
    return frozenset(connection.scalars(select(outbox.c.id).where(outbox.c.day == day)))


def add_digests(
    connection: Connection, digests: Iterable[tuple[UUID, UUID, UUID]], *, day: date, now: datetime
) -> None:
    """A pending digest for each (id, body, recipient)."""
    rows = [
        {
            "id": digest_id,
            "body_id": body_id,
            "recipient_id": recipient_id,
            "kind": "digest",
            "day": day,
            "state": "pending",
            "payload": {},
            "message_id": "",
            "attempt": 0,
            "due_at": now,
            "error": "",
            "created_at": now,
        }
        for digest_id, body_id, recipient_id in digests
    ]
    if rows:
        connection.execute(insert(outbox), rows)


def lease(connection: Connection, now: datetime, until: datetime, limit: int) -> tuple[OutboxItem, ...]:
    """Up to `limit` unsent mails due at `now`, oldest first, ours alone until `until`.

    One whose lease ran out is taken again, with or without an intent: a copy carries the same Message-ID.
    """
    due = or_(
        outbox.c.state.in_(WAITING) & (outbox.c.due_at <= now),
        outbox.c.state.in_(LEASED) & (outbox.c.lease_until < now),
    )
    ids = connection.scalars(
        select(outbox.c.id)
        .where(_UNSENT, due)
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(ids))
        .values(state="claimed", lease_until=until, attempt=outbox.c.attempt + 1)
    )
    rows = connection.execute(_ITEMS.where(outbox.c.id.in_(ids)).order_by(outbox.c.due_at, outbox.c.id))
    return tuple(_item(row) for row in rows.mappings())


def intend(
    connection: Connection, item: OutboxItem, *, payload: Mapping[str, Any], message_id: str, until: datetime
) -> bool:
    """Say, before it goes, exactly what will go; False when somebody else has taken it since."""
    return _settle(
        connection, item, state="intended", payload=dict(payload), message_id=message_id, lease_until=until
    )


def sent(connection: Connection, item: OutboxItem, now: datetime) -> bool:
    """It went."""
    return _settle(connection, item, state="sent", sent_at=now, lease_until=None, error="")


def wait(connection: Connection, item: OutboxItem, *, due_at: datetime, error: str) -> bool:
    """It may go later."""
    return _settle(connection, item, state="retry_wait", due_at=due_at, lease_until=None, error=error)


def give_back(connection: Connection, item: OutboxItem) -> bool:
    """It was not tried: as though it had never been leased."""
    return _settle(connection, item, state="pending", lease_until=None, attempt=max(0, item.attempt - 1))


def end(connection: Connection, item: OutboxItem, state: str, error: str = "") -> bool:
    """It will not go: failed, or cancelled since nothing in it holds any more."""
    return _settle(connection, item, state=state, lease_until=None, error=error)


def _settle(connection: Connection, item: OutboxItem, **values: object) -> bool:
    result = connection.execute(
        update(outbox)
        .where(outbox.c.id == item.id, outbox.c.attempt == item.attempt, outbox.c.state.in_(LEASED))
        .values(**values)
    )
    return result.rowcount == 1


def reminders_of(connection: Connection, outbox_id: UUID) -> tuple[DigestReminder, ...]:
    """The queued reminders that a digest carries."""
    rows = connection.execute(
        select(reminder).where(reminder.c.outbox_id == outbox_id, reminder.c.state == "queued")
    )
    return tuple(
        DigestReminder(
            id=row.id,
            subject_kind=row.subject_kind,
            subject_id=row.subject_id,
            rule=row.rule,
            occurrence=row.occurrence,
        )
        for row in rows
    )


def of_body(
    connection: Connection,
    body_id: UUID,
    *,
    recipient_id: UUID | None,
    limit: int,
    before: tuple[datetime, UUID] | None,
) -> tuple[OutboxItem, ...]:
    """The body's mails, or one person's, newest first, from the one behind `before` (made at, id).

    A sweep makes all its digests in one moment, so the moment alone would not say where a page ended.
    """
    query = _ITEMS.where(outbox.c.body_id == body_id, outbox.c.state != "cancelled")
    if recipient_id is not None:
        query = query.where(outbox.c.recipient_id == recipient_id)
    if before is not None:
        at, last_id = before
        same_moment = (outbox.c.created_at == at) & (outbox.c.id < last_id)
        query = query.where(or_(outbox.c.created_at < at, same_moment))
    rows = connection.execute(query.order_by(outbox.c.created_at.desc(), outbox.c.id.desc()).limit(limit))
    return tuple(_item(row) for row in rows.mappings())


def one(connection: Connection, body_id: UUID, outbox_id: UUID) -> OutboxItem:
    """The mail; `NotFound` when the body has none with this id."""
    row = (
        connection.execute(_ITEMS.where(outbox.c.id == outbox_id, outbox.c.body_id == body_id))
        .mappings()
        .first()
    )
    if row is None:
        raise NotFound
    return _item(row)


def current_hold(connection: Connection) -> Hold | None:
    """Why mail is on hold, or None when it goes."""
    row = connection.execute(
        select(mail_hold).where(mail_hold.c.released_at.is_(None)).order_by(mail_hold.c.since).limit(1)
    ).first()
    return None if row is None else Hold(reason=row.reason, since=row.since)


def hold(connection: Connection, hold_id: UUID, reason: str, now: datetime) -> None:
    """No mail goes from now on, until a person says so."""
    connection.execute(insert(mail_hold).values(id=hold_id, reason=reason, since=now, released_because=""))


def release(connection: Connection, *, by: UUID, because: str, now: datetime) -> int:
    """Every hold ends; how many there were."""
    result = connection.execute(
        update(mail_hold)
        .where(mail_hold.c.released_at.is_(None))
        .values(released_by=by, released_because=because, released_at=now)
    )
    return result.rowcount


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """What has not gone."""

    pending: int
    oldest: datetime | None
    failed: int


def backlog(connection: Connection) -> Backlog:
    """What waits, since when, and what failed for good."""
    waiting = connection.execute(select(func.count(), func.min(outbox.c.created_at)).where(_UNSENT)).one()
    failed = connection.scalar(select(func.count()).where(outbox.c.state == "failed")) or 0
    return Backlog(pending=waiting[0], oldest=waiting[1], failed=failed)


def _item(row: RowMapping) -> OutboxItem:
    return OutboxItem(
        id=row["id"],
        body_id=row["body_id"],
        recipient_id=row["recipient_id"],
        recipient_name=row["name"],
        recipient_email=row["email"],
        language=row["language"],
        recipient_active=row["active"],
        kind=row["kind"],
        day=row["day"],
        state=row["state"],
        payload=row["payload"],
        message_id=row["message_id"],
        attempt=row["attempt"],
        error=row["error"],
        created_at=row["created_at"],
        sent_at=row["sent_at"],
    )


# The partial index serves only a condition with the very constants it was made with, never bound values.
_UNSENT = text("outbox.state IN ('pending', 'retry_wait', 'claimed', 'intended')")
_ITEMS = select(outbox, person.c.name, person.c.email, person.c.language, person.c.active).join(
    person, person.c.id == outbox.c.recipient_id
)
