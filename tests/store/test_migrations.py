"""A database made by the migrations is the one that the program expects."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from eia.store import migrate
from eia.store.database import Database
from eia.store.tables import metadata


def test_the_migrations_make_exactly_the_tables_of_the_program(database: Database) -> None:
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_an_upgrade_of_a_current_database_changes_nothing(sqlite_database: Database, tmp_path: Path) -> None:
    before = (tmp_path / "eia.sqlite").read_bytes()
    migrate.upgrade(sqlite_database)
    assert (tmp_path / "eia.sqlite").read_bytes() == before


def test_an_empty_database_has_no_revision(tmp_path: Path) -> None:
    assert migrate.current(Database(f"sqlite:///{tmp_path / 'new.sqlite'}")) is None
