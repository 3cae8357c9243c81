"""PostgreSQL loses its line around a COMMIT, or is killed under load and starts again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from threading import Event

import pytest
from sqlalchemy import make_url

from eia.store import migrate
from eia.store.database import Database
from tests import postgres_server
from tests.crash import law
from tests.crash.nursery import Nursery
from tests.crash.postgres_proxy import Proxy
from tests.crash.rounds import take_turns
from tests.crash.world import World
from tests.databases import crash_seed
from tests.smtp_sink import Sink

COMMITS = {"sweep": 1, "deliver": 10, "move": 1, "seal": 1}


@pytest.fixture
def proxied(
    postgres_database: Database, tmp_path: Path, nursery: Nursery, sink: Sink
) -> Iterator[tuple[World, Proxy]]:
    """A council whose processes reach the database by a line that can be cut; we reach it directly."""
    world = World(postgres_database, tmp_path / "data", nursery, sink, resends=True)
    url = postgres_database.url
    folder = os.environ.get("EIA_TEST_POSTGRES_FOLDER") or str(url.query.get("host", ""))
    if not folder.startswith("/"):
        pytest.skip("NO SOCKET: the line to the server named in EIA_TEST_POSTGRES_URL cannot be cut")
    with Proxy(folder) as proxy:
        through = url.set(host="127.0.0.1", port=proxy.port, query={"sslmode": "disable"})
        world.environment["EIA_DATABASE_URL"] = through.render_as_string(hide_password=False)
        yield world, proxy
    world.close()


@pytest.mark.slow
@pytest.mark.postgres
def test_a_line_that_breaks_around_a_commit_loses_nothing(proxied: tuple[World, Proxy], crash_rounds: int):
    world, proxy = proxied
    chance = Random(crash_seed())
    for role in (*COMMITS, *["deliver"] * (crash_rounds // 12)):
        cuts = proxy.cuts
        with take_turns(world, chance.randint(2, 5)) as this:
            order = world.order_of_next_move(chance) if role == "move" else {}
            if role == "deliver":
                world.child("sweep").wait()
            proxy.cut(chance.randint(1, COMMITS[role]), arrives=chance.random() < 0.5)
            ended = world.child(role, **order).wait()
            this.faults = proxy.cuts - cuts
            law.say(
                ended == this.faults, f"the line was cut {this.faults} times, and {role} ended as {ended}"
            )
            proxy.cut(0, arrives=True)
            world.child("sweep").wait()
        print(f"{role}: {this.faults} cut, {len(this.in_gap)} in doubt")


@pytest.mark.slow
@pytest.mark.postgres
def test_a_server_that_is_killed_under_load_has_what_it_said_it_has(
    tmp_path: Path, nursery: Nursery, sink: Sink, crash_rounds: int
):
    chance = Random(crash_seed())
    try:
        with postgres_server.durable_server() as url:
            database = Database(url)
            migrate.upgrade(database)
            world = World(database, tmp_path / "data", nursery, sink, resends=True)
            for _ in range(max(1, crash_rounds // 50)):
                _killed_under_load(world, chance, str(make_url(url).query["host"]))
            world.close()
            database.close()
    except postgres_server.NoPostgres as error:
        pytest.skip(f"NO POSTGRESQL: {error}")


def _killed_under_load(world: World, chance: Random, folder: str) -> None:
    with take_turns(world, 5) as this:
        this.power_cut = True
        world.child("sweep").wait()
        busy = [world.child("deliver", limit=2), world.child("sweep"), world.child("seal")]
        busy.append(world.child("move", **world.order_of_next_move(chance)))
        Event().wait(chance.uniform(0, 0.2))
        postgres_server.kill_and_start_again(Path(folder))
        this.faults += 1
        world.services.database.close()  # whose connections are gone too
        for each in busy:
            each.wait()
