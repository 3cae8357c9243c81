"""`eia audit` and `eia db`: what they print, and when they fail."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from eia.cli import main
from eia.store.database import Database
from eia.store.migrate import head
from tests.council import Council


@pytest.fixture
def run(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("EIA_DATABASE_URL", str(sqlite_database.url))
    Council(sqlite_database).assessment("evidence")

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments))

    return invoke


def test_a_record_as_it_was_written_is_counted(run) -> None:
    result = run("audit", "verify")
    assert result.exit_code == 0
    assert "1 chains, 2 events, 0 checkpoints, 0 moves, 0 signatures, 0 files." in result.output


def test_a_record_that_was_altered_fails_and_is_named(run, sqlite_database: Database) -> None:
    with sqlite_database.write() as work:
        work.connection.execute(text("UPDATE assessment SET title = 'Another'"))
    result = run("audit", "verify")
    assert result.exit_code == 1
    assert "its content is not what its last event left" in result.output


def test_an_export_can_be_verified_by_its_file(run, tmp_path: Path) -> None:
    file = tmp_path / "record.jsonl"
    file.write_text(run("audit", "export").output, encoding="utf-8")
    assert "The record is as it was written." in run("audit", "verify", str(file)).output


def test_a_checkpoint_says_how_much_it_sealed(run) -> None:
    assert run("audit", "seal").output == "Sealed 1 chains.\n"


def test_a_current_database_says_so(run) -> None:
    result = run("db", "current")
    assert (result.exit_code, result.output.count(head())) == (0, 2)


def test_an_empty_database_is_told_what_to_run(run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EIA_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite'}")
    result = run("db", "current")
    assert result.exit_code == 1
    assert "eia db upgrade" in result.output
    assert run("db", "upgrade").output == f"The database is at {head()}.\n"
    assert run("db", "current").exit_code == 0
