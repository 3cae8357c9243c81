"""The reminder sweep of one day against the best single SQL that records the same reminders.

    python -m tests.bench.bench_sweep [ACTIONS ...] [--archive CLOSED] [--postgres URL]

Both run on the same database in turn, three times, and the medians are compared: what counts is the ratio.
The floor is one INSERT ... SELECT through the bare driver, with the rules of the day as literal ranges; the
sweep also asks about milestones, ongoing promises and assessments, tells the next post up what is two weeks
late, cancels what moved, and makes a digest for each person.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, text

from eia.domain.reminder_policy import ReminderPolicy
from eia.domain.reminders import ESCALATED, due_ranges
from eia.domain.working_days import WorkingDays
from eia.store import tables
from eia.store.database import Database
from eia.usecases.reminders import sweep
from eia.usecases.services import Services

TODAY = date(2026, 11, 18)  # a Wednesday: nothing moved over a weekend
POLICY = ReminderPolicy()
PEOPLE = 500
ROUNDS = 3
BATCH = 10_000


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Medians in seconds, and how many reminders each of them recorded."""

    actions: int
    open_actions: int
    floor: float
    sweep: float
    floor_rows: int
    sweep_rows: int

    def line(self, dialect: str) -> str:
        one, all_of_it = self.floor * 1000, self.sweep * 1000
        return (
            f"{dialect:10} {self.actions:>9,} actions, {self.open_actions:>7,} open, {self.sweep_rows} due: "
            f"one SQL {one:8.1f} ms, sweep {all_of_it:8.1f} ms: {all_of_it / one:.2f} times"
        )


class Noon:
    """A clock at noon of a day."""

    def __init__(self, day: date) -> None:
        self.day = day

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)


def measure(database: Database, actions: int, *, archive: int = 0) -> Measured:
    """A body with so many actions over three years and an archive, swept yesterday; then today, both ways."""
    chance = random.Random(actions)
    body_id = uuid4()
    _people(database, body_id)
    open_actions = _actions(database, body_id, actions, chance, 0.95)
    _actions(database, body_id, archive, chance, 1.0)
    clock = Noon(TODAY - timedelta(days=1))
    services = Services(database=database, clock=clock, new_id=uuid4)
    sweep(services, policy_of=lambda name: POLICY)
    clock.day = TODAY
    with database.write() as work:
        work.connection.execute(tables.outbox.update().values(state="sent"))
        work.connection.execute(text("ANALYZE"))
    floors, sweeps = [], []
    floor_rows = sweep_rows = 0
    for _ in range(ROUNDS):
        floors.append(_timed(lambda: _floor(database, body_id, clock.now())))
        floor_rows = _forget(database, clock.now())
        sweeps.append(_timed(lambda: sweep(services, policy_of=lambda name: POLICY)))
        sweep_rows = _forget(database, clock.now())
    return Measured(
        actions=actions,
        open_actions=open_actions,
        floor=statistics.median(floors),
        sweep=statistics.median(sweeps),
        floor_rows=floor_rows,
        sweep_rows=sweep_rows,
    )


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _floor(database: Database, body_id: UUID, now: datetime) -> None:
    """What somebody who knew today's ranges by heart would type."""
    oldest = TODAY - timedelta(days=800)
    ranges = due_ranges(TODAY, POLICY, WorkingDays(), oldest=oldest)
    values = ", ".join(f"('{item.rule}', '{item.first}', '{item.last}')" for item in ranges)
    lite = database.dialect == "sqlite"
    day = "{}" if lite else "CAST({} AS date)"
    fresh = "lower(hex(randomblob(16)))" if lite else "gen_random_uuid()"
    key = body_id.hex if lite else str(body_id)
    at = f"'{now:%Y-%m-%d %H:%M:%S.%f}'" if lite else f"'{now.isoformat()}'::timestamptz"
    statement = f"""
        WITH d(rule, since, upto) AS (VALUES {values})
        INSERT INTO reminder
            (id, body_id, subject_kind, subject_id, rule, occurrence, recipient_id, state, created_at)
        SELECT {fresh}, a.body_id, 'action', a.id, d.rule, a.target_latest, p.holder_id, 'queued', {at}
        FROM d {"CROSS" if lite else ""} JOIN action a ON a.state = 'open' AND a.body_id = '{key}'
            AND a.target_latest BETWEEN {day.format("d.since")} AND {day.format("d.upto")}
        JOIN action_lead l ON l.action_id = a.id JOIN party p ON p.id = l.party_id AND p.confirmed
        JOIN person h ON h.id = p.holder_id AND h.active
        WHERE NOT EXISTS (SELECT 1 FROM reminder r WHERE r.body_id = a.body_id AND r.subject_kind = 'action'
            AND r.subject_id = a.id AND r.rule = d.rule AND r.occurrence = a.target_latest
            AND r.recipient_id = p.holder_id)"""
    raw = database.engine.raw_connection()
    try:
        cursor = raw.cursor()
        if lite:
            cursor.execute("BEGIN IMMEDIATE")
        cursor.execute(statement)
        cursor.execute("COMMIT") if lite else raw.commit()
    finally:
        raw.close()


def _forget(database: Database, now: datetime) -> int:
    """Take today's rows out again, for the next round to find again; how many both ways know of."""
    ledger = tables.reminder.c
    with database.write() as work:
        today = tables.reminder.delete().where(ledger.created_at == now)
        gone = work.connection.execute(today.where(ledger.rule != ESCALATED)).rowcount
        work.connection.execute(today)
        work.connection.execute(tables.outbox.delete().where(tables.outbox.c.created_at == now))
        work.connection.execute(tables.sweep.delete().where(tables.sweep.c.started_at == now))
        work.connection.execute(tables.mail_hold.delete())
    return gone


def _people(database: Database, body_id: UUID) -> None:
    ids = [UUID(int=body_id.int + number) for number in range(PEOPLE)]
    with database.write() as work:
        work.connection.execute(
            insert(tables.body),
            {
                "id": body_id, "slug": body_id.hex, "name": "Benchshire", "nation": "england",
                "workflow": "england-1", "theme": {},
            },
        )  # fmt: skip
        work.connection.execute(
            insert(tables.person),
            [
                {
                    "id": one,
                    "body_id": body_id,
                    "name": f"P{number}",
                    "job_title": "",
                    "email": f"{one.hex}@example.org",
                }
                for number, one in enumerate(ids)
            ],
        )
        work.connection.execute(
            insert(tables.party),
            [
                {
                    "id": one,
                    "body_id": body_id,
                    "kind": "person",
                    "name": one.hex,
                    "holder_id": one,
                    "confirmed": True,
                }
                for one in ids
            ],
        )
        work.connection.execute(
            insert(tables.role_grant),
            {"id": uuid4(), "body_id": body_id, "person_id": ids[0], "role": "equality_officer"},
        )


def _actions(database: Database, body_id: UUID, count: int, chance: random.Random, closed: float) -> int:
    """Deadlines over two years past, of which nearly all are closed, and one to come; how many are open."""
    opened = 0
    with database.write() as work:
        for rows in _batches(count, body_id, chance, closed):
            opened += sum(1 for row in rows if row["state"] == "open")
            _insert(work.connection, rows, body_id, chance)
    return opened


def _batches(
    count: int, body_id: UUID, chance: random.Random, closed: float
) -> Iterator[list[dict[str, object]]]:
    rows: list[dict[str, object]] = []
    for _ in range(count):
        latest = TODAY + timedelta(days=chance.randrange(-730, 365))
        is_closed = chance.random() < (closed if latest < TODAY else 0.05 if closed < 1 else 1)
        rows.append(
            _row(UUID(int=chance.getrandbits(128)), body_id, latest, "verified" if is_closed else "open")
        )
        if len(rows) == BATCH:
            yield rows
            rows = []
    if rows:
        yield rows


def _row(action_id: UUID, body_id: UUID, latest: date, state: str) -> dict[str, object]:
    return {
        "id": action_id, "body_id": body_id, "label": "", "heading": "", "text": "Do it", "outcome": "",
        "target_raw": "", "target_kind": "day", "target_earliest": latest, "target_latest": latest,
        "target_provisional": False, "target_milestones": [], "state": state, "done_evidence": "",
        "closed_because": "", "problems": [], "created_by": body_id,
        "created_at": datetime(2020, 1, 1, tzinfo=UTC), "row_version": 1,
    }  # fmt: skip


def _insert(
    connection: Connection, rows: list[dict[str, object]], body_id: UUID, chance: random.Random
) -> None:
    connection.execute(insert(tables.action), rows)
    connection.execute(
        insert(tables.action_lead),
        [
            {
                "action_id": row["id"],
                "party_id": UUID(int=body_id.int + chance.randrange(PEOPLE)),
                "role": "lead",
            }
            for row in rows
        ],
    )


def on_sqlite(actions: int, *, archive: int = 0) -> Measured:
    """Measured on a fresh file."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.sqlite'}")
        tables.metadata.create_all(database.engine)
        try:
            return measure(database, actions, archive=archive)
        finally:
            database.close()


def on_postgres(url: str, actions: int) -> Measured:
    """Measured in an empty database; its tables are dropped after."""
    database = Database(url)
    tables.metadata.create_all(database.engine)
    try:
        return measure(database, actions)
    finally:
        tables.metadata.drop_all(database.engine)
        database.close()


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("actions", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--postgres", metavar="URL")
    parser.add_argument("--archive", type=int, default=0, help="closed actions beside them")
    arguments = parser.parse_args()
    for count in arguments.actions:
        print(on_sqlite(count, archive=arguments.archive).line("SQLite"), flush=True)
        if arguments.postgres:
            print(on_postgres(arguments.postgres, count).line("PostgreSQL"), flush=True)


if __name__ == "__main__":
    main()
