"""What the address of a report asks for, read back into a request; an address can be kept and sent on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from eia.domain.errors import Invalid
from eia.domain.report.period import Calendar, ReportPeriod, days
from eia.domain.report.report import ReportKind
from eia.domain.target_date import TargetKind, parse_target
from eia.usecases.reports import ReportRequest

OWN_DAYS = "days"
"""Chosen as the period when somebody gives its first and last day."""


def asked_for(kind: ReportKind, given: Mapping[str, str], calendar: Calendar) -> ReportRequest:
    """The request. Raises `Invalid` naming each field that cannot be read."""
    period = given.get("period", "")
    return ReportRequest(
        kind=kind,
        period=_own_days(given) if period == OWN_DAYS else calendar.read(period),
        department_id=_department(given.get("department", "")),
        as_at=_day(given, "as_at") if given.get("as_at") else None,
    )


def address_of(asked: ReportRequest) -> dict[str, str]:
    """The request as an address has it, with nothing that it does not need."""
    named = {
        "period": asked.period.code,
        "department": str(asked.department_id or ""),
        "as_at": str(asked.as_at or ""),
    }
    return {name: value for name, value in named.items() if value}


def _own_days(given: Mapping[str, str]) -> ReportPeriod:
    return days(_day(given, "first"), _day(given, "last"))


def _day(given: Mapping[str, str], name: str) -> date:
    found = parse_target(given.get(name, ""))
    if found.kind is not TargetKind.DAY or found.latest is None:
        raise Invalid({name: "Give the day, month and year, such as 31.3.2026."})
    return found.latest


def _department(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Invalid({"department": "Choose a department from the list."}) from None
