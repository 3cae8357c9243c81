"""Lays out a file of any kind but plain text; runs in a limited child, and imports what the kind needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

from eia.documents.file_kind import kind_of
from eia.documents.laying_out.laid import Laid, LaidJson
from eia.domain.errors import Invalid
from eia.domain.file_kind import FileKind

NO_PLAN = "No plan is read from a file of this kind. Save it as Word (.docx), Excel (.xlsx) or plain text"
NO_PDF_READER = "PDF files are not read here: the extra `pdf` is not installed. Save the plan as Word (.docx)"

_FRAGMENT = re.compile(rb"\s*<(?:h[1-6]|p|div|ul|ol|dl|main|article|section|b|strong)\b", re.I)
_READERS = {FileKind.DOCX: "docx", FileKind.XLSX: "xlsx", FileKind.ODS: "ods", FileKind.PDF: "pdf"}


def lay_out(content: bytes) -> LaidJson | None:
    """The file as paragraphs and rows, or None where it is plain text. Raises `Invalid`."""
    kind = kind_of(content)
    if kind is FileKind.HTML or (kind is FileKind.TEXT and _FRAGMENT.match(content)):
        from eia.documents.laying_out.html_page import lay_out as lay_out_page

        return lay_out_page(_decoded(content)).as_json()
    if kind in _READERS:
        return _reader(_READERS[kind])(content).as_json()
    if kind is FileKind.TEXT:
        return None
    raise Invalid({"file": NO_PLAN})


def _reader(name: str) -> Callable[[bytes], Laid]:
    try:
        module = import_module(f"eia.documents.laying_out.{name}")
    except ModuleNotFoundError as missing:
        if missing.name != "pdfplumber":
            raise
        raise Invalid({"file": NO_PDF_READER}) from None
    reader: Callable[[bytes], Laid] = module.lay_out
    return reader


def _decoded(content: bytes) -> str:
    """As a page's bytes mostly are, whatever it says of them itself."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
