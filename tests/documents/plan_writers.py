"""The same plan as a file of every kind: what a council would have saved, made by hand from its pieces."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import docx
import typst

from eia.documents.laying_out import in_child
from eia.documents.plan_reading import Document, plan_text, read_document
from eia.documents.plan_reading.cells import Block, Cell, read_cell
from eia.documents.plan_reading.columns import columns_of
from eia.documents.plan_reading.files import laid_document
from eia.documents.plan_reading.layout import Piece, Role, Words, as_words
from eia.documents.plan_reading.readers import pieces_of
from eia.documents.plan_reading.tables import headings_of
from eia.domain.plan import PlanRead
from tests.documents.office_files import Sheet, ods, xlsx


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
    rows = ""
    for place, row in enumerate(table.rows):
        tag = "th" if place == 0 and table.has_head else "td"
        rows += f"<tr>{''.join(_html_cell(cell, tag) for cell in row)}</tr>"
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
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


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


def read_here(content: bytes) -> PlanRead:
    """As `read_file`, but in this process: a child has only seconds, and a machine may be busy."""
    laid = in_child.lay_out(content)
    if laid is None:
        return read_document(Document(pieces=pieces_of(plan_text(content))))
    return read_document(laid_document(laid))


WRITERS: dict[str, Callable[[Sequence[Part]], bytes]] = {
    "docx": as_docx,
    "xlsx": as_xlsx,
    "ods": as_ods,
    "csv": as_csv,
    "html": as_html,
    "markdown": as_markdown,
    "pdf": as_pdf,
}
