"""A paper as a Word file with real headings, header rows that repeat, and a description of every table."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.table import _Row as WordRow
from docx.text.paragraph import Paragraph

from eia.documents.record.paper import Block, Cell, Chart, Facts, Heading, Notice, Paper, Prose, Table

_LOCALES = {"en": "en-GB", "cy": "cy-GB"}
LONGEST_PROPERTY = 255
_UNPRINTABLE = {code: None for code in range(32) if chr(code) not in "\t\n\r"}
_BRAND, _RED, _QUIET = (RGBColor.from_string(colour) for colour in ("1D5F5A", "B3271E", "505A5F"))


def as_docx(paper: Paper) -> bytes:
    """The paper as an Office Open XML file."""
    document = Document()
    _set_up(document, paper)
    document.add_paragraph(f"{paper.body} · {paper.about}", style="Subtitle")
    document.add_heading(_plain(paper.title), level=1)
    for block in paper.blocks:
        _draw(document, block, paper)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _plain(text: str) -> str:
    """The text without control characters, which XML cannot hold and pasted text sometimes does."""
    return text.translate(_UNPRINTABLE)


def _set_up(document: WordDocument, paper: Paper) -> None:
    properties = document.core_properties
    properties.title = _plain(f"{paper.title}, {paper.running}")[:LONGEST_PROPERTY]
    properties.author = _plain(paper.body)[:LONGEST_PROPERTY]
    properties.language, properties.comments = _LOCALES.get(paper.language, paper.language), ""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.7 if paper.is_brief else 2.2)
    section.top_margin = section.bottom_margin = Cm(1.5 if paper.is_brief else 2)
    _set_styles(document, paper)
    _footer(section.footer.paragraphs[0], paper)


def _set_styles(document: WordDocument, paper: Paper) -> None:
    styles: Any = document.styles
    size = 9.5 if paper.is_brief else 11
    styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(size)
    styles["Normal"].paragraph_format.space_after = Pt(3 if paper.is_brief else 6)
    _set_language(styles["Normal"].element.get_or_add_rPr(), paper.language)
    for level, points in ((1, 18), (2, 13), (3, 11.5), (4, 11)):
        heading = styles[f"Heading {level}"]
        heading.font.size, heading.font.color.rgb = Pt(points), _BRAND
    subtitle = styles["Subtitle"].font
    subtitle.size, subtitle.italic, subtitle.color.rgb = Pt(size), False, _QUIET
    notice = styles.add_style("Notice", WD_STYLE_TYPE.PARAGRAPH)
    notice.base_style = styles["Normal"]
    notice.font.bold, notice.font.color.rgb = True, _RED


def _set_language(properties: Any, language: str) -> None:
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), _LOCALES.get(language, language))
    properties.append(tag)


def _footer(paragraph: Paragraph, paper: Paper) -> None:
    paragraph.add_run(f"{paper.running} · ")
    before, _, rest = paper.page_of.partition("%(page)s")
    between, _, after = rest.partition("%(pages)s")
    paragraph.add_run(before)
    _field(paragraph, "PAGE")
    paragraph.add_run(between)
    _field(paragraph, "NUMPAGES")
    paragraph.add_run(after)


def _field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)


def _draw(document: WordDocument, block: Block, paper: Paper) -> None:
    match block:
        case Heading():
            document.add_heading(_plain(block.text), level=block.level)
        case Facts():
            for label, text in block.rows:
                _write(document.add_paragraph(), label, text, between=": ")
        case Notice():
            document.add_paragraph(block.text, style="Notice")
        case Table():
            _table(document, block)
        case Chart():
            pass  # Word gets the table beside it, which says the same
        case Prose():
            _prose(document, block, between=". " if paper.is_brief else "\n")


def _prose(document: WordDocument, block: Prose, *, between: str) -> None:
    first, *rest = block.text.split("\n\n")
    _write(document.add_paragraph(), block.label, first, between=between)
    for text in rest:
        document.add_paragraph(_plain(text.strip()))


def _write(paragraph: Paragraph, label: str, text: str, *, between: str) -> None:
    if label:
        paragraph.add_run(_plain(label)).bold = True
        paragraph.add_run(between if text else "")
    paragraph.add_run(_plain(text))


def _table(document: WordDocument, block: Table) -> None:
    table = document.add_table(rows=0, cols=len(block.header), style="Table Grid")
    _describe(table, block)
    header = table.add_row()
    _mark(header, "w:tblHeader")
    for place, text in enumerate(block.header):
        header.cells[place].paragraphs[0].add_run(text).bold = True
    for row in block.rows:
        _fill(table.add_row(), row, is_by_name=block.is_by_name)
    _set_widths(table, block.widths, document)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _describe(table: WordTable, block: Table) -> None:
    properties: Any = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:  # the header row is a header for screen readers too; the first column names each row
        look.set(qn("w:firstRow"), "1")
        look.set(qn("w:firstColumn"), "1")
    for tag, text in (("w:tblCaption", block.summary), ("w:tblDescription", "; ".join(block.header))):
        described = OxmlElement(tag)
        described.set(qn("w:val"), text)
        properties.append(described)


def _mark(row: WordRow, tag: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(tag))


def _fill(row: WordRow, cells: Iterable[Cell], *, is_by_name: bool) -> None:
    _mark(row, "w:cantSplit")
    for target, content in zip(row.cells, cells, strict=True):
        _write_cell(target, content)
    if is_by_name:
        for run in row.cells[0].paragraphs[0].runs:
            run.bold = True


def _write_cell(target: WordCell, content: Cell) -> None:
    paragraph = target.paragraphs[0]
    for place, line in enumerate(content):
        paragraph = paragraph if place == 0 else target.add_paragraph()
        _write(paragraph, line.label, line.text, between=": ")


def _set_widths(table: WordTable, widths: tuple[int, ...], document: WordDocument) -> None:
    section = document.sections[0]
    assert section.page_width and section.left_margin is not None and section.right_margin is not None
    room = section.page_width - section.left_margin - section.right_margin
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(room * width // sum(widths))
        for target in column.cells:
            target.width = column.width
