"""The stretch of time a plan speaks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from eia.domain.errors import Invalid

_YEARS = re.compile(r"(?<!\d)(20\d\d)\s?([/–-])\s?(20\d\d|\d\d?)(?![\d/])")
_DAYS = re.compile(r"\s*(\d{4}-\d\d-\d\d)\s*(?:to|/|–)\s*(\d{4}-\d\d-\d\d)\s*")


@dataclass(frozen=True, kw_only=True)
class Period:
    """Both days belong to it; the first is never after the last."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a period cannot end on {self.last} before it starts on {self.first}")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def is_one_year(self) -> bool:
        """Whether each month and each season begins in it once at most."""
        return self.last - self.first < timedelta(days=366)


def financial_year(start: int, *, years: int = 1) -> Period:
    """1 April of `start` to the 31 March that ends `years` financial years; `start` is 2000 to 2100."""
    return Period(first=date(start, 4, 1), last=date(start + years, 3, 31))


def find_period(text: str) -> Period | None:
    """The first `2008/09`, `2009-11` or `2009 - 2012` in a title, as whole financial years.

    `2009-11` is the two financial years 2009/10 and 2010/11, as titles of plans are meant.
    """
    for match in _YEARS.finditer(text):
        start, end = int(match[1]), _closing_year(match[1], match[3])
        if 0 < end - start <= 10:
            return financial_year(start, years=end - start)
    return None


def _closing_year(start: str, end: str) -> int:
    """`09` after `2008` is 2009; `9` is as well."""
    return int(start[: 4 - len(end)] + end)


def parse_period(text: str) -> Period:
    """`2008/09`, `2009-2012`, or two ISO days as `2008-04-01 to 2009-03-31`.

    Raises `Invalid` with the key `period` for anything else.
    """
    days = _DAYS.fullmatch(text)
    try:
        if days:
            return Period(first=date.fromisoformat(days[1]), last=date.fromisoformat(days[2]))
    except ValueError as impossible:
        raise _unreadable(text) from impossible
    found = find_period(text) if _YEARS.fullmatch(text.strip()) else None
    if found is None:
        raise _unreadable(text)
    return found


def _unreadable(text: str) -> Invalid:
    return Invalid(
        {"period": f"'{text}' is not a period: write 2008/09, 2009-2012 or 2008-04-01 to 2009-03-31."}
    )
