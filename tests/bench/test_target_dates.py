"""How many target dates are read in a minute on one core."""

import time

import pytest

from eia.domain.target_date import parse_target
from tests.domain.target_date_examples import WITHOUT_PERIOD

AIM = 100_000  # a minute


@pytest.mark.bench
def test_a_minute_reads_a_hundred_thousand_target_dates() -> None:
    written = [line.split("|")[0].strip() for line in WITHOUT_PERIOD.strip("\n").split("\n")]
    rounds = 50

    started = time.perf_counter()
    for _ in range(rounds):
        for words in written:
            parse_target(words)
    a_minute = len(written) * rounds / (time.perf_counter() - started) * 60

    print(f"target dates read: {a_minute:,.0f} a minute")
    assert a_minute >= AIM
