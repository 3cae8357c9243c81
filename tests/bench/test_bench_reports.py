"""The measurement of reports runs on both databases; how fast is for a person to read."""

from pathlib import Path

from eia.domain.report.figures import FigureName
from eia.store.database import Database
from tests.bench.bench_reports import measure, on_sqlite


def test_reports_are_measured_on_sqlite(tmp_path: Path) -> None:
    assert set(on_sqlite(tmp_path, 50, 2).figures) == {name.value for name in FigureName}


def test_reports_are_measured_on_postgresql(postgres_database: Database) -> None:
    assert measure(postgres_database, 50, 2).year > 0
