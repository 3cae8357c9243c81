"""Invented years pass scene by scene, in the order of their days, on a clock of their own."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from eia.usecases.services import LONDON

Scene = Callable[[], None]


class DemoClock:
    """Stands where the scene being played stands."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def seeded_ids(seed: int) -> Callable[[], UUID]:
    """The same ids every time, so that two demonstrations differ in their dates only."""
    chance = random.Random(seed)  # noqa: S311  an id is no secret
    return lambda: UUID(int=chance.getrandbits(128), version=4)


@dataclass
class Timeline:
    """Scenes wait for their day; those of one day are played in the order in which they were added."""

    clock: DemoClock
    until: datetime
    _scenes: list[tuple[datetime, int, Scene]] = field(default_factory=list)

    def add(self, day: date, hour: int, scene: Scene) -> None:
        """A scene on this day, or on the Monday after a weekend; nothing that lies ahead is played."""
        at = datetime.combine(_working_day(day), time(hour), LONDON).astimezone(UTC)
        if at <= self.until:
            self._scenes.append((at + timedelta(seconds=len(self._scenes) % 3500), len(self._scenes), scene))

    def play(self) -> None:
        """Every scene, each at its own time."""
        for at, _, scene in sorted(self._scenes, key=lambda each: each[:2]):
            self.clock.at = at
            scene()


def _working_day(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
