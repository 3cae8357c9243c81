"""Evidence of before the library: the same source entered many times is one source from now on."""

from __future__ import annotations

from datetime import date
from importlib import util
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import select

from eia.store import tables
from eia.store.database import Database
from tests.council import Council

MIGRATION = "migrations/versions/0002_sources_and_owned_gaps.py"


def carry_over(database: Database, root: Path) -> None:
    """Runs the part of the migration that moves data, on evidence that knows no library."""
    spec = util.spec_from_file_location("sources_and_owned_gaps", root / MIGRATION)
    assert spec and spec.loader
    migration = util.module_from_spec(spec)
    spec.loader.exec_module(migration)
    with database.engine.begin() as connection:
        connection.execute(tables.evidence.update().values(source_id=None))
        connection.execute(tables.source.delete())
        with Operations.context(MigrationContext.configure(connection)):
            migration.fill_library()


def cited(database: Database) -> list[tuple[str, list[str] | None, date | None]]:
    evidence, source = tables.evidence, tables.source
    query = (
        select(evidence.c.title, source.c.characteristics, source.c.published_on)
        .outerjoin_from(evidence, source, source.c.id == evidence.c.source_id)
        .order_by(evidence.c.title, source.c.published_on)
    )
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_one_source_stands_for_all_that_have_its_name_kind_and_date(database: Database, root: Path):
    council = Council(database)
    first, second = council.assessment("evidence"), council.assessment("analysis")
    day = date(2022, 6, 28)
    council.evidence(first, "age", title="Census", published_on=day)
    council.evidence(second, "age", "race", title="census ", published_on=day)
    council.evidence(second, "race", title="Census", published_on=date(2013, 1, 30))
    council.evidence(second, "disability", title="Who stays away", kind="gap", is_gap=True)
    carry_over(database, root)
    assert sorted(cited(database), key=str) == [
        ("Census", ["age", "race"], day),
        ("Census", ["race"], date(2013, 1, 30)),
        ("Who stays away", None, None),
        ("census ", ["age", "race"], day),
    ]
