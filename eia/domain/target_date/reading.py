"""What one date phrase means, before the words around it are weighed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from eia.domain.target_date.period import Period
from eia.domain.target_date.value import TargetKind

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The month each season begins with; it lasts three months, so winter 2009 ends in February 2010."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The days a phrase can mean, and what is unsure about them."""

    kind: TargetKind
    earliest: date | None = None
    latest: date | None = None
    inferred: bool = False
    problems: tuple[str, ...] = ()


Yearless = Callable[[int], Reading | None]
"""A phrase without a year: given the calendar year it begins in, what it means, or None if impossible."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A date phrase found in the words."""

    raw: str
    means: Reading | Yearless


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What is known about the plan that the words stand in."""

    period: Period | None = None
    municipal_year_starts: Mapping[int, date] = field(default_factory=dict)


def unknown(*problems: str) -> Reading:
    """No days at all, and the reason."""
    return Reading(kind=TargetKind.UNKNOWN, problems=problems)


def day(year: int, month: int, day_of_month: int, *, as_written: str) -> Reading:
    """One day, or unknown where the calendar has no such day; the parts are never swapped to make one."""
    try:
        exact = date(year, month, day_of_month)
    except ValueError:
        return unknown(f"'{as_written}' is not a day in the calendar (day, month, year).")
    return Reading(kind=TargetKind.DAY, earliest=exact, latest=exact)


def months(year: int, month: int, *, count: int, kind: TargetKind) -> Reading:
    """`count` whole months from the first of `month`."""
    last_year, last_month = divmod(year * 12 + month - 1 + count - 1, 12)
    last_day = monthrange(last_year, last_month + 1)[1]
    return Reading(kind=kind, earliest=date(year, month, 1), latest=date(last_year, last_month + 1, last_day))


def month(year: int, number: int) -> Reading:
    """A whole calendar month."""
    return months(year, number, count=1, kind=TargetKind.MONTH)


def season(year: int, name: str) -> Reading:
    """Three whole months: spring from March, summer June, autumn September, winter December of `year`."""
    return months(year, SEASONS[name], count=3, kind=TargetKind.SEASON)


def quarter(starting_year: int, number: int) -> Reading:
    """A quarter of the financial year that starts in April of `starting_year`."""
    first_month = (number * 3) % 12 + 1
    year = starting_year + 1 if number == 4 else starting_year
    return months(year, first_month, count=3, kind=TargetKind.SPAN)


def financial(year: int) -> Reading:
    """1 April of `year` to 31 March."""
    return months(year, 4, count=12, kind=TargetKind.FINANCIAL_YEAR)


def municipal(year: int, starts: Mapping[int, date]) -> Reading:
    """From one annual council meeting to the day before the next; 1 May where the body has not said."""
    first, following = starts.get(year), starts.get(year + 1)
    told = first is not None and following is not None
    return Reading(
        kind=TargetKind.MUNICIPAL_YEAR,
        earliest=first or date(year, 5, 1),
        latest=(following or date(year + 1, 5, 1)) - timedelta(days=1),
        inferred=not told,
        problems=()
        if told
        else ("The municipal year is taken to start on 1 May: check the annual meeting.",),
    )


def academic(year: int) -> Reading:
    """1 September to 31 August, which is the schools' year and not every university's."""
    whole = months(year, 9, count=12, kind=TargetKind.SPAN)
    return doubtful(whole, "The academic year is taken as 1 September to 31 August.")


def doubtful(reading: Reading, problem: str) -> Reading:
    """The same days, resting on something the words do not say."""
    return Reading(
        kind=reading.kind,
        earliest=reading.earliest,
        latest=reading.latest,
        inferred=reading.kind is not TargetKind.UNKNOWN,
        problems=(*reading.problems, problem),
    )
