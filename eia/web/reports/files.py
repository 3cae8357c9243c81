"""Reports as files that are taken away."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response

from eia.documents.record.docx import as_docx
from eia.documents.record.pdf import as_pdf
from eia.documents.record.words import Words
from eia.documents.report.as_csv import actions_csv, as_csv
from eia.documents.report.layout import lay_out, title
from eia.domain.report.report import Report
from eia.web.reports.words import report_words

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CSV = "text/csv; charset=utf-8"

ENDING = "<any('pdf', 'docx', 'csv', 'actions.csv'):ending>"


@dataclass(frozen=True, kw_only=True)
class _Format:
    mimetype: str
    write: Callable[[Report, Words], bytes]


FORMATS = {
    "pdf": _Format(mimetype=PDF, write=lambda report, words: as_pdf(lay_out(report, words))),
    "docx": _Format(mimetype=DOCX, write=lambda report, words: as_docx(lay_out(report, words))),
    "csv": _Format(mimetype=_CSV, write=as_csv),
    "actions.csv": _Format(mimetype=_CSV, write=actions_csv),
}


def send(report: Report, ending: str) -> Response:
    """The report in this format."""
    words, chosen = report_words(), FORMATS[ending]
    return as_file(chosen.write(report, words), chosen.mimetype, title(report, words), ending)


def as_file(content: bytes, mimetype: str, called: str, ending: str) -> Response:
    """The bytes to be saved under a name that any file system takes."""
    # Not send_file: it lets the browser keep a copy, and people's words must not stay on a shared machine.
    answer = Response(content, content_type=mimetype)
    name = re.sub(r"[^A-Za-z0-9]+", "-", called).strip("-").lower() or "report"
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{ending}")
    return answer
