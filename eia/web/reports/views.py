"""Choosing a report, reading it, and taking it away as PDF, Word or CSV."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eia.documents.record.docx import as_docx
from eia.documents.record.pdf import as_pdf
from eia.documents.record.words import Words
from eia.documents.report.as_csv import actions_csv, as_csv
from eia.documents.report.layout import lay_out, period_words, title
from eia.domain.errors import Invalid
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.report.report import Report, ReportKind
from eia.usecases.plan_report import plan_report
from eia.usecases.reports import ReportRequest, body_calendar, period_report, report_choices
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.reports.asking import OWN_DAYS, address_of, asked_for
from eia.web.reports.words import report_words

blueprint = Blueprint("reports", __name__)

KIND = "<any('quarterly-pack', 'annual-report', 'annual-review'):kind>"
ENDING = "<any('pdf', 'docx', 'csv', 'actions.csv'):ending>"
PLAN = "/reports/plans/<uuid:plan_id>"


@dataclass(frozen=True, kw_only=True)
class _Format:
    mimetype: str
    write: Callable[[Report, Words], bytes]


_CSV = "text/csv; charset=utf-8"
_FORMATS = {
    "pdf": _Format(mimetype="application/pdf", write=lambda report, words: as_pdf(lay_out(report, words))),
    "docx": _Format(
        mimetype="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        write=lambda report, words: as_docx(lay_out(report, words)),
    ),
    "csv": _Format(mimetype=_CSV, write=as_csv),
    "actions.csv": _Format(mimetype=_CSV, write=actions_csv),
}


@page(blueprint, "/reports", needs=Permission.VIEW)
def index(services: Services, actor: Actor) -> ResponseReturnValue:
    """Which report, of which period; a choice made goes to the report's own address."""
    if "kind" not in request.args:
        return _choose(services, actor)
    try:
        kind = ReportKind(request.args["kind"])
        asked = asked_for(kind, request.args, body_calendar(services, actor))
        period_report(services, actor, asked)
    except ValueError:
        return _choose(services, actor, {"kind": "Choose a report."})
    except Invalid as wrong:
        return _choose(services, actor, wrong.problems)
    return redirect(_address("reports.show", asked))


@page(blueprint, f"/reports/{KIND}", needs=Permission.VIEW)
def show(services: Services, actor: Actor, kind: str) -> ResponseReturnValue:
    """The report, to read through or print."""
    asked = _asked(services, actor, kind)
    report = period_report(services, actor, asked)
    return render_template(
        "reports/show.html",
        paper=lay_out(report, report_words()),
        report=report,
        files=[(ending, _address("reports.take", asked, ending=ending)) for ending in _FORMATS],
    )


@page(blueprint, f"/reports/{KIND}.{ENDING}", needs=Permission.VIEW)
def take(services: Services, actor: Actor, kind: str, ending: str) -> ResponseReturnValue:
    """The report as a file."""
    return _send(period_report(services, actor, _asked(services, actor, kind)), ending)


@page(blueprint, PLAN, needs=Permission.VIEW)
def plan(services: Services, actor: Actor, plan_id: UUID) -> ResponseReturnValue:
    """A plan in the columns people know, to read through or print."""
    report = plan_report(services, actor, plan_id)
    return render_template(
        "reports/show.html",
        paper=lay_out(report, report_words()),
        report=report,
        plan_id=plan_id,
        files=[
            (ending, url_for("reports.take_plan", plan_id=plan_id, ending=ending))
            for ending in ("pdf", "docx", "csv")
        ],
    )


@page(blueprint, f"{PLAN}.{ENDING}", needs=Permission.VIEW)
def take_plan(services: Services, actor: Actor, plan_id: UUID, ending: str) -> ResponseReturnValue:
    """A plan as a file."""
    return _send(plan_report(services, actor, plan_id), ending)


def _choose(services: Services, actor: Actor, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    choices, words = report_choices(services, actor), report_words()
    shown = render_template(
        "reports/index.html",
        choices=choices,
        kinds=[(kind, words(kind.value)) for kind in choices.newest],
        name_of=lambda period: period_words(period, words),
        own_days=OWN_DAYS,
        errors=errors or {},
        given=request.args,
    )
    return shown, 422 if errors else 200


def _asked(services: Services, actor: Actor, kind: str) -> ReportRequest:
    """What the address asks for; an address that cannot be read leads nowhere."""
    try:
        return asked_for(ReportKind(kind), request.args, body_calendar(services, actor))
    except Invalid:
        abort(404)


def _address(endpoint: str, asked: ReportRequest, **more: str) -> str:
    where: dict[str, Any] = {"kind": asked.kind.value, **address_of(asked), **more}
    return url_for(endpoint, **where)


def _send(report: Report, ending: str) -> ResponseReturnValue:
    words, chosen = report_words(), _FORMATS[ending]
    # Not send_file: it lets the browser keep a copy, and people's words must not stay on a shared machine.
    answer = Response(chosen.write(report, words), content_type=chosen.mimetype)
    name = re.sub(r"[^A-Za-z0-9]+", "-", title(report, words)).strip("-").lower() or "report"
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{ending}")
    return answer
