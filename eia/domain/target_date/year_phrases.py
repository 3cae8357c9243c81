"""Phrases that name a year or two: calendar, financial, municipal, academic."""

from __future__ import annotations

import re
from datetime import date

from eia.domain.target_date.reading import (
    Reading,
    Setting,
    academic,
    doubtful,
    financial,
    month,
    months,
    municipal,
    unknown,
)
from eia.domain.target_date.value import TargetKind


def two_years(match: re.Match[str], setting: Setting) -> Reading:
    """`2009/10`, `2009-11`, `municipal year 2009/10`."""
    start, end, text = int(match["start"]), match["end"], match[0].strip()
    closing = int(match["start"][: 4 - len(end)] + end)
    flavour = (match.groupdict().get("before") or match.groupdict().get("after") or "").lower()
    if closing == start + 1 or (start % 100 == 99 and end == "00"):
        return _named_year(start, flavour, setting, _could_be_month(match))
    if match["sep"] == "-" and len(end) == 2 and 1 <= int(end) <= 12 and closing <= start:
        return month(start, int(end))
    if len(end) == 2 and 1 <= int(end) <= 12:
        return unknown(f"'{text}' could be a month of {start} or the years {start} to {closing}.")
    if not start < closing <= start + 30:
        return unknown(f"'{text}' does not run from an earlier to a later year.")
    span = Reading(kind=TargetKind.SPAN, earliest=date(start, 1, 1), latest=date(closing, 12, 31))
    return doubtful(span, f"'{text}' is read as whole calendar years; it could mean financial years.")


def _could_be_month(match: re.Match[str]) -> str | None:
    end = match["end"]
    if match["sep"] == "/" or len(end) != 2 or int(end) > 12:
        return None
    return f"'{match[0].strip()}' is read as the financial year; it could be a month of {match['start']}."


def _named_year(start: int, flavour: str, setting: Setting, problem: str | None) -> Reading:
    if flavour in ("municipal", "council", "civic"):
        return municipal(start, setting.municipal_year_starts)
    if flavour in ("academic", "school"):
        return academic(start)
    reading = financial(start)
    return doubtful(reading, problem) if problem and not flavour else reading


def short_pair(match: re.Match[str], _: Setting) -> Reading:
    """`FY 09/10`."""
    start, end = int(match["s"]), int(match["e"])
    if end != (start + 1) % 100:
        return unknown(f"'{match[0]}' is not a financial year.")
    return financial(2000 + start)


def lone_financial_year(match: re.Match[str], _: Setting) -> Reading:
    """`FY2009`."""
    return unknown(f"'{match[0]}' does not say whether the year starts or ends in {match['year']}.")


def calendar_year(match: re.Match[str], _: Setting) -> Reading:
    """`2009`."""
    whole = months(int(match["year"]), 1, count=12, kind=TargetKind.SPAN)
    if match["calendar"]:
        return whole
    return doubtful(whole, f"'{match['year']}' alone is read as the calendar year.")
