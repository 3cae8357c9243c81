"""Whether work can be done just now, for whatever watches the installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eia.usecases import upkeep
from eia.usecases.operations import OperationsState, operations_state
from eia.usecases.services import Services


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """The database answers, its shape is this release's or a newer one's, and how clock and mail stand."""

    database: bool
    migrated: bool
    state: OperationsState | None
    at: datetime

    @property
    def is_ready(self) -> bool:
        """Whether pages can be answered; a late clock is told, and is no reason to send people away."""
        return self.database and self.migrated


def readiness(services: Services) -> Readiness:
    """Looks once at everything a page needs."""
    now = services.now()
    try:
        at, expected = upkeep.revisions(services)
        # One that a newer release brought further has only more in it: a step back goes on working.
        migrated = at is not None and at >= expected
        state = operations_state(services) if migrated else None
    except Exception:  # noqa: BLE001  whatever the database raises, the answer is that we are not ready
        return Readiness(database=False, migrated=False, state=None, at=now)
    return Readiness(database=True, migrated=migrated, state=state, at=now)
