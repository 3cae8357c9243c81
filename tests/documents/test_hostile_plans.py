"""Files made to stop whoever reads them: each is refused in a sentence, by limits and not by luck."""

import zipfile
from io import BytesIO

import pytest
import typst

from eia.documents.laying_out import docx as word
from eia.documents.laying_out import html_page, ods, pdf, xlsx
from eia.documents.laying_out.laid import MOST_BLOCKS, MOST_CELLS, Laid
from eia.documents.plan_reading import read_file
from eia.domain.errors import Invalid
from tests.documents.office_files import Sheet, docx, zipped
from tests.documents.office_files import ods as make_ods
from tests.documents.office_files import xlsx as make_xlsx


def far_away() -> bytes:
    """Two cells at the corners of a sheet, which a reader that fills the rest pays for."""
    with zipfile.ZipFile(BytesIO(make_xlsx([Sheet(rows=[["x", "y"]])]))) as package:
        parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert isinstance(sheet, bytes)
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", far)
    return zipped(parts)


def entities() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = docx("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>")
    with zipfile.ZipFile(BytesIO(body)) as package:
        parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    document = parts["word/document.xml"]
    assert isinstance(document, bytes)
    parts["word/document.xml"] = f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]>'.encode() + document
    return zipped(parts)


def repeated() -> bytes:
    cell = "<table:table-cell table:number-columns-repeated='16384'><text:p>x</text:p></table:table-cell>"
    row = f"<table:table-row table:number-rows-repeated='1048576'>{cell}</table:table-row>"
    return make_ods(f"<table:table table:name='x'>{row}</table:table>")


def deep() -> bytes:
    return docx("<w:ins>" * 50_000 + "<w:p/>" + "</w:ins>" * 50_000)


def deep_runs() -> bytes:
    return docx("<w:p>" + "<w:smartTag>" * 20_000 + "</w:smartTag>" * 20_000 + "</w:p>")


def nested_tables() -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * 3_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3_000)


def many_rows() -> bytes:
    return docx(
        "<w:tbl>" + "<w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>" * 30_000 + "</w:tbl>"
    )


def many_pages() -> bytes:
    return typst.compile(b"#for n in range(100) { page[x] }", format="pdf")


REFUSED = {
    "a sheet with cells far apart": far_away,
    "entities within entities": entities,
    "a cell repeated without end": repeated,
    "rows without end": many_rows,
    "pages without end": many_pages,
    "a zip that is no document": lambda: zipped({"a.txt": "x"}),
    "a document cut short": lambda: docx("<w:p/>")[:-200],
    "a PDF that is none": lambda: b"%PDF-1.7\n" + b"x" * 1_000 + b"\nstartxref\n9\n%%EOF",
    "an old Word file": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1_000,
    "a page of tags that never close": lambda: b"<html>" + b"<table><tr><td>" * 600_000,
    "more than ten megabytes": lambda: b"PK" + b"\x00" * 10_000_001,
}


@pytest.mark.parametrize("made", REFUSED.values(), ids=REFUSED)
def test_a_hostile_file_is_refused_in_a_sentence(made: object) -> None:
    with pytest.raises(Invalid) as refused:
        read_file(made())  # type: ignore[operator]

    sentence = refused.value.problems["file"]
    assert sentence[:1].isupper() and 20 < len(sentence) < 120


@pytest.mark.parametrize("made", [deep, deep_runs, nested_tables])
def test_a_deep_document_is_read_or_refused_and_never_stops_us(made: object) -> None:
    try:
        read = read_file(made())  # type: ignore[operator]
    except Invalid as refused:
        print(refused.problems["file"])
    else:
        assert read.actions == ()


def test_what_is_laid_out_is_bounded() -> None:
    laid = Laid()
    laid.row([["x"]] * (MOST_CELLS + 5))
    for _ in range(MOST_BLOCKS - 1):
        laid.words("x")

    assert len(laid.blocks[0]["cells"]) == MOST_CELLS
    with pytest.raises(Invalid):
        laid.words("x")


@pytest.mark.parametrize("reader", [word, xlsx, ods, pdf], ids=["docx", "xlsx", "ods", "pdf"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.4"])
def test_every_reader_refuses_what_it_cannot_open(reader: object, content: bytes) -> None:
    with pytest.raises(Invalid):
        reader.lay_out(content)  # type: ignore[attr-defined]


def test_no_page_breaks_the_reader_of_pages() -> None:
    for text in (
        "",
        "<",
        "</td></tr></table>",
        "<table><tr><td rowspan=99999 colspan=99999>x<tr><td>y",
        "<!--",
        "<li><ol><li>x",
    ):
        html_page.lay_out(text)
