"""Keeping the installation itself in order."""

from __future__ import annotations

from eia.store import migrate
from eia.usecases.services import Services


def upgrade(services: Services) -> str:
    """Brings the database to the revision this release expects, and returns it."""
    migrate.upgrade(services.database)
    return migrate.head()


def revisions(services: Services) -> tuple[str | None, str]:
    """The revision the database is at, and the one this release expects."""
    return migrate.current(services.database), migrate.head()
