"""What both databases promise: snapshots that cannot write, and one writer after another."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, InvalidRequestError

from eia.store import migrate
from eia.store.database import Database
from eia.store.tables import sweep


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


def test_a_writer_within_a_writer_fails_at_once(sqlite_database: Database) -> None:
    with pytest.raises(InvalidRequestError), sqlite_database.write(), sqlite_database.write():
        pass


def test_a_write_that_failed_leaves_the_way_free_for_the_next(database: Database) -> None:
    with pytest.raises(DBAPIError), database.write() as work:
        work.connection.execute(text("SELECT nothing FROM nowhere"))
    with database.write() as work:
        assert work.connection.execute(text("SELECT 1")).scalar() == 1


def test_a_hurry_ends_with_everything_on_the_disk_and_care_again(sqlite_database: Database) -> None:
    with sqlite_database.in_a_hurry(), sqlite_database.write() as work:
        assert work.connection.execute(text("PRAGMA synchronous")).scalar() == 0
    with sqlite_database.write() as work:
        assert work.connection.execute(text("PRAGMA synchronous")).scalar() == 2


def test_what_is_written_lightly_is_kept_and_the_next_writer_waits_for_the_disk_again(database: Database):
    for change in (database.write_lightly, database.write, database.write_lightly):
        with change() as work:
            work.connection.execute(insert(sweep).values(**_round()))
    with database.read() as connection:
        assert len(connection.scalars(select(sweep.c.id)).all()) == 3
    if database.dialect == "sqlite":
        with database.write() as work:
            assert work.connection.scalar(text("PRAGMA synchronous")) == 2  # FULL


def test_nothing_is_kept_of_what_is_written_lightly_and_fails(database: Database):
    twice = _round()
    with pytest.raises(DBAPIError), database.write_lightly() as work:
        work.connection.execute(insert(sweep), [twice, twice])
    with database.read() as connection:
        assert connection.scalars(select(sweep.c.id)).all() == []


def _round() -> dict[str, object]:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    return {"id": uuid4(), "name": "outbox", "started_at": now, "created": 0, "note": ""}
