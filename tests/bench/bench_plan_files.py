"""Plans of many rows read from Word and Excel, against what the bytes alone cost; and target dates a minute.

`python -m tests.bench.bench_plan_files [ROUNDS]` prints medians of one run. Floors: a Word file unzipped and
its texts collected by expat; an Excel file read by calamine to a list of lists; a date's words split. Laid
out is what runs in the limited child; read is the rest of the way to actions, in this process.
"""

from __future__ import annotations

import io
import re
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from xml.parsers import expat

import python_calamine

from eia.documents.laying_out import docx, xlsx
from eia.documents.plan_reading import read_document, read_file
from eia.documents.plan_reading.files import laid_document
from eia.documents.plan_reading.readers import pieces_of
from eia.domain.target_date import parse_target
from tests.documents.plan_writers import as_docx, as_xlsx, parts_of
from tests.domain.target_date_examples import WITHOUT_PERIOD

WORD_ROWS, EXCEL_ROWS = 60, 5_000
DATES = tuple(line.split("|")[0].strip() for line in WITHOUT_PERIOD.strip("\n").split("\n"))
_WORDS = re.compile(r"[\s,./–-]+")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Medians in seconds of CPU time, but `child` by the clock, with the start of a limited child."""

    floor: float
    laid: float
    read: float
    child: float

    @property
    def ratio(self) -> float:
        """How much dearer laying out is than the bytes alone."""
        return self.laid / self.floor


@dataclass(frozen=True, kw_only=True)
class Dates:
    """Target dates a minute on one core, and words merely split."""

    parsed: float
    split: float


def plan(rows: int) -> str:
    head = "Housing equality action plan 2010/11\n\nPriority\tAction\tBy when\tLead\tOutcome\n"
    return head + "\n".join(
        f"\tAction {n // 9 + 1}.{n % 9 + 1} Ask the people of ward {n} how they reach us.\t"
        f"{DATES[n % len(DATES)]}\tA Smith / B Jones\tWard {n} is heard."
        for n in range(rows)
    )


def measure_word(rounds: int) -> Measured:
    content = as_docx(parts_of(pieces_of(plan(WORD_ROWS))))
    return _measured(content, docx.lay_out, _expat, rounds)


def measure_excel(rounds: int) -> Measured:
    content = as_xlsx(parts_of(pieces_of(plan(EXCEL_ROWS))))
    return _measured(content, xlsx.lay_out, _calamine, rounds)


def _measured(content: bytes, lay_out: Callable, floor: Callable, rounds: int) -> Measured:  # type: ignore[type-arg]
    laid = lay_out(content).as_json()
    return Measured(
        floor=_seconds(lambda: floor(content), rounds),
        laid=_seconds(lambda: lay_out(content), rounds),
        read=_seconds(lambda: read_document(laid_document(laid)), max(rounds // 3, 1)),
        child=_seconds(lambda: read_file(content), max(rounds // 3, 1), clock=time.perf_counter),
    )


def _expat(content: bytes) -> None:
    """The texts of the document and nothing else: neither rows, nor styles, nor changes."""
    texts: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: texts.append("\n") if name == "w:p" else None
    parser.CharacterDataHandler = texts.append
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parser.Parse(package.read("word/document.xml"), True)


def _calamine(content: bytes) -> None:
    python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def measure_dates(rounds: int) -> Dates:
    parsed = _seconds(lambda: [parse_target(words) for words in DATES], rounds)
    split = _seconds(lambda: [_WORDS.split(words) for words in DATES], rounds)
    return Dates(parsed=len(DATES) / parsed * 60, split=len(DATES) / split * 60)


def _seconds(
    work: Callable[[], object], rounds: int, clock: Callable[[], float] = time.process_time
) -> float:
    times = []
    for _ in range(rounds):
        started = clock()
        work()
        times.append(clock() - started)
    return median(times)


if __name__ == "__main__":
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    for name, found in (
        (f"Word, {WORD_ROWS} rows", measure_word(rounds)),
        (f"Excel, {EXCEL_ROWS:,} rows", measure_excel(rounds)),
    ):
        print(
            f"{name}: floor {found.floor * 1000:.1f} ms, laid out {found.laid * 1000:.1f} ms "
            f"({found.ratio:.1f} times), read {found.read * 1000:.0f} ms, "
            f"through a child {found.child * 1000:.0f} ms by the clock"
        )
    dates = measure_dates(rounds)
    print(f"target dates: {dates.parsed:,.0f} a minute, {dates.split / dates.parsed:.0f} times a bare split")
