"""The worker inside the web process goes on, whatever it finds in its folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from eia.settings import Settings
from worker.app import queue_folder
from worker.embedded import Embedded

SOON = 30.0


@pytest.fixture
def queue(settings: Settings) -> Iterator[Path]:
    """The folder of messages of a running worker."""
    embedded = Embedded(settings)
    embedded.start()
    yield queue_folder(settings)
    embedded.stop()


def test_a_message_that_cannot_be_read_does_not_end_the_work(queue: Path) -> None:
    arrived, done = queue / "in", queue / "done"
    assert wait_until(lambda: any(done.iterdir())), "the worker never began"
    whole = next(done.iterdir()).read_bytes()
    (arrived / "1_broken.eia.msg").write_bytes(b"")
    assert wait_until((done / "1_broken.eia.msg").exists)
    (arrived / "2_later.eia.msg").write_bytes(whole)
    assert wait_until((done / "2_later.eia.msg").exists)


def wait_until(holds: Callable[[], bool]) -> bool:
    """Whether it holds before long."""
    end = monotonic() + SOON
    while not holds() and monotonic() < end:
        sleep(0.05)
    return holds()
