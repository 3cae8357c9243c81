"""The suite can fail: each law is broken once by a fault that was put there, and the suite says which."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from tests.crash import law
from tests.crash.rounds import play
from tests.crash.world import World

ENOUGH = 150  # rounds; most of these faults are found in the first few, the one of two at once by luck


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("plant", "way", "resends", "said"),
    [
        ("settled too early", "a worker is killed at a verb", True, "lost: Promise"),
        ("never settled", "everything happens twice", True, "0 faults, and unrecorded"),
        ("not intended", "a worker is killed at a verb", False, "nobody knows of it"),
        ("never leased", "everything happens twice", True, "went 2 times"),
        ("half a change", "a move is killed", True, "nobody is told whose turn it is"),
        ("chain not linked", "a move is killed", True, "not as it was written"),
    ],
)
def test_a_fault_that_was_put_there_is_found(
    world_of: Callable[..., World], plant: str, way: str, resends: bool, said: str
):
    world, chance = world_of(resends=resends), Random(5)

    def rounds() -> None:
        for _ in range(ENOUGH):
            play(world, chance, plant=plant, only=way)

    with pytest.raises(law.Broken, match=said):
        rounds()
