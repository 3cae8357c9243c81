"""What a round needs: processes to kill, a mail server, and a council on each database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eia.store.database import Database
from tests.crash.nursery import Nursery
from tests.crash.world import World
from tests.smtp_sink import Sink


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Nursery]:
    found = Nursery(tmp_path_factory.mktemp("children"), root)
    yield found
    found.close()


@pytest.fixture
def crash_rounds(request: pytest.FixtureRequest) -> int:
    """How much of it was asked for."""
    asked: int = request.config.getoption("--crash-rounds")
    return asked


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as found:
        yield found


@pytest.fixture
def world_of(
    database: Database, tmp_path: Path, nursery: Nursery, sink: Sink
) -> Iterator[Callable[..., World]]:
    worlds: list[World] = []

    def made(**chosen: object) -> World:
        worlds.append(World(database, tmp_path / "data", nursery, sink, **chosen))  # type: ignore[arg-type]
        return worlds[-1]

    yield made
    for each in worlds:
        for child in each.children:
            child.kill()
            child.wait()
        each.close()
