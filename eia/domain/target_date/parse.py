"""Reads a target date as written; what is not certain is marked, never guessed in silence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from eia.domain.target_date.milestones import milestone_of, milestones_of
from eia.domain.target_date.period import Period
from eia.domain.target_date.phrases import find_phrases, normalise
from eia.domain.target_date.reading import Found, Reading, Setting, doubtful, unknown
from eia.domain.target_date.resolve import resolve
from eia.domain.target_date.shapes import ONGOING_WORDS, shape_of
from eia.domain.target_date.value import Milestone, TargetDate, TargetKind
from eia.domain.target_date.words import (
    DEADLINE_VERBS,
    EVENT,
    FILLERS,
    NONE,
    PROVISIONAL,
    THIS_YEAR,
    VAGUE,
    YEAR_END,
)

LONGEST = 600
"""Characters; a longer text is prose, and is left to a person."""


_TO_BE_CONFIRMED = "The date is to be confirmed."


def parse_target(
    raw: str, *, period: Period | None = None, municipal_year_starts: Mapping[int, date] | None = None
) -> TargetDate:
    """What `raw` promises; any text gives a value and none raises.

    Days come before months, two-digit years are 20xx, `2009/10` is 1 April 2009 to 31 March 2010. Seasons
    are whole months: spring March to May, summer June to August, autumn September to November, winter
    December to the February after it. `period` gives a year to dates without one and bounds to ongoing
    targets; `municipal_year_starts` maps a year to its annual council meeting.
    """
    setting = Setting(period=period, municipal_year_starts=municipal_year_starts or {})
    text = normalise(raw)
    if len(text) > LONGEST:
        return TargetDate(raw=raw, kind=TargetKind.UNKNOWN, problems=("Too long to be a target date.",))
    if NONE.fullmatch(text):
        return TargetDate(raw=raw, kind=TargetKind.UNKNOWN, problems=("No target date is given.",))
    if VAGUE.fullmatch(text.strip(" .()")):
        return TargetDate(raw=raw, kind=TargetKind.UNKNOWN, problems=(f"'{text}' does not say when.",))
    words, is_provisional = _without_provisional(text)
    if is_provisional and not re.search(r"\w", words):
        return TargetDate(raw=raw, kind=TargetKind.UNKNOWN, provisional=True, problems=(_TO_BE_CONFIRMED,))
    shape, found = find_phrases(words, setting)
    target = _interpret(raw, DEADLINE_VERBS.sub("", shape), found, setting)
    if is_provisional:
        note = "The date is provisional." if target.latest or target.earliest else _TO_BE_CONFIRMED
        target = replace(target, provisional=True, problems=_distinct(*target.problems, note))
    return _within_reason(target, period)


def _without_provisional(text: str) -> tuple[str, bool]:
    words, count = PROVISIONAL.subn(" ", text)
    return re.sub(r"\s+", " ", words).strip(), count > 0


def _interpret(raw: str, shape: str, found: Sequence[Found], setting: Setting) -> TargetDate:
    start = re.sub(r"^[\s(\[:;,.-]+", "", shape)
    if EVENT.match(start):
        return _event(raw, found)
    readings = resolve(found, setting.period)
    if not found:
        return _without_date(raw, start, setting.period)
    shaped = shape_of(shape, readings)
    if shaped is None:
        return _several(raw, shape, found, readings, setting.period)
    on_the_way = () if shaped.reading.kind is not TargetKind.ONGOING else shaped.on_the_way
    milestones = tuple(milestone_of("", found[place].raw, readings[place]) for place in on_the_way)
    reading = _with_left_over(shaped.reading, shaped.left_over)
    return _ongoing_in_period(_target(raw, reading, milestones), setting.period)


def _target(raw: str, reading: Reading, milestones: tuple[Milestone, ...] = ()) -> TargetDate:
    return TargetDate(
        raw=raw,
        kind=reading.kind,
        earliest=reading.earliest,
        latest=reading.latest,
        inferred=reading.inferred,
        milestones=milestones,
        problems=_distinct(*reading.problems),
    )


def _distinct(*problems: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(problems))


def _several(
    raw: str, shape: str, found: Sequence[Found], readings: Sequence[Reading], period: Period | None
) -> TargetDate:
    """`Half-yearly: September and March` goes on, with its dates on the way."""
    goes_on = re.search(rf"\b{ONGOING_WORDS}\b", shape, re.IGNORECASE)
    if goes_on is None:
        return milestones_of(raw, shape, found, readings)
    rest = f"{shape[: goes_on.start()]} {shape[goes_on.end() :]}".strip(" :,;")
    target = milestones_of(raw, rest, found, readings)
    return _ongoing_in_period(replace(target, kind=TargetKind.ONGOING, earliest=None, latest=None), period)


def _event(raw: str, found: Sequence[Found]) -> TargetDate:
    problems = ["It is counted from something that has no date yet."]
    if found:
        dates = ", ".join(f"'{phrase.raw}'" for phrase in found)
        problems.append(f"A date in the words was not used: {dates}.")
    return TargetDate(raw=raw, kind=TargetKind.EVENT, problems=tuple(problems))


def _without_date(raw: str, text: str, period: Period | None) -> TargetDate:
    one_year = period if period and period.is_one_year else None
    if match := YEAR_END.fullmatch(text):
        return _year_end(raw, one_year)
    if THIS_YEAR.fullmatch(text):
        return _this_year(raw, one_year)
    if match := re.search(rf"\b{ONGOING_WORDS}\b", text, re.IGNORECASE):
        left_over = f"{text[: match.start()]} {text[match.end() :]}"
        reading = _with_left_over(Reading(kind=TargetKind.ONGOING), left_over)
        return _ongoing_in_period(_target(raw, reading), period)
    if match := re.search(rf"\b(?:{EVENT.pattern})\b", text, re.IGNORECASE):
        return _event(raw, ())
    return TargetDate(raw=raw, kind=TargetKind.UNKNOWN, problems=("It could not be read as a date.",))


def _year_end(raw: str, period: Period | None) -> TargetDate:
    if period is None:
        return _target(raw, unknown("It does not say the end of which year."))
    reading = Reading(kind=TargetKind.BY, latest=period.last)
    return _target(raw, doubtful(reading, "The end of the year is taken from the plan's period."))


def _this_year(raw: str, period: Period | None) -> TargetDate:
    if period is None:
        return _target(raw, unknown("It does not say which year."))
    reading = Reading(kind=TargetKind.FINANCIAL_YEAR, earliest=period.first, latest=period.last)
    return _target(raw, doubtful(reading, "The year is taken from the plan's period."))


def _with_left_over(reading: Reading, words: str) -> Reading:
    if not FILLERS.sub("", words):
        return reading
    unread = re.sub(r"\s+", " ", words).strip(" ,;:()[]-.")
    return doubtful(reading, f"These words played no part in the reading: '{unread}'.")


def _ongoing_in_period(target: TargetDate, period: Period | None) -> TargetDate:
    """An ongoing target lasts as long as its plan where the words do not say."""
    if target.kind is not TargetKind.ONGOING:
        return target
    dated = [day for m in target.milestones for day in (m.earliest, m.latest) if day]
    if period is None:
        return replace(target, earliest=target.earliest or min(dated, default=None))
    earliest = target.earliest or min([period.first, *dated])
    latest = target.latest or max([period.last, *dated])
    if earliest > latest:
        outside = "It lies outside the plan's period."
        return replace(target, problems=_distinct(*target.problems, outside))
    is_inferred = target.inferred or target.earliest is None or target.latest is None
    bounded = replace(target, earliest=earliest, latest=latest, inferred=is_inferred)
    if target.latest is None and latest > period.last:
        beyond = "It goes on after the plan's period, and does not say until when."
        return replace(bounded, problems=_distinct(*target.problems, beyond))
    return bounded


def _within_reason(target: TargetDate, period: Period | None) -> TargetDate:
    if period is None:
        return target
    if target.latest and target.latest < period.first:
        return replace(target, problems=_distinct(*target.problems, "It lies before the plan's period."))
    if target.earliest and target.earliest.year > period.last.year + 5:
        return replace(target, problems=_distinct(*target.problems, "It lies long after the plan's period."))
    return target
