"""A worker dies on the Friday before the clocks change, and its mail goes on the Monday, in office hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.crash import law
from tests.crash.nursery import KILLED
from tests.crash.rounds import USUAL, Victim
from tests.crash.world import World

HOURS = "08:00-18:00"  # in London


@pytest.mark.slow
@pytest.mark.parametrize(
    ("friday", "too_early", "open_now"),
    [
        (
            datetime(2026, 3, 27, 17, 50, tzinfo=UTC),
            datetime(2026, 3, 30, 6, 50, tzinfo=UTC),
            datetime(2026, 3, 30, 7, 10, tzinfo=UTC),
        ),
        (
            datetime(2026, 10, 23, 16, 50, tzinfo=UTC),
            datetime(2026, 10, 26, 7, 50, tzinfo=UTC),
            datetime(2026, 10, 26, 8, 10, tzinfo=UTC),
        ),
    ],
)
def test_mail_that_was_cut_off_before_the_clocks_change_goes_in_office_hours_after(
    world_of: Callable[..., World], friday: datetime, too_early: datetime, open_now: datetime
):
    world = world_of(begins=friday, hours=HOURS)
    this = world.promise(3)
    assert world.child("sweep").wait() == 0
    victim = Victim(USUAL["DATA"])
    world.sink.tell("DATA", USUAL["DATA"], victim.dies)
    victim.is_(world.child("deliver"))
    assert victim.child.wait() == KILLED
    world.cut_short(this)
    this.faults += 1
    for at, kept in ((too_early, 1), (open_now, 3)):
        world.clock.at = at
        assert world.child("deliver").wait() == 0
        assert len(world.sink.kept) == kept
    law.hold(world, this)
