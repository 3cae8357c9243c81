from __future__ import annotations

from datetime import date

import pytest

from eia.domain.forms.dates import DateProblem, read_date


@pytest.mark.parametrize("month", ["3", "03", "March", "mar"])
def test_a_month_is_a_number_or_its_name(month: str) -> None:
    assert read_date("31", month, "2027") == date(2027, 3, 31)


def test_three_blank_parts_are_no_date() -> None:
    assert read_date(" ", "", "") is None


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        (("", "3", "2027"), "day"),
        (("1", "", "2027"), "month"),
        (("1", "3", ""), "year"),
        (("32", "3", "2027"), "day"),
        (("1", "13", "2027"), "month"),
        (("1", "3", "27"), "year"),
        (("30", "2", "2027"), "day"),
        (("²", "2", "2027"), "day"),
    ],
)
def test_the_part_in_error_is_named(typed: tuple[str, str, str], part: str) -> None:
    found = read_date(*typed)
    assert isinstance(found, DateProblem)
    assert found.part == part
