"""How pages speak of a file: what it is, and how large."""

from __future__ import annotations

from flask_babel import format_decimal, gettext

from eia.domain.attachment import Attachment
from eia.domain.facts import AssessmentFacts
from eia.domain.file_kind import FileKind
from eia.usecases.attachments import may_attach
from eia.web.attachments.views import blueprint
from eia.web.i18n import lazy_gettext
from eia.web.session import current_visit

KINDS = {
    FileKind.PDF: "PDF",
    FileKind.DOCX: "Word",
    FileKind.XLSX: "Excel",
    FileKind.PPTX: "PowerPoint",
    FileKind.ODT: lazy_gettext("OpenDocument text"),
    FileKind.ODS: lazy_gettext("OpenDocument spreadsheet"),
    FileKind.PNG: lazy_gettext("PNG picture"),
    FileKind.JPEG: lazy_gettext("JPEG picture"),
    FileKind.TEXT: lazy_gettext("Plain text"),
}


@blueprint.app_template_global()
def may_attach_to(facts: AssessmentFacts, section: str) -> bool:
    """Whether whoever looks may add a file to the section."""
    visit = current_visit()
    return visit is not None and may_attach(visit.actor, facts, section)


@blueprint.app_template_global()
def file_words(item: Attachment) -> str:
    """What somebody should know before they download it: "PDF, 340 kB"."""
    return f"{KINDS[item.kind]}, {size_words(item.size)}"


def size_words(size: int) -> str:
    """In thousands of bytes, or in millions with one decimal."""
    if size >= 1_000_000:
        return gettext("%(size)s MB", size=format_decimal(round(size / 1_000_000, 1)))
    return gettext("%(size)s kB", size=format_decimal(max(1, round(size / 1_000))))
