"""Two clocks ring at the same moment: the second waits, and finds nothing left to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from threading import Event, Thread
from uuid import UUID, uuid4

from eia.store.database import Database
from eia.usecases.outbox import deliver
from eia.usecases.reminders import SweepResult, sweep
from tests.usecases.council import council, on
from tests.usecases.letterbox import Letterbox

MONDAY = date(2009, 3, 2)


def test_a_sweep_that_begins_during_another_waits_and_adds_nothing(database: Database):
    here = council(database, today=MONDAY)
    here.action(on(MONDAY), parties=[here.party(here.lead)])
    ending, go_on = Event(), Event()
    results: list[SweepResult] = []

    def slow_id() -> UUID:  # a sweep asks for an id as it ends, in its transaction
        ending.set()
        go_on.wait(10)
        return uuid4()

    slow = replace(here.services, new_id=slow_id)
    first = Thread(target=lambda: results.append(sweep(slow)))
    second = Thread(target=lambda: results.append(sweep(here.services)))
    first.start()
    assert ending.wait(10)
    second.start()
    second.join(0.3)
    go_on.set()
    first.join(10), second.join(10)
    assert [result.created for result in results] == [1, 0]


def test_two_workers_that_look_for_the_first_time_at_once_both_find_nothing(database: Database):
    here = council(database, today=MONDAY)
    found: list[str | None] = []

    def look() -> None:
        found.append(deliver(here.services, Letterbox()).held)

    workers = [Thread(target=look) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join(10)
    assert found == [None] * 4
