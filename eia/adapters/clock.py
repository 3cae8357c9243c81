"""The machine's clock, and one that a person sets."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """The present, as this machine knows it."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands where it was put, for demo data and tests."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """The instant it was put to."""
        return self._at

    def move_to(self, at: datetime) -> None:
        """Stands at `at` from now on."""
        self._at = at.astimezone(UTC)
