"""Digests out: leased, written, intended, sent and settled, against `smtplib` with ready-made messages.

    python -m tests.bench.bench_mail [MAILS] [--postgres URL]

The server is aiosmtpd in a process of its own, and both send the very same messages through one connection,
in turn, five times. The floor knows everything beforehand and remembers nothing; ours looks at each promise,
writes the words, and commits twice a mail, so that a kill at any moment loses none. Medians are compared.
"""

from __future__ import annotations

import argparse
import smtplib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import insert, update

from eia.adapters.smtp import SmtpMailer
from eia.domain.mail import Mail, MailRules
from eia.domain.reminder_policy import ReminderPolicy
from eia.store import migrate, tables
from eia.store.database import Database
from eia.usecases.outbox import deliver
from eia.usecases.reminders import sweep
from tests.usecases.council import Council, council, on
from tests.usecases.letterbox import Letterbox

TODAY = date(2026, 11, 18)
ROUNDS = 5
BATCH = 100
LINES = 3
SERVER = """
import sys
from aiosmtpd.controller import Controller
class Takes:
    async def handle_DATA(self, server, session, envelope):
        return "250 kept"
controller = Controller(Takes(), hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
print("ready", flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Medians, in seconds for all mails."""

    mails: int
    floor: float
    ours: float

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    def line(self, dialect: str) -> str:
        return (
            f"{dialect:10} {self.mails} digests: smtplib {self.mails / self.floor:7.0f} a second, "
            f"ours {self.mails / self.ours:7.0f} a second: {self.ratio:.2f} times"
        )


def measure(database: Database, mails: int) -> Measured:
    """So many people with a digest each, sent both ways."""
    here = _people(database, mails)
    ready = Letterbox()
    assert _deliver(here, ready) == mails
    with server() as port:
        floors, ours = [], []
        for _ in range(ROUNDS):
            floors.append(_timed(lambda: _floor(port, ready.mails)))
            _again(here)
            ours.append(_timed(lambda: _deliver(here, SmtpMailer(f"smtp://127.0.0.1:{port}"))))
    return Measured(mails=mails, floor=statistics.median(floors), ours=statistics.median(ours))


def _floor(port: int, mails: list[Mail]) -> None:
    with smtplib.SMTP("127.0.0.1", port) as connection:
        for mail in mails:
            connection.sendmail(mail.sender, [mail.recipient], mail.raw)


def _deliver(here: Council, mailer: object) -> int:
    sent = 0
    while (delivery := deliver(here.services, mailer, limit=BATCH)).goes_on:  # type: ignore[arg-type]
        sent += delivery.sent
    return sent


def _again(here: Council) -> None:
    """Every digest waits once more, as though it had never been written."""
    with here.services.database.write() as work:
        fresh = {"state": "pending", "payload": {}, "message_id": "", "sent_at": None}
        work.connection.execute(update(tables.outbox).values(**fresh))


def _people(database: Database, count: int) -> Council:
    here = council(database, today=TODAY)
    here.services = replace(here.services, mail_rules=MailRules(always_open=True))
    leads = [uuid4() for _ in range(count)]
    with database.write() as work:
        same = {"body_id": here.body_id, "job_title": "Officer", "active": True}
        work.connection.execute(
            insert(tables.person),
            [
                {"id": each, "name": f"Lead {n}", "email": f"lead{n}@example.org", **same}
                for n, each in enumerate(leads)
            ],
        )
    for each in leads:
        party_id = here.party(each)
        for late in range(LINES):
            here.action(on(TODAY - timedelta(days=late)), parties=[party_id])
    sweep(here.services, policy_of=lambda workflow: ReminderPolicy())
    return here


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@contextmanager
def server() -> Iterator[int]:
    """A mail server in a process of its own; its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = [sys.executable, "-c", SERVER, str(port)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    try:
        yield port
    finally:
        process.stdin.close()
        process.wait(10)


def main() -> None:
    """Says what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("mails", nargs="?", type=int, default=500)
    parser.add_argument("--postgres")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(asked.postgres or f"sqlite:///{Path(folder) / 'bench.sqlite'}")
        migrate.upgrade(database)
        print(measure(database, asked.mails).line(database.dialect))
        database.close()


if __name__ == "__main__":
    main()
