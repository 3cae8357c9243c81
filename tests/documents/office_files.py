"""Office files made by hand, with what no library of ours writes: merged, hidden, struck through, deleted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape


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


_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx(sheets: Sequence[Sheet], styles: str = "") -> bytes:
    """The least that Excel takes for a workbook."""
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>'
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
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets>'
        "</workbook>",
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


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, parts: dict[str, str] | None = None) -> bytes:
    """The least that Word takes for a document; other parts by their kind, as `numbering`."""
    parts = parts or {}
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in parts
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}'
            "</Relationships>",
            **{
                f"word/{kind}.xml": f'<w:{kind} xmlns:w="{_W}">{content}</w:{kind}>'
                for kind, content in parts.items()
            },
        }
    )
