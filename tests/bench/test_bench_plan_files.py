"""Reading plans costs what it cost: as ratios to floors of the same run, and dates as a rate."""

import pytest

from tests.bench.bench_plan_files import measure_dates, measure_excel, measure_word

pytestmark = pytest.mark.bench


def test_laying_out_sixty_rows_of_word_keeps_within_its_floor() -> None:
    assert measure_word(9).ratio < 40


def test_laying_out_five_thousand_rows_of_excel_keeps_within_calamines_own_time() -> None:
    assert measure_excel(3).ratio < 15


def test_a_hundred_thousand_target_dates_a_minute_are_read_on_one_core() -> None:
    assert measure_dates(5).parsed > 100_000
