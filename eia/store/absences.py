"""Who is away, who reads their mail meanwhile, and who is back and has not been told yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, and_, insert, or_, select, text, update

from eia.domain.cover import Away
from eia.store.reminder_queries import LedgerRow
from eia.store.tables import absence, outbox, person, reminder

# A partial index serves only a condition with the very constants it was made with.
_OPEN = text("absence.caught_up_on IS NULL")
_WAITING = or_(
    and_(
        text("outbox.state IN ('pending', 'retry_wait', 'claimed', 'intended')"),
        outbox.c.state.in_(("pending", "retry_wait")),
    ),
    text("outbox.state = 'held'"),
)


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Somebody away from the first day to the last, and the deputy who gets their mail."""

    id: UUID
    person_id: UUID
    deputy_id: UUID
    deputy_name: str
    first_day: date
    last_day: date


class Missed(NamedTuple):
    """A reminder that went to a deputy, of somebody who is back since `last_day`."""

    row: LedgerRow
    last_day: date


def are_any(connection: Connection) -> bool:
    """Whether anybody is away, will be, or is back and has not been told."""
    return connection.execute(select(absence.c.id).where(_OPEN).limit(1)).first() is not None


def deputies(connection: Connection, today: date) -> dict[UUID, UUID]:
    """The deputy of each person who is away on the day, where mail reaches that deputy."""
    rows = connection.execute(
        select(absence.c.person_id, absence.c.deputy_id)
        .join(person, person.c.id == absence.c.deputy_id)
        .where(_OPEN, absence.c.first_day <= today, absence.c.last_day >= today)
        .where(person.c.active, person.c.mail_refused_at.is_(None))
    )
    return {row.person_id: row.deputy_id for row in rows}


def away(connection: Connection, people: Collection[UUID], today: date) -> dict[UUID, Away]:
    """These people as their deputies hear of them on the day."""
    during = (absence.c.person_id == person.c.id) & (absence.c.first_day <= today)
    rows = connection.execute(
        select(person.c.id, person.c.name, absence.c.last_day)
        .outerjoin(absence, during & (absence.c.last_day >= today))
        .where(person.c.id.in_(people))
    )
    return {row.id: Away(name=row.name, until=row.last_day) for row in rows}


def missed(connection: Connection, today: date) -> Iterator[Missed]:
    """What went to deputies of those who are back, and was not asked of them again yet."""
    rows = connection.execute(
        select(absence.c.last_day, *(reminder.c[name] for name in LedgerRow._fields))
        .join(outbox, outbox.c.day >= absence.c.first_day)
        .join(
            reminder,
            (reminder.c.outbox_id == outbox.c.id) & (reminder.c.recipient_id == absence.c.person_id),
        )
        .where(_OPEN, absence.c.last_day < today, outbox.c.kind == "digest")
        .where(outbox.c.recipient_id != absence.c.person_id, reminder.c.state == "queued")
    )
    for last_day, *row in rows:
        yield Missed(LedgerRow(*row), last_day)


def told(connection: Connection, today: date) -> None:
    """Whoever is back by the day has been told what they missed."""
    connection.execute(update(absence).where(_OPEN, absence.c.last_day < today).values(caught_up_on=today))


class InDigest(NamedTuple):
    """A reminder in a digest that has not begun to go."""

    id: UUID
    recipient_id: UUID
    reader_id: UUID


def in_open_digests(connection: Connection, people: Collection[UUID]) -> tuple[InDigest, ...]:
    """The reminders of these people, and every one that would be read by somebody else than it is for."""
    rows = connection.execute(
        select(reminder.c.id, reminder.c.recipient_id, outbox.c.recipient_id.label("reader_id"))
        .join(outbox, outbox.c.id == reminder.c.outbox_id)
        .where(_WAITING, outbox.c.message_id == "", reminder.c.state == "queued")
        .where(
            or_(
                reminder.c.recipient_id.in_(people),
                reminder.c.recipient_id != outbox.c.recipient_id,
            )
        )
    )
    return tuple(InDigest(*row) for row in rows)


def take_out(connection: Connection, ids: Sequence[UUID]) -> None:
    """These wait for another digest."""
    for first in range(0, len(ids), 500):
        chunk = ids[first : first + 500]
        connection.execute(update(reminder).where(reminder.c.id.in_(chunk)).values(outbox_id=None))


def of_person(connection: Connection, person_id: UUID, today: date) -> tuple[Absence, ...]:
    """The person's absences that are not over, soonest first."""
    rows = connection.execute(
        select(absence, person.c.name)
        .join(person, person.c.id == absence.c.deputy_id)
        .where(absence.c.person_id == person_id, absence.c.last_day >= today)
        .order_by(absence.c.first_day)
    )
    return tuple(
        Absence(
            id=row.id,
            person_id=row.person_id,
            deputy_id=row.deputy_id,
            deputy_name=row.name,
            first_day=row.first_day,
            last_day=row.last_day,
        )
        for row in rows
    )


def add(connection: Connection, body_id: UUID, new: Absence, *, by: UUID, now: datetime) -> None:
    """Somebody will be away."""
    connection.execute(
        insert(absence).values(
            id=new.id,
            body_id=body_id,
            person_id=new.person_id,
            deputy_id=new.deputy_id,
            first_day=new.first_day,
            last_day=new.last_day,
            made_by=by,
            made_at=now,
        )
    )


def end(connection: Connection, absence_id: UUID, *, last_day: date) -> None:
    """They were away until this day; one that is before the first is as though they had never left."""
    connection.execute(update(absence).where(absence.c.id == absence_id).values(last_day=last_day))
