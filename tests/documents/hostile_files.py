"""Files made to break whoever opens them, and honest ones beside them."""

import struct
import zipfile
import zlib
from io import BytesIO

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    into = BytesIO()
    with zipfile.ZipFile(into, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return into.getvalue()


def content_types(media_type: str, part: str) -> str:
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    return (
        f'<?xml version="1.0"?><Types xmlns="{types}">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{part}" ContentType="{media_type}.main+xml"/></Types>'
    )


def relations(*relations: str) -> str:
    return f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}">{"".join(relations)}</Relationships>'


def relation(kind: str, target: str, mode: str = "Internal") -> str:
    return f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def docx(body: str = "<w:p/>", *, before: str = "", extra: dict[str, str | bytes] | None = None) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": content_types(WORD, "word/document.xml"),
            "_rels/.rels": relations(relation("officeDocument", "word/document.xml")),
            "word/document.xml": f"{before}<w:document {W}><w:body>{body}</w:body></w:document>",
            **(extra or {}),
        }
    )


def xlsx(rows: str = "", *, dimension: str = "A1", extra: dict[str, str | bytes] | None = None) -> bytes:
    sheet = f'<worksheet {S}><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
    sheets = '<sheets><sheet name="Plan" sheetId="1" r:id="rworksheet"/></sheets>'
    return zipped(
        {
            "[Content_Types].xml": content_types(EXCEL, "xl/workbook.xml"),
            "_rels/.rels": relations(relation("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook {S} xmlns:r="{OFFICE}">{sheets}</workbook>',
            "xl/_rels/workbook.xml.rels": relations(relation("worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": sheet,
            **(extra or {}),
        }
    )


def ods(extra: dict[str, str | bytes] | None = None) -> bytes:
    return zipped({"mimetype": SPREADSHEET, "content.xml": "<document/>", **(extra or {})})


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def huge_dimension() -> bytes:
    """Two cells at opposite corners of the largest sheet there is: one and a half kilobytes."""
    first = f'<row r="1">{cell("A1", "x")}</row>'
    last = f'<row r="1048576">{cell("XFD1048576", "x")}</row>'
    return xlsx(first + last, dimension="A1:XFD1048576")


def billion_laughs() -> bytes:
    return docx(before=f"<!DOCTYPE lolz [{laughs()}]>", body="<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>")


def laughs() -> str:
    levels = (f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    return '<!ENTITY l0 "lol">' + "".join(levels)


def quadratic_blowup() -> bytes:
    long = "".join(f"{number:x}" for number in range(20_000))
    return docx(before=f'<!DOCTYPE bomb [<!ENTITY a "{long}">]>', body=f"<w:p>{'&a;' * 20_000}</w:p>")


def in_utf_16(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-16"?>{text}'.encode("utf-16")


def nested_elements(depth: int = 200_000) -> bytes:
    # Of different names, or it would be refused for packing too well.
    opened = "".join(f"<w:a{i}>" for i in range(depth))
    closed = "".join(f"</w:a{i}>" for i in reversed(range(depth)))
    return docx(opened + closed)


def zip_of_zips(depth: int = 3) -> bytes:
    inner = docx()
    for _ in range(depth):
        inner = docx(extra={"word/embeddings/inner.docx": inner})
    return inner


def with_lying_sizes() -> bytes:
    """A part of 30 MB that says it has ten bytes, here and in the list of parts."""
    content = bytes(30_000_000)
    honest = docx(extra={"word/media/image1.emf": content})
    return honest.replace(struct.pack("<I", len(content)), struct.pack("<I", 10))


def with_a_password() -> bytes:
    data = bytearray(docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 0x1
            at = data.find(signature, at + 4)
    return bytes(data)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 1, height: int = 1) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


def jpeg(width: int = 1, height: int = 1) -> bytes:
    frame = b"\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    app = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00"
    return b"\xff\xd8" + app + b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + scan + b"\xff\xd9"


def pdf() -> bytes:
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
