"""Word documents laid out, read from their XML: python-docx leaves out what tracked changes inserted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from eia.documents.laying_out.docx_numbering import Numbering, read_numbering, value
from eia.documents.laying_out.docx_styles import Style, kind_of, read_styles
from eia.documents.laying_out.docx_words import DELETED, is_bold, is_on, words_of
from eia.documents.laying_out.laid import MOST_CELLS, Laid
from eia.documents.laying_out.package import Package
from eia.documents.refusals import DAMAGED
from eia.domain.errors import Invalid

DEEPEST = 10
"""Tables within tables; what lies deeper is not read, and that is said."""

_WRAPPERS = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"}
)
_BESIDE = {"header": "header", "footer": "footer", "comments": "comment"}
_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


def lay_out(content: bytes) -> Laid:
    """Paragraphs and rows with their numbering; notes last; headers, footers and comments beside them."""
    package = Package(content)
    main = package.main("word/document.xml")
    root = package.part(main)
    body = None if root is None else root.find("body")
    if body is None:
        raise Invalid({"file": DAMAGED})
    parts = {kind.rpartition("/")[2]: part for _, kind, part in package.targets(main)}
    reader = _Reader(
        laid=Laid(),
        styles=read_styles(package.content(parts.get("styles", ""))),
        numbering=read_numbering(package.part(parts.get("numbering", ""))),
    )
    reader.blocks(body)
    for _, kind, part in package.targets(main):
        reader.beside(package, kind.rpartition("/")[2], part)
    return reader.laid


@dataclass(kw_only=True)
class _Reader:
    laid: Laid
    styles: Mapping[str, Style]
    numbering: Numbering
    tables: int = 0

    def blocks(self, parent: ET.Element, place: str = "") -> None:
        """Everything that stands in `parent`, in order."""
        for child in _opened(parent):
            if child.tag == "p":
                self._paragraph(child, place)
            elif child.tag == "tbl":
                self._table(child)
            elif child.tag == "altChunk":
                self.laid.say("Another document is embedded in this one and was not read.")

    def beside(self, package: Package, kind: str, name: str) -> None:
        """Notes are read last of all; what stands on every page, and what people commented, is kept."""
        root = package.part(name) if kind in _NOTES or kind in _BESIDE else None
        for each in root if root is not None and kind in _NOTES else ():
            if each.get("type", "normal") == "normal":
                self.blocks(each, f"{_NOTES[kind]} {each.get('id', '')}")
        if root is not None and kind in _BESIDE:
            for paragraph in root.iter("p"):
                self.laid.leave(words_of(paragraph, Laid(), ""), _BESIDE[kind])

    def _paragraph(self, paragraph: ET.Element, place: str) -> None:
        text, role = self._written(paragraph, place)
        self.laid.words(text, role=role, place=place)
        for box in paragraph.iter("txbxContent"):
            if not _is_repeated(paragraph, box):
                self.blocks(box, "text box")

    def _written(self, paragraph: ET.Element, place: str) -> tuple[str, str]:
        """Its words with the label that Word prints, and its role."""
        text = words_of(paragraph, self.laid, place)
        kind = kind_of(paragraph, self.styles)
        label = self.numbering.label(kind.number_id, kind.depth) if kind.number_id else ""
        if not text.strip():
            return label or "", ""
        role = "heading" if kind.is_heading else ""
        if label is None:
            return text, role or "item"
        if label and not role and not is_bold(paragraph):
            role = "numbered"
        return f"{label} {text}" if label else text, role

    def _table(self, table: ET.Element) -> None:
        self.tables += 1
        number = self.tables
        rows = [each for each in _opened(table) if each.tag == "tr"]
        width = max(map(_width, rows), default=0)
        for place, row in enumerate(rows):
            self._row(row, f"table {number}, row {place + 1}", width=width, is_first=place == 0)

    def _row(self, row: ET.Element, place: str, *, width: int, is_first: bool) -> None:
        properties = row.find("trPr")
        if properties is not None and properties.find("del") is not None:
            self.laid.say(DELETED)
            self.laid.leave(" ".join(each.text or "" for each in row.iter("delText")), place)
            return
        cells: list[list[str]] = [[]] * min(_count(value(properties, "gridBefore")), MOST_CELLS)
        merged: list[int] = []
        for cell in _cells(row):
            if _goes_on(cell):
                merged.extend(range(len(cells), len(cells) + _span(cell)))
            cells += [self._cell(cell, place, 1), *[[]] * (_span(cell) - 1)]
        only = [place for place, cell in enumerate(cells) if cell]
        self.laid.row(
            cells,
            place=place,
            merged=merged,
            is_header=is_on(properties, "tblHeader"),
            is_first=is_first,
            is_band=width > 1 and only == [0] and _span(next(_cells(row))) == width,
        )

    def _cell(self, cell: ET.Element, place: str, depth: int) -> list[str]:
        lines: list[str] = []
        for child in _opened(cell):
            if child.tag == "p":
                text, role = self._written(child, place)
                is_item = role == "item" or role == "numbered"
                lines.append(f"- {text}" if is_item and text else text)
            elif child.tag == "tbl" and depth < DEEPEST:
                self.laid.say("A table inside a cell was read as lines of that cell.")
                rows = (row for row in _opened(child) if row.tag == "tr")
                inner = (each for row in rows for each in _cells(row))
                lines += [line for each in inner for line in self._cell(each, place, depth + 1)]
        return lines


def _opened(parent: ET.Element) -> Iterator[ET.Element]:
    """The children, those in content controls and insertions too."""
    waiting = list(parent)[::-1]
    while waiting:
        child = waiting.pop()
        if child.tag in _WRAPPERS:
            waiting.extend(list(child)[::-1])
        else:
            yield child


def _cells(row: ET.Element) -> Iterator[ET.Element]:
    return (each for each in _opened(row) if each.tag == "tc")


def _goes_on(cell: ET.Element) -> bool:
    """Whether a cell is merged with the one above it."""
    properties = cell.find("tcPr")
    merge = None if properties is None else properties.find("vMerge")
    return merge is not None and merge.get("val", "continue") == "continue"


def _span(cell: ET.Element) -> int:
    return max(1, min(_count(value(cell.find("tcPr"), "gridSpan")), MOST_CELLS))


def _width(row: ET.Element) -> int:
    return sum(map(_span, _cells(row)))


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else 0


def _is_repeated(paragraph: ET.Element, box: ET.Element) -> bool:
    """Word writes a text box twice, the second time for programs that do not know the first."""
    return any(box in fallback.iter("txbxContent") for fallback in paragraph.iter("Fallback"))
