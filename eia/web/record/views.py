"""The whole record and the committee's paper: as a page to print, and as files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from eia import content
from eia.documents.record.as_json import as_json
from eia.documents.record.docx import as_docx
from eia.documents.record.layout import lay_out
from eia.documents.record.own_template import as_own_docx
from eia.documents.record.pdf import as_pdf
from eia.domain.committee import for_committee
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.record import Record, RecordKind
from eia.usecases.record import record
from eia.usecases.services import Services
from eia.web.answer_wording import answer_wording
from eia.web.page import page
from eia.web.record.words import document_words

blueprint = Blueprint("record", __name__)

WHOLE = "/assessments/<uuid:assessment_id>/record"
COMMITTEE = "/assessments/<uuid:assessment_id>/committee-paper"
_NAMES = {RecordKind.WHOLE: "record", RecordKind.COMMITTEE: "committee-paper"}


@dataclass(frozen=True, kw_only=True)
class _Format:
    ending: str
    mimetype: str
    write: Callable[[Record], bytes]


_PDF = _Format(
    ending="pdf", mimetype="application/pdf", write=lambda found: as_pdf(lay_out(found, document_words()))
)
_DOCX = _Format(
    ending="docx",
    mimetype="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    write=lambda found: _word_file(found),
)
_JSON = _Format(ending="json", mimetype="application/json", write=as_json)


def _word_file(found: Record) -> bytes:
    """The whole record in the body's own template where it has one; the committee's paper is always ours."""
    own = content.record_template() if found.kind is RecordKind.WHOLE else None
    return as_docx(lay_out(found, document_words())) if own is None else as_own_docx(found, own)


@page(blueprint, WHOLE, needs=Permission.VIEW)
def show(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """Everything that was written, to read through or print."""
    return _show(services, actor, assessment_id, RecordKind.WHOLE)


@page(blueprint, COMMITTEE, needs=Permission.VIEW)
def committee(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """Two pages for whoever decides."""
    return _show(services, actor, assessment_id, RecordKind.COMMITTEE)


@page(blueprint, f"{WHOLE}.pdf", needs=Permission.VIEW)
def pdf(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """The whole record as an accessible PDF."""
    return _send(services, actor, assessment_id, RecordKind.WHOLE, _PDF)


@page(blueprint, f"{WHOLE}.docx", needs=Permission.VIEW)
def docx(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """The whole record for Word."""
    return _send(services, actor, assessment_id, RecordKind.WHOLE, _DOCX)


@page(blueprint, f"{WHOLE}.json", needs=Permission.VIEW)
def json(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """The whole record for other programs."""
    return _send(services, actor, assessment_id, RecordKind.WHOLE, _JSON)


@page(blueprint, f"{COMMITTEE}.pdf", needs=Permission.VIEW)
def committee_pdf(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """The committee's paper as an accessible PDF."""
    return _send(services, actor, assessment_id, RecordKind.COMMITTEE, _PDF)


@page(blueprint, f"{COMMITTEE}.docx", needs=Permission.VIEW)
def committee_docx(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """The committee's paper for Word."""
    return _send(services, actor, assessment_id, RecordKind.COMMITTEE, _DOCX)


@page(blueprint, f"{COMMITTEE}.json", needs=Permission.VIEW)
def committee_json(services: Services, actor: Actor, assessment_id: UUID) -> ResponseReturnValue:
    """The committee's paper for other programs."""
    return _send(services, actor, assessment_id, RecordKind.COMMITTEE, _JSON)


def file_name(found: Record, ending: str) -> str:
    """A name that any file system takes: "COM-2026-014-v2-record.pdf"."""
    reference = re.sub(r"[^A-Za-z0-9]+", "-", found.reference).strip("-") or "assessment"
    return f"{reference}-v{found.version}-{_NAMES[found.kind]}.{ending}"


def _read(services: Services, actor: Actor, assessment_id: UUID, kind: RecordKind) -> Record:
    whole = record(services, actor, assessment_id, wording=answer_wording())
    return for_committee(whole) if kind is RecordKind.COMMITTEE else whole


def _show(services: Services, actor: Actor, assessment_id: UUID, kind: RecordKind) -> ResponseReturnValue:
    found = _read(services, actor, assessment_id, kind)
    paper = lay_out(found, document_words())
    return render_template("record/show.html", paper=paper, record=found, assessment_id=assessment_id)


def _send(
    services: Services, actor: Actor, assessment_id: UUID, kind: RecordKind, as_file: _Format
) -> ResponseReturnValue:
    found = _read(services, actor, assessment_id, kind)
    # Not send_file: it lets the browser keep a copy, and people's words must not stay on a shared machine.
    answer = Response(as_file.write(found), mimetype=as_file.mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=file_name(found, as_file.ending))
    return answer
