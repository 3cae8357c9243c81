"""Search over many documents, against finding one of them by its key: ratios within one run.

`python -m tests.bench.bench_search [DOCUMENTS]` prints them for SQLite, 10,000 documents unless told. Both
sides go through the same connection pool and the same driver. Ranking a common word would cost a thousand
look-ups by key: that is why only what is rare is ranked.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from uuid import UUID, uuid4

from sqlalchemy import bindparam, insert, select

from eia.domain.people import Actor
from eia.store import migrate, search, tables
from eia.store.database import Database
from tests.council import Council

ROUNDS = 30
COMMON, RARE = "service", "zeppelin"
VOCABULARY = [f"word{number}" for number in range(5000)]
BY_KEY = select(tables.passage).where(tables.passage.c.id == bindparam("key"))


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Times slower than one passage found by its key."""

    rare: float  # ten documents have it
    common: float  # every document has it
    hidden: float  # every document has it, and the reader may see one
    alike: float  # a title of three words


def measure(database: Database, documents: int, rounds: int = ROUNDS) -> Measured:
    """One reader who sees all, and one who sees the first document only."""
    council = Council(database)
    keys = fill(council, documents)
    today = council.services.today()

    def find(who: Actor, word: str, expected: int) -> None:
        with database.read() as connection:
            found = search.find(connection, who, (word,), today, after=None, limit=20)
        assert len(found) == expected, (word, len(found))

    def alike() -> None:
        with database.read() as connection:
            words = (RARE, COMMON, "word7")
            assert search.alike(connection, council["officer"], words, today, not_under="", limit=20)

    def by_key() -> None:
        with database.read() as connection:
            connection.execute(BY_KEY, {"key": random.choice(keys)}).one()

    floor = seconds(by_key, rounds * 10)
    return Measured(
        rare=seconds(lambda: find(council["officer"], RARE, 10), rounds) / floor,
        common=seconds(lambda: find(council["officer"], COMMON, 20), rounds) / floor,
        hidden=seconds(lambda: find(council["lead"], COMMON, 1), rounds) / floor,
        alike=seconds(alike, rounds) / floor,
    )


def fill(council: Council, documents: int) -> list[int]:
    """Subjects of some 120 words each; the keys of their passages."""
    ids = [uuid4() for _ in range(documents)]
    rows = [council._assessment_row(each, "analysis", council.clock.now()) for each in ids]
    for number, row in enumerate(rows):
        row |= {"reference": f"B-{number}", "department_id": None}
    with council.services.database.write() as work:
        work.connection.execute(insert(tables.assessment), rows)
        lead = {"assessment_id": ids[0], "person_id": council["lead"].id, "role": "lead"}
        work.connection.execute(insert(tables.assignment), [lead])
        work.connection.execute(insert(tables.passage), list(subjects(ids)))
        return list(work.connection.scalars(select(tables.passage.c.id)))


def subjects(ids: list[UUID]) -> Iterator[dict[str, object]]:
    chance = random.Random(7)
    every = max(1, len(ids) // 10)
    for number, each in enumerate(ids):
        words = [COMMON, *chance.choices(VOCABULARY, k=120), *([RARE] if number % every == 0 else [])]
        yield {
            "assessment_id": each,
            "characteristic": "",
            "title": " ".join(chance.choices(VOCABULARY, k=4)),
            "text": " ".join(words),
            "effects": [],
        }


def seconds(act: Callable[[], object], rounds: int) -> float:
    act()
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return median(taken)


def on_sqlite(folder: Path, documents: int, rounds: int = ROUNDS) -> Measured:
    database = Database(f"sqlite:///{folder / 'search.db'}")
    migrate.upgrade(database)
    try:
        return measure(database, documents, rounds)
    finally:
        database.close()


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        measured = on_sqlite(Path(folder), number)
    print(
        f"{number} documents, times a look-up by key: rare word, ranked {measured.rare:.1f}; common word, "
        f"newest first {measured.common:.1f}; common word of which one may see one {measured.hidden:.1f}; "
        f"alike {measured.alike:.1f}"
    )
