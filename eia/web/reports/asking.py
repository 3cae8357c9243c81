"""What the address of a report asks for, read back into a request; an address can be kept and sent on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from flask import abort

from eia.domain.errors import Invalid
from eia.domain.people import Actor
from eia.domain.report.period import Calendar, ReportPeriod, days
from eia.domain.report.report import ReportKind
from eia.domain.target_date import TargetKind, parse_target
from eia.usecases.reports import LISTS, ReportRequest, body_calendar
from eia.usecases.services import Services

OWN_DAYS = "days"
"""Chosen as the period when somebody gives its first and last day."""


def asked_for(given: Mapping[str, str], calendar: Calendar) -> ReportRequest:
    """The request. Raises `Invalid` naming the field that cannot be read."""
    period = given.get("period", "")
    return ReportRequest(
        kind=_kind(given.get("kind", "")),
        period=calendar.read(_own_days(given).code if period == OWN_DAYS else period),
        department_id=_department(given.get("department", "")),
        as_at=_day(given, "as_at") if given.get("as_at") else None,
    )


def asked_in(services: Services, actor: Actor, kind: str, given: Mapping[str, str]) -> ReportRequest:
    """The request in a report's own address; one that cannot be read leads nowhere."""
    try:
        return asked_for({**given, "kind": kind}, body_calendar(services, actor))
    except Invalid:
        abort(404)


def address_of(asked: ReportRequest) -> dict[str, str]:
    """The request as an address has it, with nothing that it does not need."""
    named = {
        "period": asked.period.code,
        "department": str(asked.department_id or ""),
        "as_at": str(asked.as_at or ""),
    }
    return {name: value for name, value in named.items() if value}


def _kind(text: str) -> ReportKind:
    if text not in LISTS:
        raise Invalid({"kind": "Choose a report."})
    return ReportKind(text)


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
