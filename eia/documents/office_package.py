"""Word, Excel and OpenDocument files: a zip that is opened only as far as its rules hold.

Source: security.md, "Files in". At most 1,000 parts, 50 MB unpacked, 100 to 1; no password, no macros,
no document type, nothing fetched from elsewhere.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from eia.documents.refusals import DAMAGED, TOO_MUCH
from eia.documents.xml_part import elements_of, has_document_type, looks_like_xml
from eia.domain.errors import Invalid
from eia.domain.file_kind import PACKAGED, FileKind

MOST_PARTS = 1_000
MOST_BYTES = 50_000_000
MOST_TO_ONE = 100
DEEPEST = 1
"""A Word file may hold the Excel file behind a chart; that one holds no other."""

LOCKED = "This file has a password. Save it without one, and choose it again"
MACROS = "There are macros in this file. Save it as .docx or .xlsx without macros, and choose it again"
ELSEWHERE = "This file fetches a picture, template or data from elsewhere. Break the links, and save it again"
DOCUMENT_TYPE = "There is a document type in this file, which Word and Excel never write. Save it again"
NOT_OFFICE = "We take no zip files. Choose the files one by one"

_MACROS = re.compile(r"vbaProject|vbaData|macrosheets|activeX|^(?:Basic|Scripts)/", re.I)
_ASTRAY = re.compile(r"^[/\\]|^[A-Za-z]:|\\|\x00|(?:^|/)\.\.(?:/|$)")
_MAIN = re.compile(r"(?P<type>.+?)\.main\+xml")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def check_package(data: bytes, *, depth: int = 0) -> FileKind:
    """The kind of a package that keeps every rule. Raises `Invalid` for any other."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _check_list(package, len(data))
            kind = _declared(package)
            for info in package.infolist():
                _check_part(info.filename, package.read(info), depth)
            return kind
    except _BROKEN as error:
        raise Invalid({"file": DAMAGED}) from error


def _check_list(package: zipfile.ZipFile, size: int) -> None:
    """What the zip says of its parts; that it is true shows when they are read, for reading stops there."""
    parts = package.infolist()
    names = [part.filename for part in parts]
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > min(MOST_BYTES, MOST_TO_ONE * size):
        raise Invalid({"file": TOO_MUCH})
    if any(part.flag_bits & 0x1 for part in parts):
        raise Invalid({"file": LOCKED})
    if any(_ASTRAY.search(name) for name in names) or len(set(map(str.lower, names))) < len(names):
        raise Invalid({"file": DAMAGED})
    if any(_MACROS.search(name) for name in names):
        raise Invalid({"file": MACROS})


def _declared(package: zipfile.ZipFile) -> FileKind:
    """What the package says it is, where packages of its family say it."""
    names = package.namelist()
    types = [package.read("mimetype").decode("ascii").strip()] if "mimetype" in names else []
    if "[Content_Types].xml" in names:
        types += _content_types(package.read("[Content_Types].xml"))
    if any("macroenabled" in each.lower() for each in types):
        raise Invalid({"file": MACROS})
    kinds = {PACKAGED[each] for each in types if each in PACKAGED}
    if len(kinds) != 1:
        raise Invalid({"file": NOT_OFFICE})
    return kinds.pop()


def _content_types(part: bytes) -> Iterator[str]:
    for _, attributes in elements_of(part):
        found = _MAIN.fullmatch(attributes.get("ContentType", ""))
        if found:
            yield found["type"]


def _check_part(name: str, content: bytes, depth: int) -> None:
    if content.startswith(b"PK\x03\x04"):
        _check_within(content, depth)
    if looks_like_xml(name, content) and has_document_type(content):
        raise Invalid({"file": DOCUMENT_TYPE})
    if name.lower().endswith(".rels") and any(_fetches(each) for _, each in elements_of(content)):
        raise Invalid({"file": ELSEWHERE})
    if name == "META-INF/manifest.xml" and any(
        tag.endswith("encryption-data") for tag, _ in elements_of(content)
    ):
        raise Invalid({"file": LOCKED})


def _check_within(content: bytes, depth: int) -> None:
    if depth == DEEPEST:
        raise Invalid({"file": TOO_MUCH})
    check_package(content, depth=depth + 1)


def _fetches(relation: dict[str, str]) -> bool:
    """Whether opening the file would fetch this; a hyperlink waits until somebody follows it."""
    return relation.get("TargetMode", "").lower() == "external" and not relation.get("Type", "").endswith(
        "/hyperlink"
    )
