"""A date typed as day, month and year, and which part to put right when it is not one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEARS = range(1900, 2200)


@dataclass(frozen=True, kw_only=True)
class DateProblem:
    """What is wrong with a typed date: a gettext message id, and the part: "day", "month" or "year"."""

    message: str
    part: str


def read_date(day: str, month: str, year: str) -> date | DateProblem | None:
    """The day that three typed parts name, or the first part in error; None when all are blank.

    A month may be a number or its English name; a year has four digits, as "09" would be a guess.
    """
    typed = {"day": day.strip(), "month": month.strip(), "year": year.strip()}
    if not any(typed.values()):
        return None
    if blank := next((part for part, text in typed.items() if not text), None):
        return DateProblem(message=_MISSING[blank], part=blank)
    found = {part: _number(part, text) for part, text in typed.items()}
    if wrong := next((part for part, number in found.items() if number is None), None):
        return DateProblem(message=_WRONG[wrong], part=wrong)
    try:
        return date(found["year"] or 0, found["month"] or 0, found["day"] or 0)
    except ValueError:
        return DateProblem(message="That month does not have so many days. Check the day.", part="day")


_MISSING = {
    "day": "The date must include a day.",
    "month": "The date must include a month.",
    "year": "The date must include a year.",
}
_WRONG = {
    "day": "The day must be a number from 1 to 31.",
    "month": "The month must be a number from 1 to 12, or its name.",
    "year": "The year must have four digits, like 2027.",
}
_BOUNDS = {"day": range(1, 32), "month": range(1, 13), "year": YEARS}


def _number(part: str, text: str) -> int | None:
    if part == "month" and (name := text[:3].lower()) in MONTHS:
        return MONTHS.index(name) + 1
    if not (text.isascii() and text.isdigit()) or len(text) > 4:
        return None
    return int(text) if int(text) in _BOUNDS[part] else None
