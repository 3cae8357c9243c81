from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from eia.settings import Settings
from eia.store import tables
from eia.store.database import Database
from eia.usecases.operations import operations_state
from eia.wiring import build_services
from tests.usecases.council import Council, SetClock, on
from worker import embedded
from worker.app import make_app
from worker.schedule import beat_schedule


def until(true: Callable[[], object], *, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def a_council_with_something_due_today(settings: Settings) -> Council:
    services = build_services(settings)
    here = Council(services=services, clock=SetClock(services.now()))
    here.action(on(services.today()), parties=[here.party(here.lead)])
    return here


def kept(settings: Settings) -> list[Path]:
    return list((settings.data_dir / "outbox" / "new").glob("*"))


def test_the_embedded_worker_sweeps_and_delivers_on_the_filesystem(settings: Settings):
    a_council_with_something_due_today(settings)
    running = embedded.start(settings)
    try:
        running.app.send_task("eia.reminders.sweep")
        assert until(lambda: operations_state(running.app.eia.services).last_sweep_at)
        running.app.send_task("eia.outbox.deliver")
        assert until(lambda: kept(settings))
        assert b"Due today" in kept(settings)[0].read_bytes()
    finally:
        running.stop()


def test_the_embedded_queue_is_readable_by_its_owner_only(settings: Settings):
    running = embedded.start(settings)
    running.stop()
    for folder in (settings.data_dir / "queue", settings.data_dir / "queue" / "in"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_embedded_worker_stops_within_two_seconds(settings: Settings):
    running = embedded.start(settings)
    begun = time.monotonic()
    running.stop()
    assert time.monotonic() - begun < 2


def test_every_round_of_the_schedule_is_a_task_the_worker_knows(settings: Settings):
    app = make_app(settings)
    assert {entry["task"] for entry in beat_schedule(lively=True).values()} <= set(app.tasks)


@contextmanager
def a_worker_of_its_own(settings: Settings, root: Path) -> Iterator[None]:
    environment = os.environ | {
        "EIA_DATA_DIR": str(settings.data_dir),
        "EIA_DATABASE_URL": settings.database_url,
        "EIA_BROKER_URL": settings.broker_url,
        "EIA_MAIL_HOURS": "always",
    }
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "worker.production",
        "worker",
        "-P",
        "threads",
        "-c",
        "2",
    ]
    process = subprocess.Popen(
        command, cwd=root, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.redis
@pytest.mark.slow
def test_a_worker_on_redis_does_the_same_and_a_flushed_broker_loses_nothing(
    settings: Settings, valkey: str, root: Path
):
    a_council_with_something_due_today(settings)
    served = replace(settings, broker_url=valkey)
    app = make_app(served)
    database = app.eia.services.database
    with a_worker_of_its_own(served, root):
        app.send_task("eia.reminders.sweep")
        assert until(lambda: outbox_states(database) == ["pending"], seconds=30)
        with app.connection_for_write() as connection:
            connection.default_channel.client.flushdb()
        app.send_task("eia.outbox.deliver")
        app.send_task("eia.outbox.deliver")
        assert until(lambda: outbox_states(database) == ["sent"], seconds=30)
    assert len(kept(settings)) == 1


def outbox_states(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.scalars(select(tables.outbox.c.state)))
