"""A paper as an accessible PDF (PDF/UA-1), drawn by Typst from data; nothing is fetched from anywhere."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from threading import Lock

import font_source_sans_pro
import typst

from eia.documents.record.paper import Paper

_TEMPLATE = Path(__file__).with_name("record.typ")
FONTS = Path(font_source_sans_pro.__file__).with_name("files")
_drawing = Lock()  # one compiler keeps its fonts and layouts between papers, and draws one at a time


def as_pdf(paper: Paper) -> bytes:
    """The paper as PDF/UA-1.

    A character that none of our fonts has would break that promise, and leaving it out would break another:
    then the fonts of the machine are asked too, and at last the words go before the standard.
    """
    data = {"paper": json.dumps(asdict(paper), ensure_ascii=False)}
    with _drawing:
        try:
            return _draw(_compiler(), data, ["ua-1"])
        except typst.TypstError:
            pass
        try:
            return _draw(_with_the_machines_fonts(), data, ["ua-1"])
        except typst.TypstError:
            return _draw(_with_the_machines_fonts(), data, [])


def _draw(compiler: typst.Compiler, data: dict[str, str], standards: list[typst.PDFStandard]) -> bytes:
    drawn = compiler.compile(format="pdf", sys_inputs=data, pdf_standards=standards)
    assert isinstance(drawn, bytes)
    return drawn


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=[FONTS], ignore_system_fonts=True)


@cache
def _with_the_machines_fonts() -> typst.Compiler:
    return typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=[FONTS])
