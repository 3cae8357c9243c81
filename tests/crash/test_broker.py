"""Real Celery workers and clocks: killed, doubled, their broker emptied; the tables are what remembers."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.crash.nursery import KILLED, Child
from tests.crash.rounds import USUAL, Victim, take_turns
from tests.crash.world import Round, World, message_id
from worker.app import make_app

SOON = 40.0  # seconds


@pytest.fixture
def served(world_of: Callable[..., World], valkey: str) -> World:
    """A council with a broker."""
    return world_of(broker=valkey)


@pytest.mark.slow
@pytest.mark.redis
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_a_worker_killed_between_two_clocks_and_an_emptied_broker_lose_nothing(served: World):
    app = make_app(served.settings)
    clocks = [served.child("schedule") for _ in range(2)]
    with take_turns(served, 4) as this:
        victim = Victim(USUAL["CONTENT"])
        served.sink.tell("CONTENT", victim.dies)
        workers = [served.child("work")]
        victim.is_(workers[0])
        assert workers[0].wait() == KILLED
        this.faults += 1
        served.sink.hang_up()
        _empty(app)
        workers += [served.child("work") for _ in range(2)]
        served.clock.at += timedelta(minutes=6)  # its lease is over
        assert _until(lambda: not _waiting(served)), "nobody took over"
        this.in_gap = frozenset(_copied(served, this))
        _stop(*workers, *clocks)
    assert len(this.in_gap) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_everything_in_one_process_is_killed_and_the_next_start_goes_on(world_of: Callable[..., World]):
    world = world_of(broker="filesystem://")
    with take_turns(world, 4) as this:
        victim = Victim(USUAL["DATA"])
        world.sink.tell("DATA", USUAL["DATA"], victim.dies)
        first = world.child("everything")
        victim.is_(first)
        assert first.wait() == KILLED
        this.faults += 1
        world.sink.hang_up()
        world.clock.at += timedelta(minutes=6)
        second = world.child("everything")
        assert _until(lambda: not _waiting(world)), "nobody took over"
        _stop(second)
    assert this.in_gap == frozenset()  # the server had none of the mail that was cut off


def _empty(app: Any) -> None:
    """As though the broker had been restarted without its memory."""
    with app.connection_for_write() as connection:
        connection.default_channel.client.flushdb()


def _waiting(world: World) -> bool:
    mails = world.mails()
    return not mails or any(row.state != "sent" for row in mails)


def _copied(world: World, this: Round) -> set[str]:
    kept = [message_id(each) for each in world.sink.kept[this.kept_before :]]
    return {each for each in kept if kept.count(each) > 1}


def _stop(*children: Child) -> None:
    for child in children:
        child.kill()
        child.wait()


def _until(true: Callable[[], object]) -> bool:
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False
