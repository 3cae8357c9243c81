"""Phrases that name a day, day first."""

from __future__ import annotations

import re
from collections.abc import Callable

from eia.domain.target_date.reading import (
    Reading,
    Setting,
    Yearless,
    day,
    doubtful,
    financial,
    month,
    unknown,
)
from eia.domain.target_date.value import TargetKind

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def full_year(short: str) -> int:
    """Two digits are 20xx."""
    return 2000 + int(short)


def month_number(match: re.Match[str]) -> int:
    """January is 1."""
    return _MONTHS.index(match["month"][:3].lower()) + 1


def far_short_year(reading: Reading, short: str | None) -> Reading:
    """Two digits are always 20xx; 70 and later were more likely meant as 19xx."""
    if short is None or int(short) < 70:
        return reading
    return doubtful(reading, f"The year '{short}' is read as {full_year(short)}.")


def iso_day(match: re.Match[str], _: Setting) -> Reading:
    """`2010-03-31`."""
    return day(int(match[1]), int(match[2]), int(match[3]), as_written=match[0])


def numeric_day(match: re.Match[str], _: Setting) -> Reading | None:
    """`31.3.10`, `31/03/2010`, `31-03-10`."""
    before = match.string[: match.start()].rstrip()
    if before.endswith(match["sep"]) and before[-2:-1].isdigit():
        return None  # the tail of a longer number such as 1.2.3.10
    short = match["y"] if len(match["y"]) == 2 else None
    year = full_year(short) if short else int(match["y"])
    reading = day(year, int(match["m"]), int(match["d"]), as_written=match[0])
    return far_short_year(reading, short)


def written_day(match: re.Match[str], _: Setting) -> Reading | None:
    """`Tuesday 31st March 2009`."""
    if _is_numbered_part(match):
        return None
    year = int(match["year"]) if match["year"] else full_year(match["short"])
    reading = day(year, month_number(match), int(match["day"]), as_written=match[0])
    return far_short_year(_checked_weekday(reading, match), None if match["year"] else match["short"])


def _is_numbered_part(match: re.Match[str]) -> bool:
    """`Phase 1 - March 2009` promises March, not its first day."""
    return bool(_NUMBERED.search(match.string[: match.start()]))


_NUMBERED = re.compile(
    r"\b(?:phase|stage|step|part|year|level|tranche|round|wave|item|no\.?|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)[\s']*$",
    re.IGNORECASE,
)


def _checked_weekday(reading: Reading, match: re.Match[str]) -> Reading:
    written = match["weekday"]
    if not written or reading.earliest is None:
        return reading
    really = _WEEKDAYS[reading.earliest.weekday()]
    if really.lower().startswith(written.lower()):
        return reading
    return doubtful(reading, f"{reading.earliest.isoformat()} is a {really}, not as written.")


def american_day(match: re.Match[str], _: Setting) -> Reading:
    """`March 31st, 2009`."""
    return day(int(match["year"]), month_number(match), int(match["d"]), as_written=match[0])


def days_of_a_month(match: re.Match[str], _: Setting) -> Reading:
    """`1-5 June 2009`."""
    year = int(match["year"]) if match["year"] else full_year(match["short"])
    first = day(year, month_number(match), int(match["first"]), as_written=match[0])
    last = day(year, month_number(match), int(match["day"]), as_written=match[0])
    if first.earliest is None or last.latest is None or first.earliest > last.latest:
        return unknown(f"'{match[0]}' does not run from an earlier to a later day.")
    return Reading(kind=TargetKind.SPAN, earliest=first.earliest, latest=last.latest)


def yearless_day(match: re.Match[str], _: Setting) -> Yearless | Reading | None:
    """`31 March`."""
    if _is_numbered_part(match):
        return None
    number, in_month, raw = int(match["day"]), month_number(match), match[0].strip()
    if day(2000, in_month, number, as_written=raw).earliest is None:
        return unknown(f"'{raw}' is not a day in the calendar.")
    return dated(lambda year: day(year, in_month, number, as_written=raw))


def dated(build: Callable[[int], Reading]) -> Yearless:
    """Only the years in which the phrase exists: 29 February has one in four."""

    def complete(year: int) -> Reading | None:
        reading = build(year)
        return reading if reading.earliest else None

    return complete


def two_numbers(match: re.Match[str], _: Setting) -> Reading | Yearless | None:
    """`31/3` and `13/14` have one reading; `09/10` has three and is left to a person."""
    one, two, raw = int(match[1]), int(match[2]), match[0]
    is_day = 1 <= two <= 12 and day(2000, two, one, as_written=raw).earliest is not None
    is_month = 1 <= one <= 12 and len(match[2]) == 2
    is_years = len(match[1]) == len(match[2]) == 2 and two == (one + 1) % 100
    if is_day + is_month + is_years > 1:
        return unknown(f"'{raw}' could be a day, a month or a financial year.")
    if is_day:
        return dated(lambda year: day(year, two, one, as_written=raw))
    if is_years:
        return doubtful(financial(2000 + one), f"'{raw}' is read as a financial year.")
    if is_month:
        return doubtful(month(2000 + two, one), f"'{raw}' is read as a month and a year.")
    return unknown(f"'{raw}' is not a day, a month or a financial year.")
