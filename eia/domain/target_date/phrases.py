"""Finds the date phrases in a text, day first, longest form first."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from eia.domain.target_date.period import Period
from eia.domain.target_date.reading import (
    Found,
    Reading,
    Setting,
    Yearless,
    academic,
    day,
    doubtful,
    financial,
    month,
    months,
    municipal,
    quarter,
    season,
    unknown,
)
from eia.domain.target_date.value import TargetKind

MARK = "@"
"""Stands for one date phrase in a shape; never in the text itself, see `normalise`."""

_FIRST_MARK = 0xE000  # private-use characters number the phrases while they are being found
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}

_MONTH = (
    r"(?<![a-z])(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_LAST_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th))?"
_NOT_WITHIN = r"(?<![\d./])(?<!\d-)"  # the tail of a longer number
_DAY = rf"{_NOT_WITHIN}{_LAST_DAY}"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_SHORT_YEAR = r"(?:(?P<year>(?:19|20)\d\d)|(?P<mark>')?(?P<short>\d\d))(?!\d|\s?(?:st|nd|rd|th)\b|[./:]\d)"
_PAIR = (
    r"(?<![\d./])(?<!\d-)(?P<start>(?:19|20)\d\d)\s?(?P<sep>[/-])\s?(?P<end>(?:19|20)\d\d|\d\d?)(?![\d/]|-\d)"
)
_WEEKDAY = r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?,?\s+(?:the\s)?)?"
_SEASON = r"(?<![a-z])(?P<season>spring|summer|autumn|winter)(?![a-z])(?P<term>\sterm)?"
_QUARTER = (
    r"(?:(?<![a-z\d])q(?:uarter|tr)?\.?\s?(?P<q>[1-4])(?!\d)"
    r"|(?<![a-z\d])(?:(?P<nth>[1-4])(?:st|nd|rd|th)|(?P<ordinal>first|second|third|fourth|final|last))"
    r"\s(?:financial\s)?quarter)"
)
_YEAR_NAME = r"(?:financial|fiscal|municipal|council|civic|academic|school)"

Builder = Callable[[re.Match[str], Setting], "Reading | Yearless | None"]


def normalise(text: str) -> str:
    """One line with plain dashes, quotes and spaces, free of the characters that mark phrases."""
    text = text.translate(_PLAIN)
    text = re.sub(r"[@\ue000-\uf8ff\u200b-\u200f\ufeff\x00-\x08\x0e-\x1f]", " ", text)
    return re.sub(r"\s+", " ", text).strip()


_PLAIN = str.maketrans(
    {"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "`": "'", "´": "'", "*": " "}
)


def find_phrases(text: str, setting: Setting) -> tuple[str, tuple[Found, ...]]:
    """The text with each date phrase replaced by `MARK`, and the phrases in order."""
    found: list[Found] = []

    def take(build: Builder, match: re.Match[str]) -> str:
        means = build(match, setting)
        if means is None:
            return match[0]
        found.append(Found(raw=match[0].strip(), means=means))
        return f" {chr(_FIRST_MARK + len(found) - 1)} "

    for pattern, build in _FORMS:
        text = pattern.sub(lambda match, build=build: take(build, match), text)  # type: ignore[misc]
    order = [ord(mark) - _FIRST_MARK for mark in re.findall(r"[\ue000-\uf8ff]", text)]
    shape = re.sub(r"\s+", " ", re.sub(r"[\ue000-\uf8ff]", MARK, text)).strip()
    return shape, tuple(found[index] for index in order)


def _full_year(short: str) -> int:
    return 2000 + int(short)


def _month_number(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"][:3].lower()) + 1


def _far_short_year(reading: Reading, short: str | None) -> Reading:
    """Two digits are always 20xx; 70 and later were more likely meant as 19xx."""
    if short is None or int(short) < 70:
        return reading
    return doubtful(reading, f"The year '{short}' is read as {_full_year(short)}.")


def _iso_day(match: re.Match[str], _: Setting) -> Reading:
    return day(int(match[1]), int(match[2]), int(match[3]), as_written=match[0])


def _numeric_day(match: re.Match[str], _: Setting) -> Reading | None:
    before = match.string[: match.start()].rstrip()
    if before.endswith(match["sep"]) and before[-2:-1].isdigit():
        return None  # the tail of a longer number such as 1.2.3.10
    short = match["y"] if len(match["y"]) == 2 else None
    year = _full_year(short) if short else int(match["y"])
    reading = day(year, int(match["m"]), int(match["d"]), as_written=match[0])
    return _far_short_year(reading, short)


def _written_day(match: re.Match[str], _: Setting) -> Reading | None:
    if _is_numbered_part(match):
        return None
    year = int(match["year"]) if match["year"] else _full_year(match["short"])
    reading = day(year, _month_number(match), int(match["day"]), as_written=match[0])
    return _far_short_year(_checked_weekday(reading, match), None if match["year"] else match["short"])


def _is_numbered_part(match: re.Match[str]) -> bool:
    """`Phase 1 - March 2009` promises March, not its first day."""
    return bool(_NUMBERED.search(match.string[: match.start()]))


_NUMBERED = re.compile(
    r"\b(?:phase|stage|step|part|year|level|tranche|round|wave|item|no\.?)\s*$", re.IGNORECASE
)


def _checked_weekday(reading: Reading, match: re.Match[str]) -> Reading:
    written = match["weekday"]
    if not written or reading.earliest is None:
        return reading
    really = _WEEKDAYS[reading.earliest.weekday()]
    if really.lower().startswith(written.lower()):
        return reading
    return doubtful(reading, f"{reading.earliest.isoformat()} is a {really}, not as written.")


def _american_day(match: re.Match[str], _: Setting) -> Reading:
    return day(int(match["year"]), _month_number(match), int(match["d"]), as_written=match[0])


def _days_of_a_month(match: re.Match[str], _: Setting) -> Reading:
    year = int(match["year"]) if match["year"] else _full_year(match["short"])
    first = day(year, _month_number(match), int(match["first"]), as_written=match[0])
    last = day(year, _month_number(match), int(match["day"]), as_written=match[0])
    if first.earliest is None or last.latest is None or first.earliest > last.latest:
        return unknown(f"'{match[0]}' does not run from an earlier to a later day.")
    return Reading(kind=TargetKind.SPAN, earliest=first.earliest, latest=last.latest)


def _yearless_day(match: re.Match[str], _: Setting) -> Yearless | Reading | None:
    if _is_numbered_part(match):
        return None
    number, in_month, raw = int(match["day"]), _month_number(match), match[0].strip()
    if day(2000, in_month, number, as_written=raw).earliest is None:
        return unknown(f"'{raw}' is not a day in the calendar.")
    return _dated(lambda year: day(year, in_month, number, as_written=raw))


def _dated(build: Callable[[int], Reading]) -> Yearless:
    """Only the years in which the phrase exists: 29 February has one in four."""

    def complete(year: int) -> Reading | None:
        reading = build(year)
        return reading if reading.earliest else None

    return complete


def _month_of_pair(match: re.Match[str], setting: Setting) -> Reading | None:
    whole = _two_years(match, setting)
    if whole.kind is not TargetKind.FINANCIAL_YEAR or whole.earliest is None:
        return None
    number = _month_number(match)
    year = whole.earliest.year + (0 if number >= 4 else 1)
    return doubtful(month(year, number), f"'{match[0]}' is read as that month of the financial year.")


def _month_of_year(match: re.Match[str], setting: Setting) -> Reading:
    number, short = _month_number(match), match["short"]
    if match["year"]:
        return month(int(match["year"]), number)
    reading = _far_short_year(month(_full_year(short), number), short)
    is_plain = match["mark"] or match["gap"].strip() or short.startswith("0") or int(short) > 31
    if is_plain or _is_near(reading.earliest, setting.period):
        return reading
    return doubtful(reading, f"'{match[0]}' is read as a month and a year; it could be a day of that month.")


def _is_near(first: date | None, period: Period | None) -> bool:
    return bool(first and period and period.first.year <= first.year <= period.last.year + 2)


def _numeric_month(match: re.Match[str], _: Setting) -> Reading:
    number = int(match["m"])
    if not 1 <= number <= 12:
        return unknown(f"'{match[0]}' has no month {number}.")
    return month(int(match["year"]), number)


def _yearless_month(match: re.Match[str], _: Setting) -> Yearless | None:
    if match["month"] == "may" and match[0] != match.string:
        return None  # "as may be required"
    number = _month_number(match)
    return lambda year: month(year, number)


def _season_of_year(match: re.Match[str], _: Setting) -> Reading:
    name = match["season"].lower()
    if match["start"]:
        start = int(match["start"])
        reading = season(start if name in ("winter", "autumn", "summer") else start + 1, name)
        if name in ("spring", "summer"):
            reading = doubtful(reading, f"'{match[0]}' is read as the {name} of the financial year.")
    else:
        year = int(match["year"]) if match["year"] else _full_year(match["short"])
        reading = season(year, name)
        if name == "winter":
            reading = doubtful(reading, f"'{match[0]}' is read as December {year} to February {year + 1}.")
    return _school_term(reading, match)


def _school_term(reading: Reading, match: re.Match[str]) -> Reading:
    if not match["term"]:
        return reading
    return doubtful(reading, f"'{match[0]}' is read as the season: terms differ from school to school.")


def _two_seasons(match: re.Match[str], _: Setting) -> Reading | None:
    year = int(match["year"])
    first, last = season(year, match["one"].lower()), season(year, match["season"].lower())
    if first.earliest is None or last.latest is None or first.earliest > last.latest:
        return None
    span = Reading(kind=TargetKind.SPAN, earliest=first.earliest, latest=last.latest)
    return doubtful(span, f"'{match[0]}' is read as running from one season to the end of the other.")


def _yearless_season(match: re.Match[str], _: Setting) -> Yearless:
    name = match["season"].lower()
    return lambda year: _school_term(season(year, name), match)


def _quarter_number(match: re.Match[str]) -> int:
    digits = match["q"] or match["nth"]
    return int(digits) if digits else _ORDINALS[match["ordinal"].lower()]


def _quarter_of_pair(match: re.Match[str], setting: Setting) -> Reading | None:
    whole = _two_years(match, setting)
    if whole.earliest is None or whole.kind is not TargetKind.FINANCIAL_YEAR:
        return None
    return quarter(whole.earliest.year, _quarter_number(match))


def _quarter_of_year(match: re.Match[str], _: Setting) -> Reading:
    year = int(match["year"])
    reading = quarter(year, _quarter_number(match))
    return doubtful(
        reading,
        f"'{match[0]}' is read as a quarter of the financial year {year}/{(year + 1) % 100:02}; "
        "it could be of the calendar year.",
    )


def _yearless_quarter(match: re.Match[str], _: Setting) -> Yearless:
    number = _quarter_number(match)
    return lambda year: quarter(year - 1 if number == 4 else year, number)


def _two_years(match: re.Match[str], setting: Setting) -> Reading:
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


def _short_pair(match: re.Match[str], _: Setting) -> Reading:
    start, end = int(match["s"]), int(match["e"])
    if end != (start + 1) % 100:
        return unknown(f"'{match[0]}' is not a financial year.")
    return financial(2000 + start)


def _lone_financial_year(match: re.Match[str], _: Setting) -> Reading:
    return unknown(f"'{match[0]}' does not say whether the year starts or ends in {match['year']}.")


def _two_numbers(match: re.Match[str], _: Setting) -> Reading | Yearless | None:
    """`31/3` and `13/14` have one reading; `09/10` has three and is left to a person."""
    one, two, raw = int(match[1]), int(match[2]), match[0]
    is_day = 1 <= two <= 12 and day(2000, two, one, as_written=raw).earliest is not None
    is_month = 1 <= one <= 12 and len(match[2]) == 2
    is_years = len(match[1]) == len(match[2]) == 2 and two == (one + 1) % 100
    if is_day + is_month + is_years > 1:
        return unknown(f"'{raw}' could be a day, a month or a financial year.")
    if is_day:
        return _dated(lambda year: day(year, two, one, as_written=raw))
    if is_years:
        return doubtful(financial(2000 + one), f"'{raw}' is read as a financial year.")
    if is_month:
        return doubtful(month(2000 + two, one), f"'{raw}' is read as a month and a year.")
    return unknown(f"'{raw}' is not a day, a month or a financial year.")


def _calendar_year(match: re.Match[str], _: Setting) -> Reading:
    whole = months(int(match["year"]), 1, count=12, kind=TargetKind.SPAN)
    if match["calendar"]:
        return whole
    return doubtful(whole, f"'{match['year']}' alone is read as the calendar year.")


_FORMS: tuple[tuple[re.Pattern[str], Builder], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), build)
    for pattern, build in (
        (
            r"(?<![\d/.-])(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?(?![\d/]|[.-]\d)",
            _iso_day,
        ),
        (
            r"(?<!\d)(?P<d>\d{1,2})\s?(?P<sep>[./-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>\d{4}|\d\d)"
            r"(?!\d|(?P=sep)\s?\d)",
            _numeric_day,
        ),
        (
            rf"{_QUARTER}(?:\s(?:of|in)|,)?\s*(?:the\s)?(?:FY\s?|financial year\s)?{_PAIR}",
            _quarter_of_pair,
        ),
        (rf"{_PAIR}(?:\s-)?,?\s*{_QUARTER}", _quarter_of_pair),
        (rf"{_QUARTER}(?:\s(?:of|in)|,)?\s*{_YEAR}(?!\s?[/-]\s?\d)", _quarter_of_year),
        (
            rf"(?<![\d./-])(?P<first>\d{{1,2}})(?:st|nd|rd|th)?\s?(?:-|to)\s?{_LAST_DAY}"
            rf"\s*(?:of\s)?{_MONTH}[\s,]*{_SHORT_YEAR}",
            _days_of_a_month,
        ),
        (rf"{_WEEKDAY}{_DAY}(?:\s*(?:of\s)?|\s?[.-])(?:the\s)?{_MONTH}[\s,./-]*{_SHORT_YEAR}", _written_day),
        (rf"{_MONTH}\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}", _american_day),
        (rf"{_MONTH}[\s,]*(?:of\s)?{_PAIR}", _month_of_pair),
        (rf"{_MONTH}(?P<gap>[\s,./-]*)(?:of\s|in\s)?{_SHORT_YEAR}", _month_of_year),
        (rf"{_DAY}(?:\s*(?:of\s)?|[.-]){_MONTH}", _yearless_day),
        (rf"{_MONTH}\s*(?:the\s)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b", _yearless_day),
        (
            rf"(?<![a-z])(?P<one>spring|summer|autumn|winter)\s?(?:[/-]|to|and|or)\s?{_SEASON}"
            rf"[\s,]*(?:of\s)?{_YEAR}(?!\s?[/-]\s?\d)",
            _two_seasons,
        ),
        (
            rf"{_SEASON}[\s,-]*(?:of\s|in\s)?(?:{_PAIR}|{_SHORT_YEAR})",
            _season_of_year,
        ),
        (
            rf"(?:(?P<before>{_YEAR_NAME})\syear\s(?:of\s)?|\bFY\s?)?{_PAIR}(?:\s(?P<after>{_YEAR_NAME})\syear)?",
            _two_years,
        ),
        (r"(?:\bFY\s?|financial year\s)'?(?P<s>\d\d)\s?[/-]\s?(?P<e>\d\d)(?!\d)", _short_pair),
        (rf"(?:\bFY\s?|{_YEAR_NAME}\syear\s){_YEAR}", _lone_financial_year),
        (rf"(?<![\d./-])(?P<m>\d{{1,2}})\s?[/.-]\s?{_YEAR}(?![./-]\s?\d)", _numeric_month),
        (rf"{_NOT_WITHIN}(?P<calendar>calendar\syear\s)?{_YEAR}(?!\s?/\s?\d|[.-]\d)", _calendar_year),
        (r"(?<![\d./-])(\d\d?)\s?[/.]\s?(\d\d?)(?![\d/]|[.-]\d)", _two_numbers),
        (rf"{_QUARTER}", _yearless_quarter),
        (rf"{_SEASON}", _yearless_season),
        (rf"{_MONTH}", _yearless_month),
    )
)
