"""Delivery of what is owed to people: leased, intended just before it goes, sent, settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from eia.domain.mail import Mailer
from eia.mail.words import NO_LINKS
from eia.store import addresses, outbox, place, promises, sweeps
from eia.store import reminders as ledger
from eia.store.outbox import OutboxItem
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.letters import Letter, letter, no_longer_holding
from eia.usecases.mail_holds import watch
from eia.usecases.office_hours import is_open
from eia.usecases.one_use_links import make_links
from eia.usecases.sending import LEASE, Batch
from eia.usecases.services import Services

ROUND = "outbox"


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What became of one batch; `held` says why nothing went, or why no more did."""

    sent: int = 0
    retried: int = 0
    failed: int = 0
    expired: int = 0
    cancelled: int = 0
    in_doubt: int = 0
    held: str | None = None

    @property
    def goes_on(self) -> bool:
        """Whether another batch may find something."""
        return self.held is None and bool(self.sent or self.failed or self.cancelled or self.expired)


def deliver(services: Services, mailer: Mailer, *, limit: int = 100) -> Delivery:
    """Send up to `limit` mails that are due; none while mail is on hold or offices are closed."""
    done: Counter[str] = Counter()
    with services.database.write() as work:
        stopped = watch(services, work)
        letters = [] if stopped else _leased(services, work, limit, done)
        mark = _note_round(services, work, sum(done.values()) + len(letters))
    if mark is not None:
        services.place.keep(mark)
    held = stopped.reason if stopped else None
    if letters:
        held = Batch(services, letters, done).go(mailer)
    return Delivery(
        sent=done["sent"],
        retried=done["retried"],
        failed=done["failed"],
        expired=done["expired"],
        cancelled=done["cancelled"],
        in_doubt=done["in_doubt"],
        held=held,
    )


def _leased(services: Services, work: UnitOfWork, limit: int, done: Counter[str]) -> list[Letter]:
    """The mails that are ours now, each written as things stand at this moment."""
    now = services.now()
    if not services.mail_rules.resend_when_in_doubt:
        done["in_doubt"] += outbox.doubt(work.connection, now)
    bodies = _open_bodies(services, work, now)
    items = outbox.lease(work.connection, now, now + LEASE, limit, bodies=bodies)
    return _written(services, work, items, done)


def _open_bodies(services: Services, work: UnitOfWork, now: datetime) -> list[UUID] | None:
    """The bodies whose offices are open, by their own hours and working days; None for all, at any hour."""
    if services.mail_rules.always_open:
        return None
    return [office.body_id for office in addresses.offices(work.connection) if is_open(services, office, now)]


def _written(
    services: Services, work: UnitOfWork, items: Sequence[OutboxItem], done: Counter[str]
) -> list[Letter]:
    """The letters; what says nothing any more is cancelled, and what cannot be written fails alone."""
    spoken_of = promises.contents(work.connection, items, services.today())
    ledger.cancel(
        work.connection, [gone for item in items for gone in no_longer_holding(item, spoken_of[item.id])]
    )
    links = make_links(services, work, items, spoken_of)
    letters = []
    for item in items:
        try:
            written = letter(services, item, spoken_of[item.id], links.get(item.id, NO_LINKS))
        except Exception as fault:  # noqa: BLE001  one that cannot be written must not stop all others
            outbox.end(work.connection, item, "failed", f"It could not be written: {type(fault).__name__}")
            done["failed"] += 1
            continue
        if written is None:
            outbox.end(work.connection, item, "cancelled")
            done["cancelled"] += 1
        else:
            letters.append(written)
    return letters


def _note_round(services: Services, work: UnitOfWork, count: int) -> int | None:
    """That we looked; once mails are ours, also a higher mark, so that a restored backup is noticed."""
    now = services.now()
    if not count:
        sweeps.looked(work.connection, ROUND, now)
        return None
    done = sweeps.Sweep(name=ROUND, started_at=now, finished_at=now, created=count, note="")
    sweeps.record(work.connection, services.new_id(), done)
    return place.raise_mark(work.connection)
