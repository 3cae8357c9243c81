"""Phrases that name a month, a season or a quarter."""

from __future__ import annotations

import re
from datetime import date

from eia.domain.target_date.day_phrases import far_short_year, full_year, month_number
from eia.domain.target_date.period import Period
from eia.domain.target_date.reading import (
    Reading,
    Setting,
    Yearless,
    doubtful,
    month,
    quarter,
    season,
    unknown,
)
from eia.domain.target_date.value import TargetKind
from eia.domain.target_date.year_phrases import two_years

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}


def month_of_pair(match: re.Match[str], setting: Setting) -> Reading | None:
    """`March 2009/10` is March 2010."""
    whole = two_years(match, setting)
    if whole.kind is not TargetKind.FINANCIAL_YEAR or whole.earliest is None:
        return None
    number = month_number(match)
    year = whole.earliest.year + (0 if number >= 4 else 1)
    return doubtful(month(year, number), f"'{match[0]}' is read as that month of the financial year.")


def month_of_year(match: re.Match[str], setting: Setting) -> Reading:
    """`March 2009`, `Mar 09`, `Apr-13`."""
    number, short = month_number(match), match["short"]
    if match["year"]:
        return month(int(match["year"]), number)
    reading = far_short_year(month(full_year(short), number), short)
    is_plain = match["mark"] or match["gap"].strip() or short.startswith("0") or int(short) > 31
    if is_plain or _is_near(reading.earliest, setting.period):
        return reading
    return doubtful(reading, f"'{match[0]}' is read as a month and a year; it could be a day of that month.")


def _is_near(first: date | None, period: Period | None) -> bool:
    return bool(first and period and period.first.year <= first.year <= period.last.year + 2)


def numeric_month(match: re.Match[str], _: Setting) -> Reading:
    """`03/2009`."""
    number = int(match["m"])
    if not 1 <= number <= 12:
        return unknown(f"'{match[0]}' has no month {number}.")
    return month(int(match["year"]), number)


def yearless_month(match: re.Match[str], _: Setting) -> Yearless | None:
    """`March`."""
    if match["month"] == "may" and match[0] != match.string:
        return None  # "as may be required"
    number = month_number(match)
    return lambda year: month(year, number)


def season_of_year(match: re.Match[str], _: Setting) -> Reading:
    """`Autumn 2009`, `winter 2009/10`."""
    name = match["season"].lower()
    if match["start"]:
        start = int(match["start"])
        reading = season(start if name in ("winter", "autumn", "summer") else start + 1, name)
        if name in ("spring", "summer"):
            reading = doubtful(reading, f"'{match[0]}' is read as the {name} of the financial year.")
    else:
        year = int(match["year"]) if match["year"] else full_year(match["short"])
        reading = season(year, name)
        if name == "winter":
            reading = doubtful(reading, f"'{match[0]}' is read as December {year} to February {year + 1}.")
    return _school_term(reading, match)


def _school_term(reading: Reading, match: re.Match[str]) -> Reading:
    if not match["term"]:
        return reading
    return doubtful(reading, f"'{match[0]}' is read as the season: terms differ from school to school.")


def two_seasons(match: re.Match[str], _: Setting) -> Reading | None:
    """`Spring/Summer 2009`."""
    year = int(match["year"])
    first, last = season(year, match["one"].lower()), season(year, match["season"].lower())
    if first.earliest is None or last.latest is None or first.earliest > last.latest:
        return None
    span = Reading(kind=TargetKind.SPAN, earliest=first.earliest, latest=last.latest)
    return doubtful(span, f"'{match[0]}' is read as running from one season to the end of the other.")


def yearless_season(match: re.Match[str], _: Setting) -> Yearless:
    """`Summer`."""
    name = match["season"].lower()
    return lambda year: _school_term(season(year, name), match)


def _quarter_number(match: re.Match[str]) -> int:
    digits = match["q"] or match["nth"]
    return int(digits) if digits else _ORDINALS[match["ordinal"].lower()]


def quarter_of_pair(match: re.Match[str], setting: Setting) -> Reading | None:
    """`Q2 2009/10`."""
    whole = two_years(match, setting)
    if whole.earliest is None or whole.kind is not TargetKind.FINANCIAL_YEAR:
        return None
    return quarter(whole.earliest.year, _quarter_number(match))


def quarter_of_year(match: re.Match[str], _: Setting) -> Reading:
    """`Q2 2009`, which has two readings."""
    year = int(match["year"])
    reading = quarter(year, _quarter_number(match))
    return doubtful(
        reading,
        f"'{match[0]}' is read as a quarter of the financial year {year}/{(year + 1) % 100:02}; "
        "it could be of the calendar year.",
    )


def yearless_quarter(match: re.Match[str], _: Setting) -> Yearless:
    """`Q2`."""
    number = _quarter_number(match)
    return lambda year: quarter(year - 1 if number == 4 else year, number)
