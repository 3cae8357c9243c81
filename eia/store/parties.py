"""Parties: the people, posts, groups and outside bodies that actions name as written."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from eia.domain.action import Party, PartyKind
from eia.store.tables import action, action_lead, party


def of_body(connection: Connection, body_id: UUID) -> tuple[Party, ...]:
    """Every party the body knows, by name."""
    rows = connection.execute(
        select(party).where(party.c.body_id == body_id).order_by(party.c.name)
    ).mappings()
    return tuple(value(row) for row in rows)


def named(connection: Connection, body_id: UUID, name: str) -> Party | None:
    """The party written exactly so."""
    row = (
        connection.execute(select(party).where(party.c.body_id == body_id, party.c.name == name))
        .mappings()
        .first()
    )
    return None if row is None else value(row)


def open_actions(connection: Connection, body_id: UUID) -> dict[UUID, int]:
    """How many open actions each party of the body has a part in; none: not listed."""
    rows = connection.execute(
        select(action_lead.c.party_id, func.count().label("actions"))
        .join(action, action.c.id == action_lead.c.action_id)
        .where(action.c.body_id == body_id, action.c.state == "open")
        .group_by(action_lead.c.party_id)
    )
    return {row.party_id: row.actions for row in rows}


def add(connection: Connection, body_id: UUID, item: Party) -> None:
    """A party the body had not met."""
    connection.execute(
        insert(party).values(
            id=item.id,
            body_id=body_id,
            kind=item.kind.value,
            name=item.name,
            holder_id=item.holder_id,
            confirmed=item.confirmed,
        )
    )


def confirm(connection: Connection, body_id: UUID, party_id: UUID, holder_id: UUID | None) -> bool:
    """Whom mail for the party reaches from now on; None: nobody yet, and somebody has to be found."""
    result = connection.execute(
        update(party)
        .where(party.c.id == party_id, party.c.body_id == body_id)
        .values(holder_id=holder_id, confirmed=holder_id is not None)
    )
    return result.rowcount == 1


def value(row: RowMapping, prefix: str = "") -> Party:
    """A party out of a row whose columns may carry a prefix."""
    return Party(
        id=row[f"{prefix}id"],
        kind=PartyKind(row[f"{prefix}kind"]),
        name=row[f"{prefix}name"],
        holder_id=row[f"{prefix}holder_id"],
        confirmed=row[f"{prefix}confirmed"],
    )
