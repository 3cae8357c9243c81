"""A persisted audited move against the same SQL on the bare driver, and eight writers at once.

`python -m tests.bench.bench_moves [MOVES]` prints times and ratios of one run. The machine's disk is in both,
so only the ratios say anything.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from uuid import UUID

from sqlalchemy import make_url

from eia.domain.errors import Refusal
from eia.domain.facts import AnswerKey, AnswerValue
from eia.store import migrate
from eia.store.database import Database
from eia.usecases.moves import make_move
from tests import postgres_server
from tests.bench.floor import Floor, PostgresFloor, SqliteFloor
from tests.council import BODY, GROUPS, Council

WRITERS = 8
ASSESSMENTS = 10  # floor and program take turns over ten each, so that both meet the same weather


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Medians of one run, in microseconds."""

    floor: float
    program: float

    @property
    def ratio(self) -> float:
        return self.program / self.floor


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """What eight writers managed at once."""

    made: int
    failed: int
    seconds: float
    slowest: float


def analysed(council: Council) -> UUID:
    """An assessment in analysis that a champion would take: answered, with evidence and actions."""
    assessment_id = council.assessment("analysis", answers=answers())
    for _ in range(4):
        council.evidence(assessment_id, *GROUPS)
        council.action(assessment_id)
    return assessment_id


def answers() -> dict[AnswerKey, AnswerValue]:
    once = {
        "impact": ("aim_eliminate", "aim_advance", "aim_foster"),
        "outcome": ("recommended_outcome", "outcome_reason"),
        "screening": ("outcome_reason",),
    }
    groups: dict[tuple[str, str], str] = {
        ("screening", "relevance.relevance"): "relevant",
        ("screening", "relevance.reason"): "Who uses the library in the evening, by age.",
        ("impact", "impact.rating"): "positive",
        ("impact", "impact.explanation"): "The evening stays, and a second one comes.",
    }
    made: dict[AnswerKey, AnswerValue] = {
        AnswerKey(form, question): "proceed" for form, questions in once.items() for question in questions
    }
    for (form, question), value in groups.items():
        made |= {AnswerKey(form, question, group): value for group in GROUPS}
    return made


def back_and_forth(council: Council, assessment_id: UUID) -> tuple[Callable[[], object], ...]:
    """Submit for review and return: two moves with guards, a notice and a reason."""
    services = council.services

    def submit() -> object:
        return make_move(services, council["lead"], assessment_id, "submit_for_review")

    def give_back() -> object:
        return make_move(
            services,
            council["champion"],
            assessment_id,
            "return_for_work",
            reasons=("not_plain",),
            comment="Say it in words that people use.",
        )

    return submit, give_back


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A return, which is a move and nothing else, and a submission, which also keeps what was handed in."""

    moved: Measured
    handed_in: Measured


def compare(database: Database, floor_of: Callable[..., Floor], where: object, moves: int) -> Compared:
    """Floor and program in turns, on two assessments alike in one database."""
    council = Council(database)
    floor = floor_of(where, BODY, council["lead"].id)
    raw = [step for _ in range(ASSESSMENTS) for step in by_hand(floor, analysed(council))]
    steps = [step for _ in range(ASSESSMENTS) for step in back_and_forth(council, analysed(council))]
    _timed(raw), _timed(steps)  # prepared statements and caches are warm in both
    floors, programs = [], []
    for _ in range(max(1, moves // len(steps))):
        floors += _timed(raw)
        programs += _timed(steps)
    return Compared(  # the two take turns: every other one is a submission
        moved=Measured(floor=median(floors[1::2]), program=median(programs[1::2])),
        handed_in=Measured(floor=median(floors[::2]), program=median(programs[::2])),
    )


def by_hand(floor: Floor, assessment_id: UUID) -> tuple[Callable[[], object], ...]:
    """The same two moves on the bare driver."""
    return (
        lambda: floor.move(assessment_id, "analysis", "quality_review", keeps=True),
        lambda: floor.move(assessment_id, "quality_review", "analysis"),
    )


def crowd(url: str, council: Council, moves: int) -> Crowd:
    """Eight writers, each with connections of its own as a process would have, each on its own assessment."""
    ids = [analysed(council) for _ in range(WRITERS)]
    started = time.perf_counter()
    with ThreadPoolExecutor(WRITERS) as pool:
        results = list(pool.map(lambda assessment_id: _write(url, assessment_id, moves), ids))
    times = [each for times, _ in results for each in times]
    return Crowd(
        made=len(times),
        failed=sum(failed for _, failed in results),
        seconds=time.perf_counter() - started,
        slowest=max(times, default=0.0),
    )


def _write(url: str, assessment_id: UUID, moves: int) -> tuple[list[float], int]:
    database = Database(url)
    council = Council(database, existing=True)
    times, failed = [], 0
    steps = back_and_forth(council, assessment_id)
    for number in range(moves):
        begun = time.perf_counter()
        try:
            steps[number % 2]()
            times.append(time.perf_counter() - begun)
        except Refusal:
            raise
        except Exception:  # noqa: BLE001 - "database is locked" is what is counted here
            failed += 1
    database.close()
    return times, failed


def _timed(steps: Sequence[Callable[[], object]]) -> list[float]:
    times = []
    for step in steps:
        begun = time.perf_counter()
        step()
        times.append((time.perf_counter() - begun) * 1e6)
    return times


def on_sqlite(folder: Path, moves: int) -> tuple[Compared, Crowd]:
    """A new SQLite database in the folder."""
    url = f"sqlite:///{folder / 'bench.sqlite'}"
    database = Database(url)
    migrate.upgrade(database)
    measured = compare(database, SqliteFloor, str(folder / "bench.sqlite"), moves)
    crowded = crowd(url, Council(database, existing=True), max(2, moves // 10))
    database.close()
    return measured, crowded


def on_postgresql(url: str, moves: int) -> Compared:
    """An empty PostgreSQL database."""
    database = Database(url)
    migrate.upgrade(database)
    measured = compare(database, PostgresFloor, make_url(url), moves)
    database.close()
    return measured


def main(moves: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        measured, crowded = on_sqlite(Path(folder), moves)
    _print("SQLite", measured)
    print(
        f"  {WRITERS} writers: {crowded.made} moves, {crowded.failed} failed, "
        f"{crowded.made / crowded.seconds:.0f} a second, slowest {crowded.slowest:.2f} s"
    )
    try:
        with postgres_server.durable_server() as url:
            _print("PostgreSQL", on_postgresql(url, moves))
    except postgres_server.NoPostgres as error:
        print(f"NO POSTGRESQL: {error}")


def _print(name: str, compared: Compared) -> None:
    for what, measured in (("a move", compared.moved), ("a submission", compared.handed_in)):
        times = f"driver {measured.floor:.0f} us, program {measured.program:.0f} us"
        print(f"{name}, {what}: {times}, ratio {measured.ratio:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
