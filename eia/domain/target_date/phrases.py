"""Finds the date phrases in a text, day first, longest form first."""

from __future__ import annotations

import re
from collections.abc import Callable

from eia.domain.target_date.day_phrases import (
    american_day,
    days_of_a_month,
    iso_day,
    numeric_day,
    two_numbers,
    written_day,
    yearless_day,
)
from eia.domain.target_date.month_phrases import (
    month_of_pair,
    month_of_year,
    numeric_month,
    quarter_of_pair,
    quarter_of_year,
    season_of_year,
    two_seasons,
    yearless_month,
    yearless_quarter,
    yearless_season,
)
from eia.domain.target_date.reading import Found, Reading, Setting, Yearless
from eia.domain.target_date.year_phrases import calendar_year, lone_financial_year, short_pair, two_years

MARK = "@"
"""Stands for one date phrase in a shape; never in the text itself, see `normalise`."""

_FIRST_MARK = 0xE000  # private-use characters number the phrases while they are being found

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


_FORMS: tuple[tuple[re.Pattern[str], Builder], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), build)
    for pattern, build in (
        (
            r"(?<![\d/.-])((?:19|20)\d\d)[-/.](\d\d?)[-/.](\d\d?)"
            r"(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?(?![\d/]|[.-]\d)",
            iso_day,
        ),
        (
            r"(?<!\d)(?P<d>\d{1,2})\s?(?P<sep>[./-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>(?:19|20)\d\d|\d\d)"
            r"(?!\d|(?P=sep)\s?\d)",
            numeric_day,
        ),
        (
            rf"{_QUARTER}(?:\s(?:of|in)|,)?\s*(?:the\s)?(?:FY\s?|financial year\s)?{_PAIR}",
            quarter_of_pair,
        ),
        (rf"{_PAIR}(?:\s-)?,?\s*{_QUARTER}", quarter_of_pair),
        (rf"{_QUARTER}(?:\s(?:of|in)|,)?\s*{_YEAR}(?!\s?[/-]\s?\d)", quarter_of_year),
        (
            rf"(?<![\d./-])(?P<first>\d{{1,2}})(?:st|nd|rd|th)?\s?(?:-|to)\s?{_LAST_DAY}"
            rf"\s*(?:of\s)?{_MONTH}[\s,]*{_SHORT_YEAR}",
            days_of_a_month,
        ),
        (rf"{_WEEKDAY}{_DAY}(?:\s*(?:of\s)?|\s?[.-])(?:the\s)?{_MONTH}[\s,./-]*{_SHORT_YEAR}", written_day),
        (rf"{_MONTH}\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}", american_day),
        (rf"{_MONTH}[\s,]*(?:of\s)?{_PAIR}", month_of_pair),
        (rf"{_MONTH}(?P<gap>[\s,./-]*)(?:of\s|in\s)?{_SHORT_YEAR}", month_of_year),
        (rf"{_DAY}(?:\s*(?:of\s)?|[.-]){_MONTH}", yearless_day),
        (rf"{_MONTH}\s*(?:the\s)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b", yearless_day),
        (
            rf"(?<![a-z])(?P<one>spring|summer|autumn|winter)\s?(?:[/-]|to|and|or)\s?{_SEASON}"
            rf"[\s,]*(?:of\s)?{_YEAR}(?!\s?[/-]\s?\d)",
            two_seasons,
        ),
        (
            rf"{_SEASON}[\s,-]*(?:of\s|in\s)?(?:{_PAIR}|{_SHORT_YEAR})",
            season_of_year,
        ),
        (
            rf"(?:(?P<before>{_YEAR_NAME})\syear\s(?:of\s)?|\bFY\s?)?{_PAIR}(?:\s(?P<after>{_YEAR_NAME})\syear)?",
            two_years,
        ),
        (r"(?:\bFY\s?|financial year\s)'?(?P<s>\d\d)\s?[/-]\s?(?P<e>\d\d)(?!\d)", short_pair),
        (rf"(?:\bFY\s?|{_YEAR_NAME}\syear\s){_YEAR}", lone_financial_year),
        (rf"(?<![\d./-])(?P<m>\d{{1,2}})\s?[/.-]\s?{_YEAR}(?![./-]\s?\d)", numeric_month),
        (rf"{_NOT_WITHIN}(?P<calendar>calendar\syear\s)?{_YEAR}(?!\s?/\s?\d|[.-]\d)", calendar_year),
        (r"(?<![\d./-])(\d\d?)\s?[/.]\s?(\d\d?)(?![\d/]|[.-]\d)", two_numbers),
        (rf"{_QUARTER}", yearless_quarter),
        (rf"{_SEASON}", yearless_season),
        (rf"{_MONTH}", yearless_month),
    )
)
