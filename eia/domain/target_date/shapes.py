"""What the words around date phrases make of them: by, from, until, between, early, ongoing.

A shape is a pattern over a text in which every date phrase has become `@`. The first shape that takes in
all the phrases wins; words it leaves over are reported, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from eia.domain.target_date.phrases import MARK
from eia.domain.target_date.reading import Reading, doubtful, months, unknown
from eia.domain.target_date.value import TargetKind

ONGOING_WORDS = (
    r"(?:on-?\s?going|continuous(?:ly)?|continual(?:ly)?|continuing|continues?|rolling|permanent(?:ly)?|daily"
    r"|weekly|fortnightly|monthly|bi-?monthly|quarterly|termly|half[- ]yearly|(?:six|6|three|3)[- ]monthly"
    r"|(?:bi-?)?annual(?:ly)?|yearly|twice (?:a|per) year|twice yearly|per annum|regular(?:ly)?"
    r"|business as usual|bau|as (?:required|needed|necessary)|as and when(?: required| needed| necessary)?"
    r"|(?:each|every) (?:day|week|fortnight|month|quarter|term|year)|year[- ]round|all year|throughout"
    r"|every (?:\d+|two|three|four|six) (?:weeks|months|years))"
)
_BY = r"(?:by|no later than|not later than|on or before|at the latest by)"
_END = r"(?:the )?(?:very )?(?:end|close|last day)"
_TO = r"(?:-|to|until|untill|till|through to|through|thru|up to)"
_FROM = (
    r"(?:as from|as of|from|starting|to start|start|commencing|to commence|beginning|to begin|begin"
    r"|with effect from|w\.?e\.?f\.?|since|not before)(?: in| from| on)?"
)
_PUNCTUATION = r"[ ,;:()-]*"
_THEN = rf"{_PUNCTUATION}(?:and|then|with)?{_PUNCTUATION}(?:then )?"
_ONGOING = re.compile(rf"\b{ONGOING_WORDS}\b", re.IGNORECASE)
_WHOLE_YEARS = (TargetKind.FINANCIAL_YEAR, TargetKind.MUNICIPAL_YEAR, TargetKind.SPAN)


@dataclass(frozen=True, kw_only=True)
class Shaped:
    """A reading of the whole, the dates on the way, and the words that played no part."""

    reading: Reading
    on_the_way: tuple[int, ...] = ()  # places of the phrases that are milestones of an ongoing target
    left_over: str = ""


Meaning = Callable[[Sequence[Reading], re.Match[str]], Reading]


def shape_of(text: str, readings: Sequence[Reading]) -> Shaped | None:
    """The first shape that takes in every date phrase of `text`, or None."""
    for pattern, meaning, on_the_way in _SHAPES:
        match = pattern.search(text)
        if match is None or match[0].count(MARK) != len(readings):
            continue
        left_over = f"{text[: match.start()]} {text[match.end() :]}".strip()
        reading = _joined(meaning(readings, match), readings)
        if meaning is _ongoing_with and readings[0].kind in _WHOLE_YEARS:
            on_the_way = ()
        return _perhaps_ongoing(Shaped(reading=reading, on_the_way=on_the_way, left_over=left_over))
    return None


def _perhaps_ongoing(shaped: Shaped) -> Shaped:
    """`Ongoing - first report June 2009`: one date on the way of something that goes on."""
    word = _ONGOING.search(shaped.left_over)
    if shaped.reading.kind is TargetKind.ONGOING or word is None:
        return shaped
    ongoing = replace(shaped.reading, kind=TargetKind.ONGOING, earliest=None, latest=None)
    left_over = f"{shaped.left_over[: word.start()]} {shaped.left_over[word.end() :]}".strip()
    return Shaped(reading=ongoing, on_the_way=_FIRST, left_over=left_over)


def _joined(reading: Reading, parts: Sequence[Reading]) -> Reading:
    """The parts' doubts belong to the whole; days that cannot be are unknown."""
    problems = tuple(dict.fromkeys((*(p for part in parts for p in part.problems), *reading.problems)))
    if any(part.kind is TargetKind.UNKNOWN for part in parts) and reading.kind is not TargetKind.ONGOING:
        return unknown(*problems)
    if reading.earliest and reading.latest and reading.earliest > reading.latest:
        return unknown(*problems, "It ends before it begins.")
    return Reading(
        kind=reading.kind,
        earliest=reading.earliest,
        latest=reading.latest,
        inferred=reading.inferred or any(part.inferred for part in parts),
        problems=problems,
    )


def _itself(parts: Sequence[Reading], _: re.Match[str]) -> Reading:
    return parts[0]


def _by_end(parts: Sequence[Reading], _: re.Match[str]) -> Reading:
    return Reading(kind=TargetKind.BY, latest=parts[0].latest)


def _by(parts: Sequence[Reading], match: re.Match[str]) -> Reading:
    reading = Reading(kind=TargetKind.BY, latest=parts[0].latest)
    if parts[0].kind in (TargetKind.DAY, TargetKind.UNKNOWN):
        return reading
    return Reading(
        kind=TargetKind.BY,
        latest=parts[0].latest,
        problems=("'By' is taken to include the whole of what it names.",),
    )


def _before(parts: Sequence[Reading], _: re.Match[str]) -> Reading:
    return Reading(kind=TargetKind.BY, latest=_shifted(parts[0].earliest, -1))


def _before_end(parts: Sequence[Reading], _: re.Match[str]) -> Reading:
    return Reading(kind=TargetKind.BY, latest=parts[0].latest)


def _from(parts: Sequence[Reading], _: re.Match[str]) -> Reading:
    return Reading(kind=TargetKind.FROM, earliest=parts[0].earliest, problems=("No end is given.",))


def _after(parts: Sequence[Reading], _: re.Match[str]) -> Reading:
    return Reading(
        kind=TargetKind.FROM, earliest=_shifted(parts[0].latest, 1), problems=("No end is given.",)
    )


def _span(parts: Sequence[Reading], _: re.Match[str]) -> Reading:
    return Reading(kind=TargetKind.SPAN, earliest=parts[0].earliest, latest=parts[1].latest)


def _week(parts: Sequence[Reading], match: re.Match[str]) -> Reading:
    is_end = match["week"].lower().endswith(("ending", "e"))
    first = _shifted(parts[0].earliest, -6 if is_end else 0)
    if parts[0].kind is not TargetKind.DAY or first is None:
        return unknown("A week needs the day it begins or ends on.")
    return Reading(kind=TargetKind.SPAN, earliest=first, latest=_shifted(first, 6))


_THIRDS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "latter part": 2}


def _third(parts: Sequence[Reading], match: re.Match[str]) -> Reading:
    first, last = parts[0].earliest, parts[0].latest
    if first is None or last is None or first == last:
        return parts[0]
    third = _third_of(first, (last - first).days + 1, _THIRDS[match["part"].lower()])
    return doubtful(third, f"'{match['part'].title()}' is read as one third of the time named.")


def _third_of(first: date, length: int, which: int) -> Reading:
    if length >= 365 and first.day == 1:
        years, month_index = divmod(first.month - 1 + 4 * which, 12)
        return months(first.year + years, month_index + 1, count=4, kind=TargetKind.SPAN)
    return Reading(
        kind=TargetKind.SPAN,
        earliest=_shifted(first, length * which // 3),
        latest=_shifted(first, length * (which + 1) // 3 - 1),
    )


def _ongoing(parts: Sequence[Reading], _: re.Match[str]) -> Reading:
    """From its first date on, without an end in the words."""
    return Reading(kind=TargetKind.ONGOING, earliest=parts[0].earliest)


def _ongoing_until(parts: Sequence[Reading], _: re.Match[str]) -> Reading:
    return Reading(kind=TargetKind.ONGOING, latest=parts[-1].latest)


def _ongoing_between(parts: Sequence[Reading], _: re.Match[str]) -> Reading:
    return Reading(kind=TargetKind.ONGOING, earliest=parts[0].earliest, latest=parts[-1].latest)


def _ongoing_with(parts: Sequence[Reading], _: re.Match[str]) -> Reading:
    """A year named beside `ongoing` bounds it; a day or a month is a date on the way."""
    if parts[0].kind in _WHOLE_YEARS:
        return _ongoing_between(parts, _)
    return Reading(kind=TargetKind.ONGOING)


def _shifted(from_day: date | None, days: int) -> date | None:
    try:
        return from_day + timedelta(days=days) if from_day else None
    except OverflowError:
        return None


_FIRST: tuple[int, ...] = (0,)
_SHAPES: tuple[tuple[re.Pattern[str], Meaning, tuple[int, ...]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), meaning, on_the_way)
    for pattern, meaning, on_the_way in (
        # "March 2009 (and continuing to March 2010)" promises something by March 2009 and more of it until
        # March 2010: ongoing to the second date, with the first as a milestone that has its own reminders.
        (rf"@{_THEN}{ONGOING_WORDS}(?: on)?(?: {_TO}|{_PUNCTUATION}{_TO})? ?@", _ongoing_between, _FIRST),
        (rf"{ONGOING_WORDS}{_PUNCTUATION}(?:{_FROM} )?@ ?{_TO} ?@", _ongoing_between, ()),
        (rf"{ONGOING_WORDS}{_PUNCTUATION}between @ (?:and|&|{_TO}) @", _ongoing_between, ()),
        (rf"{ONGOING_WORDS}{_PUNCTUATION}{_FROM}(?: the)? @", _ongoing, ()),
        (rf"{_FROM} @{_THEN}{ONGOING_WORDS}", _ongoing, ()),
        (rf"{ONGOING_WORDS}{_PUNCTUATION}(?:{_TO}|by|ending)(?: {_END} of)? @", _ongoing_until, ()),
        (rf"@{_THEN}{ONGOING_WORDS}", _ongoing_with, _FIRST),
        (rf"{ONGOING_WORDS}{_PUNCTUATION}(?:in|during|over|for|each|every|the)* ?@", _ongoing_with, _FIRST),
        (r"(?:all of|all through|whole of|over the course of|over) @", _ongoing_with, _FIRST),
        (r"(?:each|every) @", _ongoing_with, _FIRST),
        (rf"between @ (?:and|&|{_TO}) @", _span, ()),
        (rf"(?:{_FROM} )?(?:the )?@ ?{_TO} ?(?:{_END} of )?(?:the )?@", _span, ()),
        (rf"{_BY}(?: {_END}(?: of)?)(?: the)? @", _by_end, ()),
        (rf"(?:{_BY} )?(?P<part>early|mid|late|middle|latter part)(?: of| in)?[ -]+(?:the )?@", _third, ()),
        (rf"(?:before|prior to|in advance of|ahead of) {_END}(?: of)? @", _before_end, ()),
        (rf"{_FROM}(?: the)?(?: start of| beginning of)? @(?: onwards?| forward)?", _from, ()),
        (r"@ (?:onwards?|forward|and beyond|\+)", _from, ()),
        (rf"(?:after|following)(?: {_END}(?: of)?)?(?: the)? @", _after, ()),
        (r"(?P<part>beginning|start)(?: of| in)?(?: the)? @", _third, ()),
        (rf"(?:{_TO})(?: {_END}(?: of)?)(?: the)? @", _ongoing_until, ()),
        (rf"{_END}(?: of)?(?: the)?[ -]+@", _by_end, ()),
        (r"(?:before|prior to|in advance of|ahead of)(?: the)? @", _before, ()),
        (rf"{_BY}(?: the)? @(?: at the latest)?", _by, ()),
        (r"@ (?:at the )?latest", _by, ()),
        (r"(?:until|untill|till|up to|to|through)(?: the)? @", _ongoing_until, ()),
        (r"(?P<week>w/?\s?c|w/?\s?b|week commencing|week beginning|w/?\s?e|week ending):? @", _week, ()),
        (r"@", _itself, ()),
    )
)
