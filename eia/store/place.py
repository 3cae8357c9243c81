"""Which place mails from this database, and how far the database has come."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from eia.store.tables import instance


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The home that mails from it (None: not said yet), and its mark, which only grows."""

    home: str | None
    mark: int


def standing(connection: Connection) -> Standing | None:
    """Whose the database is; None before anybody has begun, and for a demonstration, which mails nobody."""
    row = connection.execute(_LIVE).first()
    return None if row is None else Standing(home=row.home, mark=row.mark)


def move(connection: Connection, home: str) -> None:
    """From now on this place mails from it."""
    connection.execute(update(instance).values(home=home))


def raise_mark(connection: Connection, *, at_least: int = 0) -> int | None:
    """One further, and no less than what was asked; None before anybody has begun."""
    found = standing(connection)
    if found is None:
        return None
    mark = max(found.mark + 1, at_least)
    connection.execute(update(instance).values(mark=mark))
    return mark


_LIVE = select(instance.c.home, instance.c.mark).where(instance.c.kind != "demo").limit(1)
