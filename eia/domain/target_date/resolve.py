"""Gives a date phrase without a year the year of its neighbour, or of the plan's period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from eia.domain.target_date.period import Period
from eia.domain.target_date.reading import Found, Reading, Yearless, doubtful, unknown
from eia.domain.target_date.value import TargetKind


def resolve(found: Sequence[Found], period: Period | None) -> tuple[Reading, ...]:
    """A reading for each phrase; the words' own year first, then the period, else unknown with the reason."""
    readings: list[Reading | None] = [
        phrase.means if isinstance(phrase.means, Reading) else None for phrase in found
    ]
    for index in reversed(range(len(found))):
        if readings[index] is None:
            readings[index] = _with_year(found[index], readings, index, period)
    return tuple(reading or unknown() for reading in readings)


def _with_year(
    phrase: Found, readings: Sequence[Reading | None], index: int, period: Period | None
) -> Reading:
    assert not isinstance(phrase.means, Reading)
    following = next((r for r in readings[index + 1 :] if r and r.earliest), None)
    if following is not None:
        return _shared(phrase.means, following) or _yearless(phrase)
    before = next((r for r in reversed(readings[:index]) if r and r.earliest), None)
    if before is not None:
        return _following(phrase, before) or _yearless(phrase)
    return _in_period(phrase, period)


def _shared(means: Yearless, following: Reading) -> Reading | None:
    """`April - June 2009` and `October - March 2010`: the nearest year that is not after the next date."""
    if following.earliest is None:
        return None
    if following.kind is TargetKind.FINANCIAL_YEAR and following.latest:
        return _within(means, Period(first=following.earliest, last=following.latest))
    for year in (following.earliest.year, following.earliest.year - 1):
        reading = means(year)
        if reading and reading.earliest and reading.earliest <= following.earliest:
            return Reading(
                kind=reading.kind,
                earliest=reading.earliest,
                latest=reading.latest,
                inferred=reading.inferred or following.inferred,
                problems=reading.problems,
            )
    return None


def _within(means: Yearless, period: Period) -> Reading | None:
    inside = _occurrences(means, period)
    return inside[0] if len(inside) == 1 else None


def _following(phrase: Found, before: Reading) -> Reading | None:
    assert not isinstance(phrase.means, Reading) and before.earliest is not None
    for year in range(before.earliest.year, before.earliest.year + 5):
        reading = phrase.means(year)
        if reading and reading.earliest and reading.earliest >= before.earliest:
            return doubtful(
                reading, f"'{phrase.raw}' has no year: read as the next after the date before it."
            )
    return None


def _in_period(phrase: Found, period: Period | None) -> Reading:
    assert not isinstance(phrase.means, Reading)
    if period is None:
        return _yearless(phrase)
    inside = _occurrences(phrase.means, period)
    if len(inside) == 1:
        return doubtful(inside[0], f"'{phrase.raw}' has no year: taken from the plan's period.")
    if not inside:
        return unknown(f"'{phrase.raw}' has no year, and does not fall in the plan's period.")
    years = ", ".join(str(reading.earliest.year) for reading in inside if reading.earliest)
    return unknown(f"'{phrase.raw}' has no year, and falls in the plan's period more than once ({years}).")


def _occurrences(means: Yearless, period: Period) -> list[Reading]:
    readings = (means(year) for year in range(period.first.year, period.last.year + 1))
    return [reading for reading in readings if reading and _starts_in(reading.earliest, period)]


def _starts_in(first: date | None, period: Period) -> bool:
    return first is not None and first in period


def _yearless(phrase: Found) -> Reading:
    return unknown(f"'{phrase.raw}' has no year.")
