"""The measurement of moves runs, and eight writers at once lose nothing; how fast is for a person to read."""

from pathlib import Path

from eia.store.database import Database
from tests.bench.bench_moves import WRITERS, compare, on_sqlite
from tests.bench.floor import PostgresFloor


def test_eight_writers_on_sqlite_meet_no_locked_database(tmp_path: Path) -> None:
    measured, crowded = on_sqlite(tmp_path, 40)
    assert (crowded.made, crowded.failed) == (WRITERS * 4, 0)
    assert measured.moved.ratio > 0


def test_the_same_comparison_runs_on_postgresql(postgres_database: Database) -> None:
    assert compare(postgres_database, PostgresFloor, postgres_database.url, 10).handed_in.ratio > 0
