"""Faults put into a process on purpose: a suite that does not notice them would notice nothing."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import update

from eia.store import audit, outbox, tables
from eia.store.unit_of_work import UnitOfWork


def plant(name: str) -> None:
    """From here on this process is wrong in the way that is named."""
    PLANTS[name]()


def _settled_too_early() -> None:
    """A mail counts as sent before it goes: whoever is killed in between has lost it."""
    intend = outbox.intend

    def wrong(connection: Any, item: Any, **given: Any) -> bool:
        done = intend(connection, item, **given)
        given.pop("until")
        return done and outbox.sent(connection, item, item.created_at)

    outbox.intend = wrong  # type: ignore[assignment]


def _never_settled() -> None:
    """A mail that went is not remembered: it goes again without anybody having been killed."""
    outbox.sent = lambda connection, item, now: True


def _not_intended() -> None:
    """Nothing says that a mail may have gone: where a person should be asked it goes again."""
    outbox.intend = lambda connection, item, **given: True


def _never_leased() -> None:
    """A lease binds nobody: two at work have the same mail, and both pass the fence."""
    lease = outbox.lease

    def wrong(connection: Any, now: Any, until: Any, limit: int, *, bodies: Any = None) -> Any:
        found = lease(connection, now, now - timedelta(days=1), limit, bodies=bodies)
        connection.execute(update(tables.outbox).values(attempt=1))
        return tuple(replace(item, attempt=1) for item in found)

    outbox.lease = wrong  # type: ignore[assignment]


def _half_a_change() -> None:
    """A move and its notices are two transactions, and death comes between them."""
    change = UnitOfWork.change

    def wrong(self: UnitOfWork, facts: Any, event: Any, *, stage: Any = None, **given: Any) -> int:
        given.pop("notices", ())
        done = change(self, facts, event, stage=stage, **given)
        self.connection.commit()
        os.kill(os.getpid(), signal.SIGKILL)
        return done

    UnitOfWork.change = wrong  # type: ignore[method-assign]


def _chain_not_linked() -> None:
    """An event's hash does not hold on to the one before."""
    audit.link_hash = lambda last, written: sha256(written).digest()


PLANTS = {
    "settled too early": _settled_too_early,
    "never settled": _never_settled,
    "not intended": _not_intended,
    "never leased": _never_leased,
    "half a change": _half_a_change,
    "chain not linked": _chain_not_linked,
}
