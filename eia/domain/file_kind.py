"""The kinds of file that people hand us, each known by what is in it."""

from __future__ import annotations

from enum import StrEnum


class FileKind(StrEnum):
    """A kind that we tell from its bytes; the value is what files of it are commonly called."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    PNG = "png"
    JPEG = "jpg"
    TEXT = "txt"  # CSV and Markdown too: whoever reads it sees which
    HTML = "html"


PACKAGED = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": FileKind.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": FileKind.XLSX,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": FileKind.PPTX,
    "application/vnd.oasis.opendocument.text": FileKind.ODT,
    "application/vnd.oasis.opendocument.spreadsheet": FileKind.ODS,
}
"""The kinds that are a zip of parts, by the type that the zip itself declares."""

MEDIA_TYPES = {
    **{kind: media_type for media_type, kind in PACKAGED.items()},
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.TEXT: "text/plain",
    FileKind.HTML: "text/html",
}
