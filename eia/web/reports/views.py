"""Choosing a report, reading it, and taking it away as PDF, Word or CSV."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eia.documents.report.layout import lay_out, period_words
from eia.domain.errors import Invalid
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases.kept_reports import kept_lines, may_keep
from eia.usecases.plan_report import plan_report
from eia.usecases.reports import ReportRequest, body_calendar, period_report, report_choices
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.reports.asking import OWN_DAYS, address_of, asked_for, asked_in
from eia.web.reports.blueprint import KIND, blueprint
from eia.web.reports.files import ENDING, FORMATS, send
from eia.web.reports.words import report_words

PLAN = "/reports/plans/<uuid:plan_id>"


@page(blueprint, "/reports", needs=Permission.VIEW)
def index(services: Services, actor: Actor) -> ResponseReturnValue:
    """Which report, of which period; a choice made goes to the report's own address."""
    if "kind" not in request.args:
        return _choose(services, actor, {})
    try:
        asked = asked_for(request.args, body_calendar(services, actor))
        period_report(services, actor, asked)
    except Invalid as wrong:
        return _choose(services, actor, wrong.problems)
    return redirect(_address("reports.show", asked))


@page(blueprint, f"/reports/{KIND}", needs=Permission.VIEW)
def show(services: Services, actor: Actor, kind: str) -> ResponseReturnValue:
    """The report, to read through or print."""
    asked = asked_in(services, actor, kind, request.args)
    report = period_report(services, actor, asked)
    return render_template(
        "reports/show.html",
        paper=lay_out(report, report_words()),
        files=[(ending, _address("reports.take", asked, ending=ending)) for ending in FORMATS],
        keep=address_of(asked) if may_keep(actor, report, asked.department_id) else None,
        kind=kind,
    )


@page(blueprint, f"/reports/{KIND}.{ENDING}", needs=Permission.VIEW)
def take(services: Services, actor: Actor, kind: str, ending: str) -> ResponseReturnValue:
    """The report as a file."""
    asked = asked_in(services, actor, kind, request.args)
    return send(period_report(services, actor, asked), ending)


@page(blueprint, PLAN, needs=Permission.VIEW)
def plan(services: Services, actor: Actor, plan_id: UUID) -> ResponseReturnValue:
    """A plan in the columns people know, to read through or print."""
    endings = ("pdf", "docx", "csv")
    return render_template(
        "reports/show.html",
        paper=lay_out(plan_report(services, actor, plan_id), report_words()),
        plan_id=plan_id,
        files=[(ending, url_for("reports.take_plan", plan_id=plan_id, ending=ending)) for ending in endings],
    )


@page(blueprint, f"{PLAN}.{ENDING}", needs=Permission.VIEW)
def take_plan(services: Services, actor: Actor, plan_id: UUID, ending: str) -> ResponseReturnValue:
    """A plan as a file."""
    return send(plan_report(services, actor, plan_id), ending)


def _choose(services: Services, actor: Actor, errors: Mapping[str, str]) -> ResponseReturnValue:
    choices, words = report_choices(services, actor), report_words()
    shown = render_template(
        "reports/index.html",
        choices=choices,
        kinds=[(kind, words(kind.value)) for kind in choices.newest],
        name_of=lambda period: period_words(period, words),
        own_days=OWN_DAYS,
        kept=kept_lines(services, actor),
        errors=errors,
        given=request.args,
    )
    return shown, 422 if errors else 200


def _address(endpoint: str, asked: ReportRequest, **more: str) -> str:
    where: dict[str, Any] = {"kind": asked.kind.value, **address_of(asked), **more}
    return url_for(endpoint, **where)
