"""What stands on paper, block by block: the print page, the PDF and the Word file draw the same blocks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Line:
    """One paragraph, with a label before it where it has one."""

    text: str
    label: str = ""


Cell = tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading under the title, which is the only one of level 1."""

    text: str
    level: int = 2
    kind: str = "heading"


@dataclass(frozen=True, kw_only=True)
class Prose:
    """Text as somebody wrote it, with its own line ends, under a label where it has one."""

    text: str
    label: str = ""
    kind: str = "prose"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Short facts, each under its name."""

    rows: tuple[tuple[str, str], ...]
    kind: str = "facts"


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under a header row; the first cell of a row names it. `widths` are shares of the page's width.

    `is_by_name`: the first cell is a short name, and stands out.
    """

    summary: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    is_by_name: bool = False
    kind: str = "table"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What nobody may overlook."""

    text: str
    kind: str = "notice"


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar, `percent` of its full length (None: nothing to count); `text` says it in words."""

    label: str
    percent: int | None
    text: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Bars from 0 to 100 per cent; a table with the same numbers stands beside it."""

    title: str
    description: str
    bars: tuple[Bar, ...]
    kind: str = "chart"


Block = Heading | Prose | Facts | Table | Notice | Chart


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A whole document; `page_of` says "Page %(page)s of %(pages)s" in its language."""

    language: str
    body: str
    about: str
    title: str
    running: str
    page_of: str
    is_brief: bool
    blocks: tuple[Block, ...]


def cell(text: str) -> Cell:
    """A cell with one text."""
    return (Line(text=text),) if text else ()
