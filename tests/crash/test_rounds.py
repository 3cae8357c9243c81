"""Rounds in which somebody is killed or unwell, taken by chance; `--crash-rounds N` for more."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from tests.crash.rounds import play
from tests.crash.world import World
from tests.databases import crash_seed

A_CHAPTER = 6  # rounds with one council


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        chapters = -(-metafunc.config.getoption("--crash-rounds") // (2 * A_CHAPTER))  # on both databases
        metafunc.parametrize("seed", range(crash_seed(), crash_seed() + chapters))


@pytest.mark.slow
def test_whoever_is_killed_nothing_is_lost_and_nothing_doubled_in_silence(
    world_of: Callable[..., World], seed: int
):
    chance = Random(seed)
    world = world_of(resends=chance.random() < 0.5)
    for number in range(A_CHAPTER):
        print(f"seed {seed}, round {number}: {play(world, chance)}")
