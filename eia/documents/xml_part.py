"""A part of a package as XML, read without a tree and no further than needed."""

from __future__ import annotations

from typing import NoReturn
from xml.parsers.expat import ExpatError, ParserCreate

from eia.documents.refusals import DAMAGED
from eia.domain.errors import Invalid


class _Seen(Exception):
    """Ends the parse: what was asked is known. The argument is the answer."""


def looks_like_xml(name: str, content: bytes) -> bool:
    """Whether some reader may take it for XML, in whatever encoding."""
    return name.lower().endswith((".xml", ".rels")) or content[:64].lstrip(
        b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"
    ).startswith(b"<")


def has_document_type(content: bytes) -> bool:
    """Whether a document type comes before the first element: without one no entity can be declared."""
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: _answer(True)
    parser.StartElementHandler = lambda *_: _answer(False)
    try:
        parser.Parse(content, True)
    except _Seen as seen:
        return bool(seen.args[0])
    except (ExpatError, ValueError) as error:
        raise Invalid({"file": DAMAGED}) from error
    return False


def _answer(seen: bool) -> NoReturn:
    raise _Seen(seen)


def elements_of(content: bytes) -> list[tuple[str, dict[str, str]]]:
    """Every element with its attributes. Raises `Invalid` for a document type, or what is no XML."""
    if has_document_type(content):
        raise Invalid({"file": DAMAGED})
    found: list[tuple[str, dict[str, str]]] = []
    parser = ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append((name, attributes))
    try:
        parser.Parse(content, True)
    except (ExpatError, ValueError) as error:
        raise Invalid({"file": DAMAGED}) from error
    return found
