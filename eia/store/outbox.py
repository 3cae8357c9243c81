"""Words owed to people: leased in batches, intended before they go, settled after, fenced by the attempt.

    pending -> claimed -> intended -> sent
    retry_wait   it may go later            failed     it will not be taken
    held         mail is on hold            expired    72 hours of trying are over
    cancelled    nothing in it holds        in_doubt   it may have gone, and a person says

Whoever leased a mail may settle it as long as nobody leased it since: `attempt` is the fence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    TextClause,
    bindparam,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from eia import correlation
from eia.domain.errors import NotFound
from eia.domain.mail import GIVE_UP
from eia.store.prepared import Prepared, run
from eia.store.tables import outbox, person, reminder

WAITING = ("pending", "retry_wait")
LEASED = ("claimed", "intended")
UNSETTLED = ("held", "failed", "expired", "in_doubt")


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
    address_refused: bool
    kind: str
    day: date
    state: str
    payload: Mapping[str, Any]
    message_id: str
    attempt: int
    tries: int
    tried_since: datetime | None
    error: str
    closed_because: str
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
    recipient_id: UUID  # whom it is for; another gets the mail while they are away


def open_digests(connection: Connection) -> dict[UUID, UUID]:
    """Recipients with a digest that has not begun to go, and its id; the oldest where there are several."""
    rows = connection.execute(
        select(outbox.c.recipient_id, outbox.c.id)
        .where(_UNSENT_OR_HELD, outbox.c.state.in_((*WAITING, "held")), outbox.c.kind == "digest")
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
            "payload": because_of(),
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


def because_of() -> dict[str, str]:
    """What a new mail keeps of the request or the round that owes it."""
    about = correlation.current()
    return {"correlation": about} if about else {}


def lease(
    connection: Connection,
    now: datetime,
    until: datetime,
    limit: int,
    *,
    bodies: Collection[UUID] | None = None,
) -> tuple[OutboxItem, ...]:
    """Up to `limit` unsent mails of the bodies due at `now`, oldest first, ours alone until `until`.

    One whose lease ran out is taken again, with or without an intent: a copy carries the same Message-ID.
    """
    due = or_(
        outbox.c.state.in_(WAITING) & (outbox.c.due_at <= now),
        outbox.c.state.in_(LEASED) & (outbox.c.lease_until < now),
    )
    query = select(outbox.c.id).where(_UNSENT, due)
    if bodies is not None:
        query = query.where(outbox.c.body_id.in_(bodies))
    ids = connection.scalars(
        query.order_by(outbox.c.due_at, outbox.c.id).limit(limit).with_for_update(skip_locked=True)
    ).all()
    if not ids:
        return ()
    connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(ids))
        .values(state="claimed", lease_until=until, attempt=outbox.c.attempt + 1)
    )
    rows = connection.execute(_ITEMS.where(outbox.c.id.in_(ids)).order_by(outbox.c.due_at, outbox.c.id))
    return tuple(_item(row) for row in rows.mappings())


def doubt(connection: Connection, now: datetime) -> int:
    """Mails that may have gone before somebody's lease ran out wait for a person; how many there were."""
    result = connection.execute(
        update(outbox)
        .where(_UNSENT, outbox.c.state == "intended", outbox.c.lease_until < now)
        .values(state="in_doubt", lease_until=None, error=CUT_SHORT)
    )
    return result.rowcount


def set_aside(connection: Connection, now: datetime) -> None:
    """What waits is held, and what nobody works on any more with it."""
    lapsed = outbox.c.state.in_(LEASED) & (outbox.c.lease_until < now)
    connection.execute(
        update(outbox)
        .where(_UNSENT, or_(outbox.c.state.in_(WAITING), lapsed))
        .values(state="held", lease_until=None)
    )


def let_go(connection: Connection, now: datetime) -> None:
    """What was held waits again, as though it had never been tried."""
    connection.execute(
        update(outbox)
        .where(_HELD)
        .values(state="pending", due_at=now, tries=0, tried_since=None, lease_until=None)
    )


def intend(
    connection: Connection, item: OutboxItem, *, payload: Mapping[str, Any], message_id: str, until: datetime
) -> bool:
    """Say, before it goes, exactly what will go; False when somebody else has taken it since."""
    values = {"payload": dict(payload), "message_id": message_id, "lease_until": until, "state": "intended"}
    return _settle(connection, item, values)


def sent(connection: Connection, item: OutboxItem, now: datetime) -> bool:
    """It went."""
    return _settle(connection, item, {"state": "sent", "sent_at": now, "lease_until": None, "error": ""})


def wait(
    connection: Connection,
    item: OutboxItem,
    *,
    due_at: datetime,
    since: datetime,
    error: str,
    may_have_gone: bool,
) -> bool:
    """It may go later; what certainly did not go is written anew then."""
    values: dict[str, object] = {
        "state": "retry_wait",
        "due_at": due_at,
        "lease_until": None,
        "error": error,
        "tries": item.tries + 1,
        "tried_since": since,
    }
    if not may_have_gone:
        values |= {"payload": dict(item.payload), "message_id": item.message_id}
    return _settle(connection, item, values)


def give_back(connection: Connection, item: OutboxItem) -> bool:
    """It was not tried: it waits as before, and for no longer."""
    values = {"state": "pending", "lease_until": None, "payload": dict(item.payload)}
    return _settle(connection, item, values | {"message_id": item.message_id})


def end(
    connection: Connection,
    item: OutboxItem,
    state: str,
    error: str = "",
    *,
    payload: Mapping[str, Any] | None = None,
) -> bool:
    """It will not go by itself: failed, expired, in doubt, or cancelled since it says nothing any more."""
    values: dict[str, object] = {"state": state, "lease_until": None, "error": error}
    if payload is not None:
        values["payload"] = dict(payload)
    return _settle(connection, item, values)


def _settle(connection: Connection, item: OutboxItem, values: Mapping[str, object]) -> bool:
    fenced = {**values, "this_id": item.id, "this_attempt": item.attempt}
    return run(connection, [(_settlement(tuple(values)), fenced)]) == [1]


@cache
def _settlement(columns: tuple[str, ...]) -> Prepared:
    return Prepared(update(outbox).where(_FENCE), columns)


def reported(
    connection: Connection, outbox_id: UUID, state: str, *, error: str, now: datetime
) -> OutboxItem | None:
    """What a provider says of a mail that it took; None when that is no news, or the mail not ours."""
    taken = ("intended", "retry_wait", "in_doubt") if state == "sent" else ("sent", "intended", "in_doubt")
    result = connection.execute(
        update(outbox)
        .where(outbox.c.id == outbox_id, outbox.c.state.in_(taken), outbox.c.message_id != "")
        .values(state=state, error=error, lease_until=None, sent_at=func.coalesce(outbox.c.sent_at, now))
    )
    return items(connection, outbox.c.id == outbox_id)[0] if result.rowcount else None


def reminders_of(
    connection: Connection, outbox_ids: Sequence[UUID]
) -> dict[UUID, tuple[DigestReminder, ...]]:
    """The queued reminders that each digest carries."""
    found: dict[UUID, list[DigestReminder]] = {}
    for first in range(0, len(outbox_ids), 500):
        chunk = outbox_ids[first : first + 500]
        rows = connection.execute(
            select(reminder).where(reminder.c.outbox_id.in_(chunk), text("reminder.state = 'queued'"))
        )
        for row in rows:
            found.setdefault(row.outbox_id, []).append(
                DigestReminder(
                    id=row.id,
                    subject_kind=row.subject_kind,
                    subject_id=row.subject_id,
                    rule=row.rule,
                    occurrence=row.occurrence,
                    recipient_id=row.recipient_id,
                )
            )
    return {outbox_id: tuple(each) for outbox_id, each in found.items()}


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


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """How many mails stand in each state that is not the end, and since when the oldest waits to go."""

    counts: Mapping[str, int]
    oldest: datetime | None

    def of(self, *states: str) -> int:
        """How many stand in any of these states."""
        return sum(self.counts.get(state, 0) for state in states)


def backlog(connection: Connection) -> Backlog:
    """What waits, since when, and what a person must see to."""
    rows = connection.execute(
        select(outbox.c.state, func.count(), func.min(outbox.c.created_at))
        .where(_UNSENT)
        .group_by(outbox.c.state)
        .union_all(
            select(outbox.c.state, func.count(), func.min(outbox.c.created_at))
            .where(_UNSETTLED)
            .group_by(outbox.c.state)
        )
    ).all()
    waiting = [row[2] for row in rows if row[0] in (*WAITING, *LEASED, "held")]
    return Backlog(counts={row[0]: row[1] for row in rows}, oldest=min(waiting, default=None))


def queued_since(connection: Connection, now: datetime) -> datetime | None:
    """Since when the mail that waits longest could have gone; None when none could."""
    query = select(func.min(outbox.c.due_at)).where(_UNSENT, outbox.c.due_at <= now)
    found: datetime | None = connection.scalar(query)
    return found


def sent_since(connection: Connection, start: datetime) -> int:
    """How many mails went since `start`; those of earlier days are found within the time of trying."""
    first = (start - GIVE_UP).date()
    went = select(func.count()).where(outbox.c.day >= first, outbox.c.sent_at >= start)
    return connection.scalar(went) or 0


def items(
    connection: Connection, *conditions: ColumnElement[bool] | TextClause, limit: int | None = None
) -> tuple[OutboxItem, ...]:
    """The mails for which all of this holds, oldest first."""
    rows = connection.execute(
        _ITEMS.where(*conditions).order_by(outbox.c.created_at, outbox.c.id).limit(limit)
    )
    return tuple(_item(row) for row in rows.mappings())


def refreshed(connection: Connection, item: OutboxItem) -> OutboxItem:
    """The leased mail with its recipient as they are now."""
    return replace(one(connection, item.body_id, item.id), payload=item.payload, message_id=item.message_id)


def _item(row: RowMapping) -> OutboxItem:
    return OutboxItem(
        id=row["id"],
        body_id=row["body_id"],
        recipient_id=row["recipient_id"],
        recipient_name=row["name"],
        recipient_email=row["email"],
        language=row["language"],
        recipient_active=row["active"],
        address_refused=row["mail_refused_at"] is not None,
        kind=row["kind"],
        day=row["day"],
        state=row["state"],
        payload=row["payload"],
        message_id=row["message_id"],
        attempt=row["attempt"],
        tries=row["tries"],
        tried_since=row["tried_since"],
        error=row["error"],
        closed_because=row["closed_because"],
        created_at=row["created_at"],
        sent_at=row["sent_at"],
    )


# The partial index serves only a condition with the very constants it was made with, never bound values.
_UNSENT = text("outbox.state IN ('pending', 'retry_wait', 'claimed', 'intended')")
_UNSETTLED = text("outbox.state IN ('held', 'failed', 'expired', 'in_doubt')")
_HELD = text("outbox.state = 'held'")
_UNSENT_OR_HELD = or_(_UNSENT, _HELD)
CUT_SHORT = "It was being sent when the work was cut short."
_FENCE = (
    (outbox.c.id == bindparam("this_id"))
    & (outbox.c.attempt == bindparam("this_attempt"))
    & text("outbox.state IN ('claimed', 'intended')")
)
_ITEMS = select(
    outbox, person.c.name, person.c.email, person.c.language, person.c.active, person.c.mail_refused_at
).join(person, person.c.id == outbox.c.recipient_id)
