"""Text, Markdown and CSV as words and table rows; which of them it is shows in the content."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from eia.documents.plan_reading.columns import columns_of
from eia.documents.plan_reading.layout import Cells, Piece, Role, Words

MOST_CELLS = 40
"""In a line; what follows stays together as one cell, and is reported."""

LONGEST_HEADING = 150

_BULLET = re.compile(r"[-•·‣▪–*]\s+")
_ENUMERATED = re.compile(r"(?:\((?:[ivxl]+|[a-z]|\d{1,2})\)|\d{1,2}\)|[A-Z]\))\s")
_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?(?:\s+|$)")
_SEPARATOR = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
_PIPE = re.compile(r"(?<!\\)\|")
_NEWLINES = re.compile(r"\r\n|\r|\f")


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The pieces of a text in order; line numbers start at 1, blank lines are left out."""
    lines = _NEWLINES.sub("\n", text).split("\n")
    delimiter = _delimiter(lines)
    return tuple(_from_csv(lines, delimiter) if delimiter else _from_text(lines))


def words_of(line: int, text: str) -> Words:
    """A line of words as heading, item or paragraph, by its marks, its length and how it ends."""
    bullet = _BULLET.match(text)
    if bullet:
        return Words(line=line, text=text[bullet.end() :].strip(), role=Role.ITEM)
    plain = text.strip("*#_ ")
    if _ENUMERATED.match(plain):
        return Words(line=line, text=plain, role=Role.ITEM)
    number = _NUMBER.match(plain)
    rest = plain[number.end() :] if number else plain
    role = Role.HEADING if _could_be_heading(rest) else Role.PARAGRAPH
    return Words(line=line, text=rest, role=role, number=number["number"] if number else "")


def _could_be_heading(text: str) -> bool:
    return len(text) <= LONGEST_HEADING and text[:1].isupper() and not text.endswith(tuple(".;:,?!"))


def _from_text(lines: Sequence[str]) -> Iterator[Piece]:
    for number, line in enumerate(lines, start=1):
        if not line.strip() or _is_separator(line):
            continue
        if "\t" in line:
            yield Cells(line=number, cells=tuple(line.split("\t", MOST_CELLS)))
        elif line.lstrip().startswith("|"):
            below = lines[number] if number < len(lines) else ""
            yield Cells(line=number, cells=_between_pipes(line), is_header=_is_separator(below))
        else:
            yield words_of(number, line.strip())


def _is_separator(line: str) -> bool:
    return "|" in line and "-" in line and bool(_SEPARATOR.fullmatch(line))


def _between_pipes(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|")
    inner = inner.removesuffix("|") if not inner.endswith("\\|") else inner
    return tuple(cell.replace("\\|", "|").strip() for cell in _PIPE.split(inner, MOST_CELLS))


def _delimiter(lines: Sequence[str]) -> str | None:
    """The mark that parts a row of headings from cell to cell where neither tabs nor pipes do."""
    if any("\t" in line or line.lstrip().startswith("|") for line in lines):
        return None
    return next(
        (mark for mark in ",;" if any(_heads_rows(lines, place, mark) for place in _near(lines))),
        _quoted(lines),
    )


def _quoted(lines: Sequence[str]) -> str | None:
    """The mark of a sheet without a table: it quotes what holds the mark, and sets no space after it."""
    return next((mark for mark in ",;" if _is_quoted(lines, mark)), None)


def _is_quoted(lines: Sequence[str], mark: str) -> bool:
    if not any(line.startswith('"') and mark in line for line in lines):
        return False
    try:
        rows = csv.reader((f"{line}\n" for line in lines), delimiter=mark, strict=True)
        return not any(cell.startswith(" ") for row in rows for cell in row[1:])
    except csv.Error:
        return False


def _near(lines: Sequence[str]) -> range:
    return range(min(len(lines) - 1, 200))


def _heads_rows(lines: Sequence[str], place: int, mark: str) -> bool:
    if lines[place].count(mark) < 2 or len(lines[place]) > 1_000:
        return False
    headings = _row(lines[place], mark)
    return columns_of(headings) is not None and any(mark in line for line in lines[place + 1 : place + 20])


def _row(line: str, mark: str) -> list[str]:
    return next(csv.reader([line], delimiter=mark), [])


def _from_csv(lines: Sequence[str], delimiter: str) -> Iterator[Piece]:
    rows = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    line = 1
    try:
        for cells in rows:
            first, line = line, rows.line_num + 1
            written = [cell for cell in cells if cell.strip()]
            if len(written) == 1 and (cells[0].strip() or len(cells) == 1):
                yield words_of(first, written[0].strip())
            elif written:
                yield Cells(line=first, cells=_limited(cells), is_whole=True)
    except csv.Error:
        yield Words(line=line, text=" ".join(lines[line - 1 :])[:500], role=Role.PARAGRAPH)


def _limited(cells: Sequence[str]) -> tuple[str, ...]:
    if len(cells) <= MOST_CELLS:
        return tuple(cells)
    return (*cells[:MOST_CELLS], " ".join(cells[MOST_CELLS:]))
