"""A record of twenty pages as PDF, against the time in which Typst draws the same words with no layout.

`python -m tests.bench.bench_record [ROUNDS]` prints medians of one run. Target: at most 0.3 s. The floor is
a bare document of the same texts in the same font, by the same compiler and to the same standard.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import median

import page as pdf_check
import typst

from eia.documents.record.docx import as_docx
from eia.documents.record.layout import lay_out
from eia.documents.record.paper import Facts, Heading, Notice, Paper, Prose, Table
from eia.documents.record.pdf import FONTS, as_pdf
from eia.domain.record import Grid, Record
from tests.documents.record_examples import IMPACT, LIBRARY, PARTS, WORDS

PAGES = 20
BARE = b"""
#let texts = json(bytes(sys.inputs.texts))
#set document(title: "Floor")
#set text(font: "Source Sans Pro", size: 10.5pt, lang: "en")
#for it in texts { par(it) }
"""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Medians in seconds; `first` is what the first paper after a start costs."""

    pages: int
    first: float
    floor: float
    pdf: float
    word: float

    @property
    def ratio(self) -> float:
        return self.pdf / self.floor


def twenty_pages() -> Record:
    """The library's record, its texts told at length until it fills the pages."""
    times = 4
    while True:
        record = told_at_length(times)
        if (
            pdf_check.validate_pdf_bytes(as_pdf(lay_out(record, WORDS)), profile="ua1").document.page_count
            >= PAGES
        ):
            return record
        times += 1


def told_at_length(times: int) -> Record:
    rows = tuple(replace(row, cells=tuple(longer(text, times) for text in row.cells)) for row in IMPACT.rows)
    parts = tuple(
        replace(
            part, items=tuple(replace(item, rows=rows) if item is IMPACT else item for item in part.items)
        )
        for part in PARTS
    )
    return replace(LIBRARY, parts=parts, sources=LIBRARY.sources * times, promises=LIBRARY.promises * times)


def longer(text: str, times: int) -> str:
    return "\n\n".join([text] * times) if len(text) > 20 else text


def texts(paper: Paper) -> list[str]:
    found: list[str] = []
    for block in paper.blocks:
        match block:
            case Heading() | Notice():
                found.append(block.text)
            case Prose():
                found += [block.label, *block.text.split("\n\n")]
            case Facts():
                found += [text for row in block.rows for text in row]
            case Table():
                found += block.header
                found += [line.text for row in block.rows for cell in row for line in cell]
    return [text for text in found if text]


def measure(rounds: int) -> Measured:
    started = time.perf_counter()
    as_pdf(lay_out(LIBRARY, WORDS))
    first = time.perf_counter() - started
    record = twenty_pages()
    compiler = typst.Compiler(font_paths=[FONTS], ignore_system_fonts=True)
    times: dict[str, list[float]] = {"floor": [], "pdf": [], "word": []}
    pages = 0
    for place in range(rounds):  # a title of its own each time: the compiler keeps what it has drawn before
        paper = lay_out(anew(record, place), WORDS)
        bare = {"texts": json.dumps(texts(paper))}
        times["floor"].append(
            seconds(
                lambda bare=bare: compiler.compile(
                    BARE, format="pdf", sys_inputs=bare, pdf_standards=["ua-1"]
                )
            )
        )
        times["pdf"].append(seconds(lambda paper=paper: as_pdf(paper)))
        times["word"].append(seconds(lambda paper=paper: as_docx(paper)))
        pages = pdf_check.validate_pdf_bytes(as_pdf(paper), profile="ua1").document.page_count
    return Measured(pages=pages, first=first, **{name: median(taken) for name, taken in times.items()})


def anew(record: Record, place: int) -> Record:
    """The record with another number in every text of its impact, so that nothing drawn before fits."""
    parts = tuple(
        replace(
            part,
            items=tuple(
                replace(
                    item,
                    rows=tuple(
                        replace(
                            row,
                            cells=tuple(
                                f"{place} {text}".replace("\n\n", f"\n\n{place} ") for text in row.cells
                            ),
                        )
                        for row in item.rows
                    ),
                )
                if isinstance(item, Grid)
                else item
                for item in part.items
            ),
        )
        for part in record.parts
    )
    return replace(record, title=f"{record.title} {place}", parts=parts)


def seconds(draw: Callable[[], object]) -> float:
    started = time.perf_counter()
    draw()
    return time.perf_counter() - started


if __name__ == "__main__":
    found = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
    print(
        f"{found.pages} pages: PDF {found.pdf * 1000:.0f} ms, bare {found.floor * 1000:.0f} ms: "
        f"{found.ratio:.2f} times; Word {found.word * 1000:.0f} ms; the first paper after a start "
        f"{found.first * 1000:.0f} ms"
    )
