"""What both databases promise: snapshots that cannot write, and one writer after another."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from eia.store import migrate
from eia.store.database import Database


def test_a_new_database_has_every_migration(database: Database) -> None:
    assert migrate.current(database) == migrate.head()


def test_what_reads_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError), database.read() as connection:
        connection.execute(text("DELETE FROM person"))


def test_a_sqlite_commit_is_on_the_disk(sqlite_database: Database) -> None:
    with sqlite_database.write() as work:
        pragmas = [
            work.connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert pragmas == ["wal", 2, 1]
