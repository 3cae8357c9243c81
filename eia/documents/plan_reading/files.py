"""Files of any kind as documents; which kind it is shows in the content, never in the name."""

from __future__ import annotations

from dataclasses import replace

from eia.documents.plan_reading.document import Document
from eia.documents.plan_reading.read import read_pieces
from eia.documents.plan_reading.readers import pieces_of
from eia.documents.plan_reading.tables import NOTHING_SAID, Meanings
from eia.documents.plan_reading.text import plan_text
from eia.domain.plan import PlanRead
from eia.domain.target_date import Period


def read_file(content: bytes, *, period: Period | None = None, meanings: Meanings = NOTHING_SAID) -> PlanRead:
    """The plan in a file of any kind that we read. Raises `Invalid` with the key `file` for any other."""
    return read_document(document_of(content), period=period, meanings=meanings)


def document_of(content: bytes) -> Document:
    """The file laid out. Raises `Invalid` with the key `file`."""
    return Document(pieces=pieces_of(plan_text(content)))


def read_document(
    document: Document, *, period: Period | None = None, meanings: Meanings = NOTHING_SAID
) -> PlanRead:
    """The plan in a document, with every line of it and what was left over."""
    found = read_pieces(document.pieces, period=period, meanings=meanings)
    return replace(
        found,
        lines=document.lines,
        left_over=(*found.left_over, *document.left_over),
        problems=(*found.problems, *document.problems),
    )
