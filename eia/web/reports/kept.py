"""Reports as they were handed out."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.documents.record.as_text import as_text, from_text
from eia.documents.record.docx import as_docx
from eia.documents.record.pdf import as_pdf
from eia.documents.report.layout import lay_out
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.record import short_hash
from eia.usecases.kept_reports import Drawn, is_as_kept, keep_report, kept_report
from eia.usecases.reports import period_report
from eia.usecases.services import Services
from eia.web.page import page
from eia.web.reports.asking import asked_in
from eia.web.reports.blueprint import KIND, blueprint
from eia.web.reports.files import DOCX, PDF, as_file
from eia.web.reports.words import report_words

KEPT = "/reports/kept/<uuid:report_id>"


@page(blueprint, f"/reports/{KIND}/keep", needs=Permission.KEEP_REPORT, methods=("POST",))
def keep(services: Services, actor: Actor, kind: str) -> ResponseReturnValue:
    """Keeps the report as it now reads."""
    asked = asked_in(services, actor, kind, request.form)
    report = period_report(services, actor, asked)
    paper = lay_out(report, report_words())
    drawn = Drawn(title=paper.title, content=as_text(paper))
    report_id = keep_report(services, actor, report, asked.department_id, drawn)
    flash(gettext("Kept. What stands here will not change any more."))
    return redirect(url_for("reports.kept", report_id=report_id))


@page(blueprint, KEPT, needs=Permission.VIEW)
def kept(services: Services, actor: Actor, report_id: UUID) -> ResponseReturnValue:
    """The report as it was kept, with who kept it and when."""
    line, content = kept_report(services, actor, report_id)
    return render_template(
        "reports/kept.html",
        line=line,
        paper=from_text(content),
        number=short_hash(line.sha256),
        is_as_kept=is_as_kept(line, content),
    )


@page(blueprint, f"{KEPT}.<any('pdf', 'docx'):ending>", needs=Permission.VIEW)
def take_kept(services: Services, actor: Actor, report_id: UUID, ending: str) -> ResponseReturnValue:
    """The same as a file; one that was tampered with is not handed out."""
    line, content = kept_report(services, actor, report_id)
    if not is_as_kept(line, content):
        abort(404)
    paper = from_text(content)
    if ending == "pdf":
        return as_file(as_pdf(paper), PDF, line.title, ending)
    return as_file(as_docx(paper), DOCX, line.title, ending)
