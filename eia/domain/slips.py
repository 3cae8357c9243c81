"""Slips: how often a promised date moved later, and by how much in all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Slips:
    """What the moves of a promised date come to; moving it earlier makes up for nothing."""

    times: int = 0
    days: int = 0  # calendar days; a move to no day at all is counted, and adds none

    def after(self, was: date | None, now: date | None) -> Slips:
        """With one more when the day moved later or was given up; a first day is no slip."""
        if was is None or (now is not None and now <= was):
            return self
        return Slips(times=self.times + 1, days=self.days + ((now - was).days if now else 0))


NO_SLIPS = Slips()
