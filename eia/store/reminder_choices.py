"""What bodies chose of how they remind, version by version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, insert, select, update

from eia.domain.people import Role
from eia.domain.reminder_choices import ReminderChoices
from eia.store.tables import body, person, reminder_choice


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The version that holds now: who chose it, and when."""

    version: int
    choices: ReminderChoices
    made_by: str
    made_at: datetime


def of_bodies(connection: Connection) -> dict[UUID, ReminderChoices]:
    """What each body that chose anything chose last."""
    rows = connection.execute(_LATEST)
    return {row.body_id: _choices(row.choices) for row in rows}


def of_body(connection: Connection, body_id: UUID) -> Chosen | None:
    """The body's latest version."""
    row = connection.execute(_LATEST.where(reminder_choice.c.body_id == body_id)).one_or_none()
    if row is None:
        return None
    choices = _choices(row.choices)
    return Chosen(version=row.version, choices=choices, made_by=row.name, made_at=row.made_at)


def add(
    connection: Connection,
    row_id: UUID,
    body_id: UUID,
    chosen: ReminderChoices,
    *,
    version: int,
    by: UUID,
    now: datetime,
) -> None:
    """The next version; the body keeps the bank holidays of the nation in it from now on, everywhere."""
    connection.execute(
        insert(reminder_choice).values(
            id=row_id, body_id=body_id, version=version, choices=_data(chosen), made_by=by, made_at=now
        )
    )
    connection.execute(update(body).where(body.c.id == body_id).values(nation=chosen.nation))


def _data(chosen: ReminderChoices) -> dict[str, Any]:
    return {
        **vars(chosen),
        "opens": chosen.opens.isoformat("minutes"),
        "closes": chosen.closes.isoformat("minutes"),
    }


def _choices(data: Mapping[str, Any]) -> ReminderChoices:
    return ReminderChoices(
        nation=data["nation"],
        offsets=tuple(data["offsets"]),
        overdue_every_days=data["overdue_every_days"],
        escalate_after_days=data["escalate_after_days"],
        chain=tuple(Role(each) for each in data["chain"]),
        opens=time.fromisoformat(data["opens"]),
        closes=time.fromisoformat(data["closes"]),
        digest_days=tuple(data["digest_days"]),
        with_calendar=data["with_calendar"],
    )


_later = reminder_choice.alias()
_LATEST = (
    select(reminder_choice, person.c.name)
    .join(person, person.c.id == reminder_choice.c.made_by)
    .where(
        reminder_choice.c.version
        == select(func.max(_later.c.version))
        .where(_later.c.body_id == reminder_choice.c.body_id)
        .scalar_subquery()
    )
)
