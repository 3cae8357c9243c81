"""How SQLite finds what a report counts: by an index on the days, never by reading a whole table."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event

from eia.store import report_figures
from eia.store.database import Database
from eia.store.report_scope import Scope
from eia.usecases.report_meanings import meanings
from tests.council import Council

FIGURES = {**report_figures.COUNTED_BY, "days_to_approval": report_figures.days_to_approval}
MADE = ("row", "line", "draft", "taken", "anon_", "(subquery", "CONSTANT")
"""What the statement itself makes before it counts."""


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("who", ["officer", "head"])
def test_no_figure_reads_a_whole_table(sqlite_database: Database, name: str, who: str) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    council = Council(sqlite_database)
    with sqlite_database.read() as connection:
        event.listen(connection, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
        FIGURES[name](connection, scope(council, who))
        statement, values = asked[0]
        explained = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        scans = [row[3] for row in explained if row[3].startswith("SCAN")]
    assert [scan for scan in scans if not scan.removeprefix("SCAN ").startswith(MADE)] == []


def scope(council: Council, who: str) -> Scope:
    return Scope(
        actor=council[who],
        today=date(2026, 3, 2),
        department_id=None,
        plan_departments=None,
        first=date(2026, 1, 1),
        last=date(2026, 3, 1),
        as_at=date(2026, 3, 1),
        meanings=meanings(),
    )
