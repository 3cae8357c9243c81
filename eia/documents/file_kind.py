"""What a file is, by its bytes alone: neither its name nor what a browser calls it is asked.

    run_limited("eia.documents.file_kind:kind_found", data) -> "docx"

A reader that runs in the child itself calls `kind_of(data)` before anything else looks at the bytes.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from eia.documents.office_package import check_package
from eia.documents.pictures import check_jpeg, check_png
from eia.documents.refusals import DAMAGED
from eia.domain.errors import Invalid
from eia.domain.file_kind import FileKind

UNKNOWN = "We do not know this kind of file. Save it as PDF, Word (.docx), Excel (.xlsx) or plain text"
OLD_OFFICE = "This file is in an old format or has a password. Save it as .docx or .xlsx without a password"
TWO_AT_ONCE = "This file is two kinds of file at once. Save it again, and choose the new file"
EMPTY = "There is nothing in this file"

_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|script)\b", re.I | re.S)
_NO_PLAIN_TEXT = re.compile(rb"\s*(?:<(?:\?xml|!doctype|svg)\b|\{\\rtf)", re.I)
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BYTE_ORDERS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def kind_found(data: bytes) -> str:
    """The kind, as the child hands it on."""
    return kind_of(data).value


def kind_of(data: bytes) -> FileKind:
    """The kind of a file that is whole and harmless as far as its kind lets us see. Raises `Invalid`."""
    if not data.strip():
        raise Invalid({"file": EMPTY})
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return check_package(data)
    if zipfile.is_zipfile(BytesIO(data)):
        raise Invalid({"file": TWO_AT_ONCE})
    return _plain_kind(data)


def _plain_kind(data: bytes) -> FileKind:
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        check_png(data)
        return FileKind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        check_jpeg(data)
        return FileKind.JPEG
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Invalid({"file": OLD_OFFICE})
    return _text(data)


def _pdf(data: bytes) -> FileKind:
    """Whole: it says at its end where its parts are."""
    end = data[-2048:]
    if b"%%EOF" not in end or b"startxref" not in end:
        raise Invalid({"file": DAMAGED})
    return FileKind.PDF


def _text(data: bytes) -> FileKind:
    plain = _decoded(data)
    if _NOT_TEXT.search(plain) or b"%PDF-" in plain[:1024]:
        raise Invalid({"file": UNKNOWN})
    if _PAGE.match(plain):
        return FileKind.HTML
    if _NO_PLAIN_TEXT.match(plain):
        raise Invalid({"file": UNKNOWN})
    return FileKind.TEXT


def _decoded(data: bytes) -> bytes:
    """The text in UTF-8; bytes that are no Unicode are as Windows wrote them, and pass as they are."""
    encoding = next((name for mark, name in _BYTE_ORDERS.items() if data.startswith(mark)), "")
    try:
        return data.decode(encoding).encode() if encoding else data
    except UnicodeError:
        raise Invalid({"file": UNKNOWN}) from None
