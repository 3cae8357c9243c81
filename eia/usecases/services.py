"""What every use case is handed: the database, the time, fresh ids and the rulebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from eia.store.database import Database

LONDON = ZoneInfo("Europe/London")


class Clock(Protocol):
    """Where the time comes from; a test or the demo sets its own."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


@dataclass(frozen=True, kw_only=True)
class Services:
    """Built once by `eia.wiring` and passed to every use case."""

    database: Database
    clock: Clock
    new_id: Callable[[], UUID]

    def now(self) -> datetime:
        """The present instant in UTC."""
        return self.clock.now()

    def today(self) -> date:
        """The day it is in London: promises are days, not instants."""
        return self.clock.now().astimezone(LONDON).date()
