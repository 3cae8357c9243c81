"""What a file is shows in its bytes, and what would harm whoever opens it is refused."""

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from eia.documents.file_kind import EMPTY, OLD_OFFICE, TWO_AT_ONCE, UNKNOWN, kind_of
from eia.documents.limited_child import run_limited
from eia.documents.office_package import DOCUMENT_TYPE, ELSEWHERE, LOCKED, MACROS, NOT_OFFICE
from eia.documents.refusals import DAMAGED, TOO_LONG, TOO_MUCH
from eia.domain.errors import Invalid
from eia.domain.file_kind import FileKind
from tests.documents import hostile_files as files

CHART = {"word/embeddings/Microsoft_Excel_Sheet.xlsx": files.xlsx()}
LINK = {"word/_rels/document.xml.rels": files.relations(files.relation("hyperlink", "https://a", "External"))}

HONEST = {
    "a PDF": (files.pdf(), FileKind.PDF),
    "Word": (files.docx(), FileKind.DOCX),
    "Word with a chart and its figures": (files.docx(extra=CHART), FileKind.DOCX),
    "Word with a link to follow": (files.docx(extra=LINK), FileKind.DOCX),
    "Excel": (files.xlsx(), FileKind.XLSX),
    "OpenDocument": (files.ods(), FileKind.ODS),
    "a PNG": (files.png(), FileKind.PNG),
    "a JPEG": (files.jpeg(), FileKind.JPEG),
    "a JPEG with what a camera leaves behind it": (files.jpeg() + bytes(500), FileKind.JPEG),
    "CSV": (b"Action,Lead\r\nTranslate the letter,AB\r\n", FileKind.TEXT),
    "text that begins with PK": (b"PK is how we write the parks service", FileKind.TEXT),
    "text as old Windows programs write it": ("Größe \x96 £5".encode("cp1252", "replace"), FileKind.TEXT),
    "text in UTF-16": ("Action\tLead\n".encode("utf-16"), FileKind.TEXT),
    "text that mentions a tag": (b"Write <b> for bold, and <html> never.", FileKind.TEXT),
    "a page": (b"<!doctype html><title>Plan</title>", FileKind.HTML),
    "a page that begins with a comment": (b"\n<!-- saved -->\n<HTML><body>", FileKind.HTML),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_what_it_is(name: str) -> None:
    data, kind = HONEST[name]
    assert run_limited("eia.documents.file_kind:kind_found", data) == kind


def test_what_word_itself_would_write_is_taken() -> None:
    written = BytesIO()
    document = Document()
    document.add_table(3, 3)
    document.add_picture(BytesIO(files.png()))
    document.save(written)
    assert kind_of(written.getvalue()) is FileKind.DOCX


def rels(kind: str) -> bytes:
    part = files.relations(files.relation(kind, "https://elsewhere.example.org/x", "External"))
    return files.docx(extra={"word/_rels/document.xml.rels": part})


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a zip bomb": (lambda: files.docx("<w:p/>" * 2_000_000), TOO_MUCH),
    "a zip bomb under a hundred to one": (
        lambda: files.docx(extra={"noise": bytes(range(256)) * 2_000 + bytes(60_000_000)}),
        TOO_MUCH,
    ),
    "a thousand and one parts": (lambda: files.docx(extra={f"{n}.x": b"" for n in range(1_000)}), TOO_MUCH),
    "zips within zips": (files.zip_of_zips, TOO_MUCH),
    "a bomb within": (
        lambda: files.docx(extra={"word/embeddings/a.docx": files.docx("<w:p/>" * 2_000_000)}),
        TOO_MUCH,
    ),
    "sizes that lie": (files.with_lying_sizes, DAMAGED),
    "a billion laughs": (files.billion_laughs, DOCUMENT_TYPE),
    "quadratic growth": (files.quadratic_blowup, DOCUMENT_TYPE),
    "a document type in UTF-16": (
        lambda: files.docx(
            extra={"word/x.bin": files.in_utf_16(f"<!DOCTYPE a [{files.laughs()}]><a>&l9;</a>")}
        ),
        DOCUMENT_TYPE,
    ),
    "a document type in the list of types": (
        lambda: files.zipped({"[Content_Types].xml": f"<!DOCTYPE a [{files.laughs()}]><a>&l9;</a>"}),
        DAMAGED,
    ),
    "macros": (lambda: files.docx(extra={"word/vbaProject.bin": b"x"}), MACROS),
    "macros by their type": (
        lambda: files.zipped(
            {"[Content_Types].xml": files.content_types("application/vnd.ms-word.document.macroEnabled", "w")}
        ),
        MACROS,
    ),
    "macros of OpenDocument": (lambda: files.ods({"Basic/Standard/Module1.xml": "<x/>"}), MACROS),
    "a picture from elsewhere": (lambda: rels("image"), ELSEWHERE),
    "a template from elsewhere": (lambda: rels("attachedTemplate"), ELSEWHERE),
    "a password": (files.with_a_password, LOCKED),
    "a password of OpenDocument": (
        lambda: files.ods({"META-INF/manifest.xml": "<m><f><encryption-data/></f></m>"}),
        LOCKED,
    ),
    "a path out of the folder": (lambda: files.docx(extra={"word/../../x.xml": "<x/>"}), DAMAGED),
    "an absolute path": (lambda: files.docx(extra={"/etc/passwd": "x"}), DAMAGED),
    "a path of Windows": (lambda: files.docx(extra={"C:\\x": "x"}), DAMAGED),
    "one name twice": (lambda: files.docx(extra={"word/DOCUMENT.xml": "<x/>"}), DAMAGED),
    "a zip of anything": (lambda: files.zipped({"plan.txt": "x"}), NOT_OFFICE),
    "an empty zip": (lambda: files.zipped({}), NOT_OFFICE),
    "Word and Excel at once": (
        lambda: files.zipped(
            {"[Content_Types].xml": files.content_types(files.WORD, "a"), "mimetype": files.SPREADSHEET}
        ),
        NOT_OFFICE,
    ),
    "a PDF that is a zip too": (lambda: files.pdf() + files.docx(), TWO_AT_ONCE),
    "a picture that is a zip too": (lambda: files.jpeg() + files.docx(), TWO_AT_ONCE),
    "a page that is a zip too": (lambda: b"<html>" + files.docx(), TWO_AT_ONCE),
    "a PDF behind some text": (lambda: b"Dear all\n" + files.pdf(), UNKNOWN),
    "a picture with a page behind it": (lambda: files.png() + b"<script>alert(1)</script>", DAMAGED),
    "a picture larger than any screen": (lambda: files.png(100_000, 100_000), TOO_MUCH),
    "a photo larger than any screen": (lambda: files.jpeg(60_000, 60_000), TOO_MUCH),
    "a photo of no size": (lambda: b"\xff\xd8\xff" + bytes(100), DAMAGED),
    "half a PDF": (lambda: files.pdf()[:40], DAMAGED),
    "half a Word file": (lambda: files.docx()[:300], DAMAGED),
    "half a PNG": (lambda: files.png()[:-14], DAMAGED),
    "half a JPEG": (lambda: files.jpeg()[:-2], DAMAGED),
    "an old Word file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), OLD_OFFICE),
    "a program": (lambda: b"MZ\x90\x00\x03" + bytes(100), UNKNOWN),
    "a drawing that may hold a script": (lambda: b'<svg onload="x()"/>', UNKNOWN),
    "XML": (lambda: b'<?xml version="1.0"?><a/>', UNKNOWN),
    "rich text, which may hold anything": (lambda: b"{\\rtf1\\ansi hello}", UNKNOWN),
    "half of UTF-16": (lambda: b"\xff\xfea\x00\x00\xd8", UNKNOWN),
    "nothing": (lambda: b"", EMPTY),
    "only blanks": (lambda: b" \n", EMPTY),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_what_to_do(name: str) -> None:
    make, sentence = HOSTILE[name]
    with pytest.raises(Invalid) as refused:
        run_limited("eia.documents.file_kind:kind_found", make())
    assert refused.value.problems == {"file": sentence}


@pytest.mark.parametrize("make", [files.nested_elements, files.huge_dimension])
def test_a_file_that_only_a_reader_would_stumble_over_is_small_and_passes(make: Callable[[], bytes]) -> None:
    """These keep every rule of the package: the limits of the child stop whoever reads them."""
    assert kind_of(make()) in (FileKind.DOCX, FileKind.XLSX)


def test_deep_nesting_stops_a_reader_of_word_files_and_not_us() -> None:
    with pytest.raises(Invalid) as refused:
        run_limited("tests.documents.word_reader:paragraphs", files.nested_elements())
    assert refused.value.problems["file"] in (DAMAGED, TOO_MUCH, TOO_LONG)


@pytest.mark.parametrize("size", [1, 4, 30, 90])
@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "png", "jpeg"])
def test_no_beginning_of_a_file_is_taken_for_the_whole(kind: str, size: int) -> None:
    whole = getattr(files, kind)()
    with pytest.raises(Invalid):
        kind_of(whole[: len(whole) * size // 101].ljust(5, b"\0"))


@given(
    name=st.sampled_from(["pdf", "docx", "xlsx", "ods", "png", "jpeg"]),
    changes=st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), max_size=8),
)
def test_a_file_with_a_few_bytes_changed_is_known_or_refused(
    name: str, changes: list[tuple[int, int]]
) -> None:
    data = bytearray(getattr(files, name)())
    for at, byte in changes:
        data[at % len(data)] = byte
    with suppress(Invalid):
        assert kind_of(bytes(data)) in FileKind


@given(st.binary(max_size=300))
def test_any_bytes_are_known_or_refused(data: bytes) -> None:
    with suppress(Invalid):
        assert kind_of(data) in FileKind
