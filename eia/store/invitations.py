"""Who was invited to a consultation activity, and who has answered."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, and_, delete, insert, select, update

from eia.domain.consultation import Invitation
from eia.store.tables import invitation, party


def of_activity(connection: Connection, consultation_id: UUID) -> tuple[Invitation, ...]:
    """Everybody invited, the silent ones first, by name."""
    reached = and_(party.c.confirmed, party.c.holder_id.is_not(None))
    rows = connection.execute(
        select(invitation, party.c.name, reached.label("reached"))
        .join(party, party.c.id == invitation.c.party_id)
        .where(invitation.c.consultation_id == consultation_id)
        .order_by(invitation.c.answered_on.is_not(None), party.c.name)
    )
    return tuple(
        Invitation(
            id=row.id,
            name=row.name,
            invited_on=row.invited_on,
            answered_on=row.answered_on,
            reached_by_mail=bool(row.reached),
        )
        for row in rows
    )


@dataclass(frozen=True, kw_only=True)
class NewInvitation:
    """Who is invited to what, when, and who says so."""

    id: UUID
    consultation_id: UUID
    party_id: UUID
    invited_on: date
    written_by: UUID
    written_at: datetime


def add(connection: Connection, new: NewInvitation) -> None:
    """Somebody more is invited."""
    connection.execute(insert(invitation).values(**asdict(new)))


def answered(connection: Connection, invitation_id: UUID, on: date) -> None:
    """They answered."""
    connection.execute(update(invitation).where(invitation.c.id == invitation_id).values(answered_on=on))


def remove(connection: Connection, invitation_id: UUID) -> None:
    """They were not invited after all."""
    connection.execute(delete(invitation).where(invitation.c.id == invitation_id))
