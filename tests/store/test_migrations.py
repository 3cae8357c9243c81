"""A database made by the migrations is the one that the program expects."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from eia.store import migrate
from eia.store.database import Database
from eia.store.tables import metadata

INDEX_OF_WORDS = "passage_words"  # of the database's own making, and unknown to SQLAlchemy


def test_the_migrations_make_exactly_the_tables_of_the_program(database: Database) -> None:
    with database.read() as connection:
        opts = {"compare_type": True, "include_name": _is_known}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


def test_the_migrations_find_words_as_the_program_does(sqlite_database: Database, tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / 'made.sqlite'}")
    metadata.create_all(made.engine)
    assert _index_of_words(made) == _index_of_words(sqlite_database)
    made.close()


def _is_known(name: str | None, *_: object) -> bool:
    return not str(name).startswith(INDEX_OF_WORDS)


def _index_of_words(database: Database) -> set[tuple[str, str]]:
    named = text("SELECT name, sql FROM sqlite_master WHERE name LIKE 'passage_words%'")
    with database.read() as connection:
        return {tuple(row) for row in connection.execute(named)}


def test_an_upgrade_of_a_current_database_changes_nothing(sqlite_database: Database, tmp_path: Path) -> None:
    before = (tmp_path / "eia.sqlite").read_bytes()
    migrate.upgrade(sqlite_database)
    assert (tmp_path / "eia.sqlite").read_bytes() == before


def test_an_empty_database_has_no_revision(tmp_path: Path) -> None:
    assert migrate.current(Database(f"sqlite:///{tmp_path / 'new.sqlite'}")) is None
