"""`eia plan import`: kept once, by somebody who may, with what it could not read."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from eia.cli import main
from eia.store.database import Database
from eia.usecases.plans import plan_lines
from tests.council import Council

FIXTURE = Path(__file__).parent.parent / "fixtures" / "plans" / "lindenvale-housing-2010-11.txt"


@pytest.fixture
def here(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Council:
    """A council as the environment names it."""
    monkeypatch.setenv("EIA_DATABASE_URL", str(sqlite_database.url))
    monkeypatch.setenv("EIA_DATA_DIR", str(tmp_path))
    return Council(sqlite_database)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["plan", "import", str(FIXTURE), *arguments])


def test_a_plan_is_kept_once_by_the_only_equality_officer(here: Council) -> None:
    first, second = run("--department", "HOU"), run("--department", "hou")
    assert first.exit_code == 0, first.output
    assert first.output.startswith("Imported: 9 actions, 3 assessments.\nTo confirm:\n")
    assert second.output == "This file was imported before (9 actions, 3 assessments). Nothing changed.\n"
    assert len(plan_lines(here.services, here["officer"])) == 1


def test_a_wrong_department_names_the_right_ones(here: Council) -> None:
    result = run("--department", "XYZ")
    assert result.exit_code == 2
    assert "FIN, HOU" in result.output


def test_somebody_who_may_not_import_is_refused(here: Council) -> None:
    result = run("--department", "HOU", "--as", "lead@example.org")
    assert result.exit_code == 1
    assert "Only an equality officer can import a plan." in result.output


@pytest.mark.parametrize("arguments", [("--as", "nobody@example.org"), ("--period", "sometime")])
def test_what_cannot_be_understood_is_answered_with_a_sentence(here: Council, arguments) -> None:
    result = run("--department", "HOU", *arguments)
    assert result.exit_code == 2
    assert result.output.startswith("Error: ")
    assert plan_lines(here.services, here["officer"]) == ()
