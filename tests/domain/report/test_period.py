"""The periods of a report: where each begins and ends, and that an address names it for good."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eia.domain.errors import Invalid
from eia.domain.report.period import Calendar, PeriodKind, days

CALENDAR = Calendar.of("05-15")
DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))
CUT = (PeriodKind.QUARTER, PeriodKind.MUNICIPAL, PeriodKind.FINANCIAL)


def test_quarters_count_from_april():
    assert (CALENDAR.quarter(2025, 1).first, CALENDAR.quarter(2025, 1).last) == (
        date(2025, 4, 1),
        date(2025, 6, 30),
    )
    assert (CALENDAR.quarter(2025, 4).first, CALENDAR.quarter(2025, 4).last) == (
        date(2026, 1, 1),
        date(2026, 3, 31),
    )


def test_a_municipal_year_runs_from_meeting_to_meeting():
    found = CALENDAR.municipal(2025)
    assert (found.first, found.last) == (date(2025, 5, 15), date(2026, 5, 14))


@pytest.mark.parametrize("kind", CUT)
@given(day=DAYS)
def test_every_day_belongs_to_exactly_one_period_of_a_kind(kind, day):
    period = CALENDAR.around(kind, day)
    assert period.first <= day <= period.last
    assert CALENDAR.before(period).last < period.first


@pytest.mark.parametrize("kind", CUT)
@given(day=DAYS)
def test_periods_follow_each_other_without_a_gap(kind, day):
    period = CALENDAR.around(kind, day)
    assert (period.first - CALENDAR.before(period).last).days == 1


@pytest.mark.parametrize("kind", CUT)
@given(day=DAYS)
def test_a_period_is_read_back_from_its_code(kind, day):
    period = CALENDAR.around(kind, day)
    assert CALENDAR.read(period.code) == period


@given(first=DAYS, last=DAYS)
def test_any_days_are_a_period_and_the_one_before_is_as_long(first, last):
    first, last = sorted((first, last))
    period = days(first, last)
    earlier = CALENDAR.before(period)
    assert CALENDAR.read(period.code) == period
    assert earlier.last - earlier.first == last - first


def test_the_newest_complete_quarter_is_over():
    assert CALENDAR.complete(PeriodKind.QUARTER, date(2026, 11, 22)) == CALENDAR.quarter(2026, 2)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "x",
        "quarter-2025-5",
        "quarter-2025",
        "financial-25",
        "financial-99999",
        "2025-04-01--",
        "2025-04-01--2025-02-30",
        "2025-04-01--2025-03-01",
        "1025-04-01--2025-03-01",
        "municipal-2025-1",
    ],
)
def test_what_is_no_period_is_refused_by_name(code):
    with pytest.raises(Invalid) as refused:
        CALENDAR.read(code)
    assert list(refused.value.problems) == ["period"]
