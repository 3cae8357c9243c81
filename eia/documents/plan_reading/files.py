"""Files of any kind as documents; which kind it is shows in the content, never in the name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from eia.documents.laying_out.laid import Block, LaidJson
from eia.documents.limited_child import run_limited
from eia.documents.plan_reading.columns import columns_of, could_be_headings
from eia.documents.plan_reading.document import Document
from eia.documents.plan_reading.layout import Cells, Piece, Role, Words
from eia.documents.plan_reading.places import with_places
from eia.documents.plan_reading.read import read_pieces
from eia.documents.plan_reading.readers import pieces_of, words_of
from eia.documents.plan_reading.tables import NOTHING_SAID, Meanings
from eia.documents.plan_reading.text import plan_text
from eia.domain.plan import LeftOver, Passage, PlanRead
from eia.domain.target_date import Period

IN_CHILD = "eia.documents.laying_out.in_child:lay_out"
_NEVER_TEXT = (b"PK", b"%PDF-", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff")
_BEFORE_WORDS = b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"


def read_file(content: bytes, *, period: Period | None = None, meanings: Meanings = NOTHING_SAID) -> PlanRead:
    """The plan in a file of any kind that we read. Raises `Invalid` with the key `file` for any other."""
    return read_document(document_of(content), period=period, meanings=meanings)


def read_document(
    document: Document, *, period: Period | None = None, meanings: Meanings = NOTHING_SAID
) -> PlanRead:
    """The plan in a document, with every line of it and what was left over."""
    found = with_places(read_pieces(document.pieces, period=period, meanings=meanings), document.places)
    return replace(
        found,
        problems=(*found.problems, *document.problems),
        lines=document.lines,
        left_over=(*found.left_over, *document.left_over),
    )


def document_of(content: bytes) -> Document:
    """The file laid out, in a limited child unless it is plain text. Raises `Invalid` with the key `file`."""
    laid = run_limited(IN_CHILD, content) if _may_be_more_than_text(content) else None
    if laid is None:
        return Document(pieces=pieces_of(plan_text(content)))
    return laid_document(cast(LaidJson, laid))


def _may_be_more_than_text(content: bytes) -> bool:
    """Text begins with a word; whatever else begins with a mark is looked at where it can do no harm."""
    return content.startswith(_NEVER_TEXT) or content[:4_000].lstrip(_BEFORE_WORDS)[:1] == b"<"


def laid_document(laid: LaidJson) -> Document:
    """What a child laid out, as pieces."""
    return Document(
        pieces=tuple(_pieces(laid["blocks"])),
        places={block["line"]: block["place"] for block in laid["blocks"] if block["place"]},
        problems=tuple(laid["problems"]),
        left_over=tuple(
            LeftOver(
                passage=Passage(first_line=each["line"], last_line=each["line"]),
                text=f"{each['text']} ({each['place']})" if each["place"] else each["text"],
            )
            for each in laid["left_over"]
        ),
    )


def _pieces(blocks: list[Block]) -> Iterator[Piece]:
    width = 0  # of the table before
    for block in blocks:
        if block["role"] != "row":
            yield _words(block)
            continue
        cells = _cells(block, width)
        width = len(cells.cells)
        yield cells


def _words(block: Block) -> Words:
    words = words_of(block["line"], block["cells"][0][0])
    if block["role"] == "heading":
        return replace(words, role=Role.HEADING)
    if block["role"] == "item":
        return Words(line=block["line"], text=block["cells"][0][0], role=Role.ITEM)
    if block["role"] == "numbered" and words.role is Role.HEADING and "." not in words.number:
        return replace(words, role=Role.ITEM, number="")
    return words


def _cells(block: Block, width: int) -> Cells:
    """A table's first row holds its headings, unless the table only goes on with the one before."""
    texts = tuple("\n".join(map(_escaped, lines)) for lines in block["cells"])
    is_other = not block["is_whole"] and len(texts) != width and could_be_headings(texts)
    begins = block["is_first"] and (is_other or columns_of(texts) is not None)
    return Cells(
        line=block["line"],
        cells=texts,
        is_header=block["is_header"] or begins,
        is_whole=block["is_whole"],
        is_below_break=block["is_below_break"],
        is_band=block["is_band"],
        merged=frozenset(block["merged"]),
    )


def _escaped(text: str) -> str:
    """Cells may hold tags, as text exports do: words that only look like one are marked as words."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
