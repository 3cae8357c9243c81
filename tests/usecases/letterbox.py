"""A mailer for tests: it keeps what it is given, or fails as it was told to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from eia.domain.mail import Mail, NotSent, Post
from eia.domain.people import Actor, Grant, Role
from eia.store import tables
from tests.usecases.council import Council


class Letterbox:
    """The faults come one a mail, before it is kept; whoever is in `knows` was sent already."""

    def __init__(self, *faults: NotSent | None, unreachable: NotSent | None = None) -> None:
        self.mails: list[Mail] = []
        self.connections = 0
        self.knows: set[str] = set()
        self.faults = list(faults)
        self.unreachable = unreachable
        self.before_intent: Callable[[], object] = lambda: None

    @contextmanager
    def connect(self) -> Iterator[Post]:
        self.connections += 1
        if self.unreachable:
            raise self.unreachable
        yield self

    def has(self, key: str) -> bool:
        return key in self.knows

    def send(self, mail: Mail, intend: Callable[[], None]) -> None:
        self.before_intent()
        intend()
        fault = self.faults.pop(0) if self.faults else None
        if fault:
            raise fault
        self.mails.append(mail)


def officer_of(here: Council) -> Actor:
    return Actor(
        id=here.officer,
        body_id=here.body_id,
        name="Equality Officer",
        job_title="",
        email="officer@harbourside.example.org",
        department_id=None,
        grants=(Grant(role=Role.EQUALITY_OFFICER),),
    )


def states(here: Council) -> list[str]:
    with here.services.database.read() as connection:
        return sorted(connection.scalars(select(tables.outbox.c.state)))


def outbox_id(here: Council, state: str) -> UUID:
    with here.services.database.read() as connection:
        found: UUID = connection.scalars(
            select(tables.outbox.c.id).where(tables.outbox.c.state == state)
        ).one()
        return found


def change(here: Council, table: object, **values: object) -> None:
    with here.services.database.write() as work:
        work.connection.execute(update(table).values(**values))  # type: ignore[arg-type]


def begin(here: Council, kind: str = "live") -> None:
    """The installation exists, and its database has a home and a mark to be compared with."""
    here.add(tables.instance, id=here.services.new_id(), kind=kind, created_at=here.clock.at)


def later(here: Council, **by: float) -> None:
    here.clock.at += timedelta(**by)
