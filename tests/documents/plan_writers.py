"""The same plan as a file of every kind: what a council would have saved, made by hand from its pieces."""

from __future__ import annotations

import csv
import html
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import docx
import typst

from eia.documents.plan_reading.cells import Block, Cell, read_cell
from eia.documents.plan_reading.columns import columns_of
from eia.documents.plan_reading.layout import Piece, Role, Words, as_words
from eia.documents.plan_reading.tables import headings_of


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of cells; the first row may hold the headings."""

    rows: tuple[tuple[Cell, ...], ...]
    has_head: bool


Part = Words | Table


def parts_of(pieces: Iterable[Piece]) -> list[Part]:
    """Words and whole tables; every row of headings begins a table."""
    parts: list[Part] = []
    for piece in pieces:
        if isinstance(piece, Words):
            parts.append(piece)
            continue
        row = tuple(read_cell(cell) for cell in piece.cells)
        is_head = columns_of(headings_of(piece)) is not None or piece.is_header
        before = parts[-1] if parts else None
        if isinstance(before, Table) and not is_head:
            parts[-1] = Table(rows=(*before.rows, row), has_head=before.has_head)
        else:
            parts.append(Table(rows=(row,), has_head=is_head))
    return parts


def line_of(block: Block) -> str:
    return f"- {block.text}" if block.is_item else block.text


def as_docx(parts: Sequence[Part]) -> bytes:
    """Headings, lists and tables by Word's own styles."""
    document = docx.Document()
    styles = {Role.HEADING: "Heading 2", Role.ITEM: "List Bullet", Role.PARAGRAPH: "Normal"}
    for part in parts:
        if isinstance(part, Words):
            document.add_paragraph(as_words(part), style=styles[part.role])
        else:
            _docx_table(document, part)
            document.add_paragraph()
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _docx_table(document: docx.document.Document, table: Table) -> None:
    made = document.add_table(rows=0, cols=max(map(len, table.rows)))
    made.style = "Table Grid"
    for row in table.rows:
        for cell, blocks in zip(made.add_row().cells, row, strict=False):
            for place, block in enumerate(blocks):
                paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
                paragraph.text = block.text
                paragraph.style = "List Bullet" if block.is_item else "Normal"


def as_html(parts: Sequence[Part]) -> bytes:
    """A page as a council's web team would write it."""
    body = "".join(_html_words(part) if isinstance(part, Words) else _html_table(part) for part in parts)
    return f"<!doctype html><html><head><title>x</title></head><body>{body}</body></html>".encode()


def _html_words(words: Words) -> str:
    tag = {Role.HEADING: "h2", Role.ITEM: "li", Role.PARAGRAPH: "p"}[words.role]
    written = f"<{tag}>{html.escape(as_words(words))}</{tag}>"
    return f"<ul>{written}</ul>" if tag == "li" else written


def _html_table(table: Table) -> str:
    rows = "".join(
        f"<tr>{''.join(_html_cell(cell, 'th' if place == 0 and table.has_head else 'td') for cell in row)}</tr>"
        for place, row in enumerate(table.rows)
    )
    return f"<table>{rows}</table>"


def _html_cell(cell: Cell, tag: str) -> str:
    blocks = (
        f"<ul><li>{html.escape(block.text)}</li></ul>"
        if block.is_item
        else f"<p>{html.escape(block.text)}</p>"
        for block in cell
    )
    return f"<{tag}>{''.join(blocks)}</{tag}>"


def as_markdown(parts: Sequence[Part]) -> bytes:
    """Tables of bars, with tags where a cell has paragraphs."""
    return "\n\n".join(_markdown(part) for part in parts).encode()


def _markdown(part: Part) -> str:
    if isinstance(part, Words):
        return {Role.HEADING: "## ", Role.ITEM: "- ", Role.PARAGRAPH: ""}[part.role] + as_words(part)
    rows = [f"| {' | '.join(_markdown_cell(cell) for cell in row)} |" for row in part.rows]
    rule = f"|{'---|' * len(part.rows[0])}"
    return "\n".join([rows[0], rule, *rows[1:]] if part.has_head else rows)


def _markdown_cell(cell: Cell) -> str:
    if len(cell) == 1 and not cell[0].is_item:
        return html.escape(cell[0].text, quote=False).replace("|", "\\|")
    return _html_cell(cell, "div").replace("|", "\\|")


def sheet_rows(parts: Sequence[Part]) -> Iterator[list[str]]:
    for part in parts:
        if isinstance(part, Words):
            yield [f"- {part.text}" if part.role is Role.ITEM else as_words(part)]
        else:
            for row in part.rows:
                yield ["\n".join(map(line_of, cell)) for cell in row]


def as_csv(parts: Sequence[Part]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(sheet_rows(parts))
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(parts: Sequence[Part]) -> bytes:
    return xlsx([Sheet(rows=list(sheet_rows(parts)))])


def as_ods(parts: Sequence[Part]) -> bytes:
    return ods(f'<table:table table:name="Plan">{"".join(map(_ods_row, sheet_rows(parts)))}</table:table>')


def _ods_row(row: Sequence[str]) -> str:
    cells = (
        f'<table:table-cell office:value-type="string">{"".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split(chr(10)))}'
        "</table:table-cell>"
        if cell
        else "<table:table-cell/>"
        for cell in row
    )
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


_TYPST = b"""
#let parts = json(bytes(sys.inputs.parts))
#set page(width: 42cm, height: 29.7cm, margin: 1.5cm)
#set text(font: "Libertinus Serif", size: 10pt, lang: "en")
#set document(title: "Plan")
#let blocks(cell) = {
  for it in cell { if it.item { list(it.text) } else { par(it.text) } }
}
#for part in parts {
  if part.kind == "heading" { heading(level: 2, part.text) }
  else if part.kind == "item" { list(part.text) }
  else if part.kind == "paragraph" { par(part.text) }
  else {
    let head = if part.head { part.rows.first() } else { none }
    let rows = if part.head { part.rows.slice(1) } else { part.rows }
    table(
      columns: part.columns,
      ..if head != none { (table.header(..head.map(cell => strong(blocks(cell)))),) },
      ..rows.flatten().map(it => blocks(it.cell)),
    )
  }
}
"""


def as_pdf(parts: Sequence[Part]) -> bytes:
    """Ruled tables that break over pages, as an office program prints them."""
    told = json.dumps([_typst_part(part) for part in parts])
    return typst.compile(_TYPST, format="pdf", sys_inputs={"parts": told})


def _typst_part(part: Part) -> dict[str, object]:
    if isinstance(part, Words):
        return {"kind": part.role.value, "text": as_words(part)}
    width = max(map(len, part.rows))
    rows = [[{"cell": _typst_cell(cell)} for cell in (*row, *[()] * (width - len(row)))] for row in part.rows]
    if part.has_head:
        rows[0] = [each["cell"] for each in rows[0]]  # type: ignore[misc]
    return {"kind": "table", "columns": width, "head": part.has_head, "rows": rows}


def _typst_cell(cell: Cell) -> list[dict[str, object]]:
    return [{"text": block.text, "item": block.is_item} for block in cell]


WRITERS: dict[str, Callable[[Sequence[Part]], bytes]] = {
    "docx": as_docx,
    "xlsx": as_xlsx,
    "ods": as_ods,
    "csv": as_csv,
    "html": as_html,
    "markdown": as_markdown,
    "pdf": as_pdf,
}


@dataclass(kw_only=True)
class Sheet:
    """A sheet of text cells; `cells` are written as they are, by reference."""

    rows: list[list[str]]
    name: str = "Plan"
    state: str = "visible"
    merged: Sequence[str] = ()
    hidden_rows: Sequence[int] = ()  # from 1
    raw: dict[str, str] | None = None  # by reference, the cell's XML without its `r`
    columns: str = ""


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx(sheets: Sequence[Sheet], styles: str = "") -> bytes:
    """The least that Excel takes for a workbook."""
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    listed = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{n}" state="{sheet.state}" r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, start=1)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument'
        f'.spreadsheetml.sheet.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}'
        f'<Relationship Id="styles" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>',
    }
    for n, sheet in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{n}.xml"] = _sheet_xml(sheet)
    return zipped(parts)


def _sheet_xml(sheet: Sheet) -> str:
    rows = "".join(_xlsx_row(sheet, number, row) for number, row in enumerate(sheet.rows, start=1))
    merged = "".join(f'<mergeCell ref="{each}"/>' for each in sheet.merged)
    merges = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    return f'<worksheet xmlns="{_MAIN}">{sheet.columns}<sheetData>{rows}</sheetData>{merges}</worksheet>'


def _xlsx_row(sheet: Sheet, number: int, row: Sequence[str]) -> str:
    hidden = ' hidden="1"' if number in sheet.hidden_rows else ""
    cells = ""
    for column, text in enumerate(row):
        reference = f"{chr(ord('A') + column)}{number}"
        raw = (sheet.raw or {}).get(reference)
        if raw:
            cells += raw.replace("<c", f'<c r="{reference}"', 1)
        elif text:
            cells += (
                f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
            )
    return f'<row r="{number}"{hidden}>{cells}</row>'


_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def ods(tables: str, styles: str = "") -> bytes:
    """The least that LibreOffice takes for a spreadsheet."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{_ODF}:manifest:1.0"><m:file-entry '
            f'm:full-path="/" m:media-type="{kind}"/></m:manifest>',
            "content.xml": f'<office:document-content xmlns:office="{_ODF}:office:1.0" '
            f'xmlns:table="{_ODF}:table:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:style="{_ODF}:style:1.0">'
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
            f"{tables}</office:spreadsheet></office:body></office:document-content>",
        }
    )


def zipped(parts: dict[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return written.getvalue()
