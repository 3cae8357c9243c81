"""The measurement of search runs on both databases; how fast is for a person to read."""

from pathlib import Path

from eia.store.database import Database
from tests.bench.bench_search import measure, on_sqlite


def test_search_is_measured_on_sqlite(tmp_path: Path) -> None:
    assert on_sqlite(tmp_path, 300, 2).rare > 0


def test_search_is_measured_on_postgresql(postgres_database: Database) -> None:
    assert measure(postgres_database, 300, 2).rare > 0
