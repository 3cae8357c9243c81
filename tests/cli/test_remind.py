from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from eia.cli.remind import remind
from eia.domain.target_date import TargetDate, TargetKind
from eia.store import tables
from eia.store.database import Database
from tests.usecases.council import Council, council, on


@pytest.fixture
def here(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Council:
    """A council with a late action, one nobody leads and one that is ongoing, as the environment names it."""
    monkeypatch.setenv("EIA_DATABASE_URL", str(sqlite_database.url))
    monkeypatch.setenv("EIA_DATA_DIR", str(tmp_path))
    found = council(sqlite_database, today=date(2009, 3, 2))
    party_id = found.party(found.lead)
    found.action(on(date(2009, 2, 20)), parties=[party_id], plan_id=found.plan(), text="Train the cashiers")
    found.action(on(date(2009, 3, 16)), text="Publish the fees policy")
    found.action(
        TargetDate(raw="Ongoing", kind=TargetKind.ONGOING), parties=[party_id], text="Review complaints"
    )
    return found


def run(*arguments: str) -> str:
    result = CliRunner().invoke(remind, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def rows(here: Council, table: object) -> int:
    with here.services.database.read() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


def test_a_dry_run_says_who_would_get_what_and_why_and_writes_nothing(here: Council):
    said = run("--as-of", "2009-03-02", "--dry-run")
    assert said.startswith(
        "On Monday 2 March 2009 2 people would get one mail each, about 3 things. Nothing was written."
    )
    officer, lead = said.index("Equality Officer"), said.index("Rowan Lead")
    late, ongoing, unled = said.index("Train the"), said.index("Review"), said.index("Publish")
    assert officer < unled < lead < late < ongoing
    assert '10 days late: it was due on 20 February 2009 (promised for "20.2.2009")' in said
    assert "Train the cashiers [Finance equality action plan]" in said
    assert "You are responsible for this." in said
    assert "Nobody leads this yet. Please choose somebody." in said
    assert (rows(here, tables.reminder), rows(here, tables.outbox), rows(here, tables.sweep)) == (0, 0, 0)


def test_without_a_dry_run_it_queues_one_mail_a_person_and_a_second_time_none(here: Council):
    assert "3 new for 2 people" in run("--as-of", "2009-03-02")
    assert "0 new for 0 people" in run("--as-of", "2009-03-02")
    assert rows(here, tables.outbox) == 2


def test_a_quiet_day_says_so(here: Council):
    run("--as-of", "2009-03-02")
    said = run("--as-of", "2009-03-03", "--dry-run")
    assert said.startswith("On Tuesday 3 March 2009 nobody would be reminded of anything new.")


def test_a_quiet_day_shows_the_next_day_that_is_not(here: Council):
    run("--as-of", "2009-03-02")
    said = run("--as-of", "2009-03-03", "--dry-run")
    assert "On Friday 6 March 2009 2 people would get one mail each, about 2 things" in said
    assert "14 days late" in said


def test_a_day_that_is_none_is_refused():
    result = CliRunner().invoke(remind, ["--as-of", "31.3.09"])
    assert result.exit_code == 2
    assert "31.3.09" in result.output
