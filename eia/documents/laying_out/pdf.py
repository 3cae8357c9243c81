"""PDF files laid out: ruled tables by their lines, everything else by where it stands on the page."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import pdfplumber
from pdfplumber.utils.exceptions import PdfminerException

from eia.documents.laying_out.laid import MOST_CELLS, Laid
from eia.documents.laying_out.pdf_lines import (
    PageLine,
    Paragraph,
    lines_of,
    paragraphs_of,
    pitch_of,
)
from eia.documents.refusals import DAMAGED, TOO_MUCH
from eia.domain.errors import Invalid

MOST_PAGES = 60
MOST_CHARACTERS = 20_000  # on a page; what is drawn a letter at a time has fewer
NO_WORDS = "There are no words in this PDF, only pictures of them. Choose the document it was made from"
LOCKED = "This file has a password. Save it without one, and choose it again"

_EDGE = 72.0  # points from top and bottom, where running titles and page numbers stand
_LONGEST_HEADING = 150

Box = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class _Row:
    """A row of a ruled table; `merged` cells reach down from the row above."""

    cells: list[list[str]]
    merged: list[int]
    top: float
    table: int
    place: int
    is_band: bool


@dataclass(frozen=True, kw_only=True)
class _Page:
    """What stands on a page in order, tables and paragraphs apart."""

    number: int
    height: float
    rows: Sequence[_Row]
    paragraphs: Sequence[Paragraph]


def lay_out(content: bytes) -> Laid:
    """Pages in order; running titles are kept beside them. Raises `Invalid` for pictures of pages."""
    laid = Laid()
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            if len(document.pages) > MOST_PAGES:
                raise Invalid({"file": TOO_MUCH})
            pages = [_read(page) for page in document.pages]
    except PdfminerException as broken:
        is_locked = any(type(each).__name__ == "PDFPasswordIncorrect" for each in broken.args)
        raise Invalid({"file": LOCKED if is_locked else DAMAGED}) from broken
    if not any(page.rows or page.paragraphs for page in pages):
        raise Invalid({"file": NO_WORDS})
    running = _running(pages)
    body = median([each.size for page in pages for each in page.paragraphs] or [0])
    width = 0  # of a table that stands last on the page before
    for page in pages:
        found = _in_order(laid, page, running)
        _lay_page(laid, page, found, body, width)
        last = found[-1] if found else None
        width = len(last.cells) if isinstance(last, _Row) else 0
    return laid


def _read(page: Any) -> _Page:
    if len(page.chars) > MOST_CHARACTERS:
        raise Invalid({"file": TOO_MUCH})
    words = page.extract_words(extra_attrs=["fontname", "size"], keep_blank_chars=False)
    tables = [table for table in page.find_tables() if len(table.rows) > 1 or len(table.cells) > 1]
    boxes: list[Box] = [table.bbox for table in tables]
    loose = [word for word in words if not any(_is_in(word, box) for box in boxes)]
    lines = lines_of(loose)
    cells = {
        box: lines_of(word for word in words if _is_in(word, box)) for table in tables for box in table.cells
    }
    pitch = pitch_of([lines, *cells.values()])
    rows = [row for number, table in enumerate(tables) for row in _rows(table, number, cells, pitch)]
    right = max((line.right for line in lines), default=0.0)
    read = _Page(
        number=page.page_number,
        height=float(page.height),
        rows=rows,
        paragraphs=[
            each for run in _between(lines, boxes) for each in paragraphs_of(run, right=right, pitch=pitch)
        ],
    )
    page.close()
    return read


def _between(lines: Sequence[PageLine], boxes: Sequence[Box]) -> Iterator[list[PageLine]]:
    """Lines above and below a table are never one paragraph."""
    run: list[PageLine] = []
    for line in lines:
        if run and any(run[-1].bottom <= box[1] + 1 and line.top >= box[3] - 1 for box in boxes):
            yield run
            run = []
        run.append(line)
    yield run


def _is_in(word: dict[str, Any], box: Box) -> bool:
    across, down = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _rows(table: Any, number: int, lines: Mapping[Box, Sequence[PageLine]], pitch: float) -> Iterator[_Row]:
    lefts = sorted({round(cell[0], 1) for cell in table.cells})[:MOST_CELLS]
    for place, row in enumerate(table.rows):
        cells: list[list[str]] = []
        merged: list[int] = []
        for column, box in enumerate(row.cells[:MOST_CELLS]):
            if box is not None:
                cells.append(_lines(box, lines[box], pitch))
                continue
            cells.append([])
            if column < len(lefts) and _reaches_down(table.cells, lefts[column], row.bbox):
                merged.append(column)
        is_band = len(row.cells) > 1 and row.cells[0] is not None and not merged
        is_band = is_band and row.cells[0][2] >= table.bbox[2] - 2 and bool(cells[0])
        yield _Row(
            cells=cells, merged=merged, top=float(row.bbox[1]), table=number, place=place, is_band=is_band
        )


def _reaches_down(cells: Sequence[Box], left: float, row: Box) -> bool:
    """Whether a cell that begins above a row covers the column there."""
    return any(
        box[0] - 1 <= left + 1 < box[2] and box[1] < row[1] - 1 and box[3] >= row[3] - 1 for box in cells
    )


def _lines(box: Box, lines: Sequence[PageLine], pitch: float) -> list[str]:
    if not lines:
        return []
    padding = max(0.0, min(line.left for line in lines) - box[0])
    found = paragraphs_of(lines, right=box[2] - min(padding, 12.0), pitch=pitch)
    return [f"- {each.text}" if each.is_item else each.text for each in found]


def _running(pages: Sequence[_Page]) -> frozenset[str]:
    """Words that stand at the top or bottom of several pages, but for their numbers."""
    if len(pages) < 2:
        return frozenset()
    seen = Counter(
        key for page in pages for key in {_key(each) for each in page.paragraphs if _at_edge(page, each)}
    )
    return frozenset(key for key, times in seen.items() if times > 1)


def _at_edge(page: _Page, paragraph: Paragraph) -> bool:
    return paragraph.bottom < _EDGE or paragraph.top > page.height - _EDGE


def _key(paragraph: Paragraph) -> str:
    return re.sub(r"\d+", "#", paragraph.text)


def _in_order(laid: Laid, page: _Page, running: frozenset[str]) -> list[_Row | Paragraph]:
    """From top to bottom, without what stands on every page."""
    if not page.rows and not page.paragraphs:
        laid.say(f"Page {page.number} holds no words, perhaps only a picture of them: it was not read.")
    titles = [each for each in page.paragraphs if _at_edge(page, each) and _key(each) in running]
    for each in titles:
        laid.leave(each.text, f"page {page.number}")
    found: list[_Row | Paragraph] = [*page.rows, *(each for each in page.paragraphs if each not in titles)]
    return sorted(found, key=lambda each: each.top)


def _lay_page(laid: Laid, page: _Page, found: Sequence[_Row | Paragraph], body: float, width: int) -> None:
    place = f"page {page.number}"
    for position, each in enumerate(found):
        if isinstance(each, Paragraph):
            laid.words(each.text, role=_role(each, body), place=place)
            continue
        goes_on = each.table == 0 and each.place == position and len(each.cells) == width
        laid.row(
            each.cells,
            place=place,
            merged=each.merged,
            is_first=each.place == 0,
            is_band=each.is_band,
            is_below_break=goes_on and each.place < 2,  # the headings may be repeated above it
        )


def _role(paragraph: Paragraph, body: float) -> str:
    if paragraph.is_item:
        return "item"
    is_large = paragraph.size > body * 1.08 or paragraph.is_bold
    return "heading" if is_large and len(paragraph.text) <= _LONGEST_HEADING else ""
