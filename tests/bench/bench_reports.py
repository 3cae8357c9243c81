"""The figures of a report, against counting decided assessments over one index: ratios within one run.

`python -m tests.bench.bench_reports [ASSESSMENTS]` prints them for SQLite, 10,000 assessments over five years
unless told, with twelve lines of history and two actions each. Both sides use the same connection pool. A
figure asks more than the floor does: whose rows, which version, what the history says of each.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, case, func, insert, select

from eia.domain.people import Actor
from eia.store import migrate, report_figures, tables
from eia.store.database import Database
from eia.store.report_scope import Scope
from eia.usecases.report_meanings import meanings
from tests.bench.bench_search import seconds
from tests.council import Council

ROUNDS = 10
LIVED = (
    ("schedule", "proposed", "scheduled"),
    ("begin_screening", "scheduled", "screening"),
    ("submit_screening", "screening", "screening_review"),
    ("return_screening", "screening_review", "screening"),
    ("submit_screening", "screening", "screening_review"),
    ("require_full", "screening_review", "evidence"),
    ("begin_consultation", "evidence", "consultation"),
    ("begin_analysis", "consultation", "analysis"),
    ("submit_for_review", "analysis", "quality_review"),
    ("recommend", "quality_review", "sign_off"),
    ("sign", "sign_off", "sign_off"),
    ("signed_off", "sign_off", "follow_up"),
)
FIRST = date(2021, 4, 1)
_a = tables.assessment.c
FLOOR = (
    select(_a.department_id, func.count(), func.sum(case((_a.approved_on <= _a.decision_on, 1), else_=0)))
    .where(_a.body_id == bindparam("body"), _a.decision_on.between(bindparam("first"), bindparam("last")))
    .group_by(_a.department_id)
)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Times slower than the floor: each figure of a year, and all of a year's and a quarter's."""

    figures: dict[str, float]
    year: float
    quarter: float
    floor_ms: float


def measure(database: Database, assessments: int, rounds: int = ROUNDS) -> Measured:
    """What the equality officer asks for: the whole body."""
    council = Council(database)
    fill(council, assessments)
    officer = council["officer"]
    year, quarter = (scope(officer, days) for days in (365, 91))

    def ask(count: Callable[..., object], of: Scope) -> None:
        with database.read() as connection:
            count(connection, of)

    def floor() -> None:
        with database.read() as connection:
            asked = {"body": officer.body_id, "first": year.first, "last": year.last}
            connection.execute(FLOOR, asked).all()

    least = seconds(floor, rounds * 3)
    every: dict[str, Callable[..., object]] = {
        name.value: count for name, count in report_figures.COUNTED_BY.items()
    }
    every["days_to_approval"] = report_figures.days_to_approval
    return Measured(
        figures={
            name: seconds(lambda count=count: ask(count, year), rounds) / least
            for name, count in every.items()
        },
        year=seconds(lambda: ask(report_figures.tallies, year), rounds) / least,
        quarter=seconds(lambda: ask(report_figures.tallies, quarter), rounds) / least,
        floor_ms=least * 1000,
    )


def scope(officer: Actor, days: int) -> Scope:
    last = FIRST + timedelta(days=4 * 365 + days)
    return Scope(
        actor=officer,
        today=last,
        department_id=None,
        plan_departments=None,
        first=FIRST + timedelta(days=4 * 365),
        last=last,
        as_at=last,
        meanings=meanings(),
    )


def fill(council: Council, assessments: int) -> None:
    ids = [uuid4() for _ in range(assessments)]
    with council.services.database.write() as work:
        for table, rows in (
            (tables.assessment, _assessments(council, ids)),
            (tables.stage_history, _histories(council, ids)),
            (tables.action, _actions(council, ids)),
        ):
            work.connection.execute(insert(table), list(rows))


def _decided(number: int, of: int) -> date:
    return FIRST + timedelta(days=number * 5 * 365 // of)


def _assessments(council: Council, ids: list[UUID]) -> Iterator[dict[str, Any]]:
    for number, each in enumerate(ids):
        day = _decided(number, len(ids))
        yield council._assessment_row(each, "follow_up", council.clock.now()) | {
            "reference": f"B-{number}",
            "decision_on": day,
            "approved_on": day + timedelta(days=number % 7 - 5),
            "target_kind": "day",
            "target_latest": day,
            "review_on": day + timedelta(days=365),
            "created_at": datetime(day.year - 1, 1, 1, tzinfo=UTC),
        }


def _histories(council: Council, ids: list[UUID]) -> Iterator[dict[str, Any]]:
    for number, each in enumerate(ids):
        day = _decided(number, len(ids))
        for seq, (move, source, to) in enumerate(LIVED, 1):
            at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC) - timedelta(days=10 * (12 - seq))
            yield {
                "assessment_id": each,
                "seq": seq,
                "move": move,
                "from_stage": source,
                "to_stage": to,
                "person_id": council["lead"].id,
                "role": "lead",
                "reasons": [],
                "comment": "",
                "at": at,
            }


def _actions(council: Council, ids: list[UUID]) -> Iterator[dict[str, Any]]:
    for number, each in enumerate(ids):
        due = _decided(number, len(ids)) + timedelta(days=90)
        for state in ("verified", "open"):
            yield {
                "id": uuid4(),
                "body_id": council["officer"].body_id,
                "assessment_id": each,
                "label": "",
                "heading": "",
                "text": "Do it",
                "outcome": "",
                "target_raw": "",
                "target_kind": "day",
                "target_latest": due,
                "target_provisional": False,
                "target_milestones": [],
                "state": state,
                "done_on": due if state == "verified" else None,
                "done_evidence": "",
                "closed_because": "",
                "problems": [],
                "created_by": council["lead"].id,
                "created_at": council.clock.now(),
                "row_version": 1,
            }


def on_sqlite(folder: Path, assessments: int, rounds: int = ROUNDS) -> Measured:
    database = Database(f"sqlite:///{folder / 'reports.db'}")
    migrate.upgrade(database)
    try:
        return measure(database, assessments, rounds)
    finally:
        database.close()


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        measured = on_sqlite(Path(folder), number)
    print(f"{number} assessments, times one aggregate over an index ({measured.floor_ms:.2f} ms):")
    for name, ratio in measured.figures.items():
        print(f"  {name} {ratio:.1f}")
    print(f"all that count, of a year {measured.year:.1f}, of a quarter {measured.quarter:.1f}")
