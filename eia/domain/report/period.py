"""The stretch of time a report speaks of: a quarter, a municipal or financial year, or any days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from eia.domain.errors import Invalid

ONE_DAY = timedelta(days=1)
QUARTERS_OFFERED = 8
YEARS_OFFERED = 4
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


class PeriodKind(StrEnum):
    """How a period is cut out of time."""

    QUARTER = "quarter"  # of a financial year: the first begins on 1 April
    MUNICIPAL = "municipal"  # from one annual council meeting to the next
    FINANCIAL = "financial"  # 1 April to 31 March
    DAYS = "days"  # from any day to any other


@dataclass(frozen=True, kw_only=True)
class ReportPeriod:
    """Both days belong to it. `code` is how an address names it: "quarter-2025-3", "2025-04-01--2025-06-30".

    `year` is the first year of a financial or municipal year, `quarter` 1 to 4.
    """

    kind: PeriodKind
    first: date
    last: date
    year: int = 0
    quarter: int = 0

    @property
    def code(self) -> str:
        """The period as an address names it; `read_period` reads it back."""
        if self.kind is PeriodKind.DAYS:
            return f"{self.first}--{self.last}"
        number = f"-{self.quarter}" if self.quarter else ""
        return f"{self.kind}-{self.year}{number}"


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """A body's year: the month and day of its annual council meeting."""

    month: int = 5
    day: int = 15

    @classmethod
    def of(cls, starts: str) -> Calendar:
        """From "05-15", as a body keeps it."""
        month, day = starts.split("-")
        return cls(month=int(month), day=int(day))

    def quarter(self, year: int, number: int) -> ReportPeriod:
        """The quarter `number` (1 to 4) of the financial year that begins in `year`."""
        first = _months_on(date(year, 4, 1), 3 * (number - 1))
        last = _months_on(first, 3) - ONE_DAY
        return ReportPeriod(kind=PeriodKind.QUARTER, first=first, last=last, year=year, quarter=number)

    def financial(self, year: int) -> ReportPeriod:
        """1 April of `year` to 31 March."""
        return ReportPeriod(
            kind=PeriodKind.FINANCIAL, first=date(year, 4, 1), last=date(year + 1, 3, 31), year=year
        )

    def municipal(self, year: int) -> ReportPeriod:
        """From the annual council meeting of `year` to the day before the next."""
        first, following = (date(each, self.month, self.day) for each in (year, year + 1))
        return ReportPeriod(kind=PeriodKind.MUNICIPAL, first=first, last=following - ONE_DAY, year=year)

    def before(self, period: ReportPeriod) -> ReportPeriod:
        """The period of the same kind and length that ends where this one begins."""
        match period.kind:
            case PeriodKind.QUARTER if period.quarter > 1:
                return self.quarter(period.year, period.quarter - 1)
            case PeriodKind.QUARTER:
                return self.quarter(period.year - 1, 4)
            case PeriodKind.FINANCIAL:
                return self.financial(period.year - 1)
            case PeriodKind.MUNICIPAL:
                return self.municipal(period.year - 1)
        length = period.last - period.first
        last = period.first - ONE_DAY
        return ReportPeriod(kind=PeriodKind.DAYS, first=last - length, last=last)

    def around(self, kind: PeriodKind, day: date) -> ReportPeriod:
        """The period of this kind that the day belongs to."""
        year = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
        if kind is PeriodKind.QUARTER:
            return self.quarter(year, (day.month - 4) % 12 // 3 + 1)
        if kind is PeriodKind.MUNICIPAL:
            begun = (day.month, day.day) >= (self.month, self.day)
            return self.municipal(day.year if begun else day.year - 1)
        return self.financial(year)

    def complete(self, kind: PeriodKind, today: date) -> ReportPeriod:
        """The newest period of this kind that is over."""
        return self.before(self.around(kind, today))

    def offered(self, kind: PeriodKind, today: date) -> Iterator[ReportPeriod]:
        """Periods of this kind to choose from, the running one first."""
        period = self.around(kind, today)
        for _ in range(QUARTERS_OFFERED if kind is PeriodKind.QUARTER else YEARS_OFFERED):
            yield period
            period = self.before(period)

    def read(self, code: str) -> ReportPeriod:
        """The period of this code. Raises `Invalid` with the key "period"."""
        try:
            return self._read(code)
        except ValueError:
            raise Invalid({"period": "Choose a period, or give its first and last day."}) from None

    def _read(self, code: str) -> ReportPeriod:
        first, between, last = code.partition("--")
        if between:
            return days(_day(first), _day(last))
        kind, *numbers = code.split("-")
        match PeriodKind(kind), [int(each) for each in numbers]:
            case PeriodKind.QUARTER, [year, quarter] if 1 <= quarter <= 4:
                return self.quarter(_year(year), quarter)
            case PeriodKind.FINANCIAL, [year]:
                return self.financial(_year(year))
            case PeriodKind.MUNICIPAL, [year]:
                return self.municipal(_year(year))
        raise ValueError(code)


def days(first: date, last: date) -> ReportPeriod:
    """Any days. Raises `Invalid` with the key "period" when the last is before the first."""
    if last < first:
        raise Invalid({"period": "The last day of the period must not be before the first."})
    return ReportPeriod(kind=PeriodKind.DAYS, first=first, last=last)


def _day(text: str) -> date:
    found = date.fromisoformat(text)
    _year(found.year)
    return found


def _year(number: int) -> int:
    if EARLIEST_YEAR <= number <= LATEST_YEAR:
        return number
    raise ValueError(number)


def _months_on(day: date, months: int) -> date:
    months += day.month - 1
    return date(day.year + months // 12, months % 12 + 1, 1)
