"""A paper as canonical JSON, and back: drawn again years later, it is the same paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from eia.documents.record.paper import (
    Bar,
    Block,
    Cell,
    Chart,
    Facts,
    Heading,
    Line,
    Notice,
    Paper,
    Prose,
    Table,
)

FORMAT = "eia-paper-1"


def as_text(paper: Paper) -> str:
    """The paper; the same paper gives the same text."""
    values = {"format": FORMAT, **asdict(paper)}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> Paper:
    """The paper that `as_text` wrote. Raises ValueError for any other format."""
    values = json.loads(text)
    if values.pop("format", None) != FORMAT:
        raise ValueError(f"not {FORMAT}")
    return Paper(**values | {"blocks": tuple(_READ[each["kind"]](each) for each in values["blocks"])})


def _facts(values: Mapping[str, Any]) -> Block:
    return Facts(rows=tuple((label, text) for label, text in values["rows"]))


def _table(values: Mapping[str, Any]) -> Block:
    return Table(
        summary=values["summary"],
        header=tuple(values["header"]),
        rows=tuple(tuple(_cell(cell) for cell in row) for row in values["rows"]),
        widths=tuple(values["widths"]),
        is_by_name=values["is_by_name"],
    )


def _cell(lines: list[dict[str, str]]) -> Cell:
    return tuple(Line(**line) for line in lines)


def _chart(values: Mapping[str, Any]) -> Block:
    bars = tuple(Bar(**bar) for bar in values["bars"])
    return Chart(title=values["title"], description=values["description"], bars=bars)


_READ: Mapping[str, Callable[[Mapping[str, Any]], Block]] = {
    "heading": lambda values: Heading(text=values["text"], level=values["level"]),
    "prose": lambda values: Prose(text=values["text"], label=values["label"]),
    "notice": lambda values: Notice(text=values["text"]),
    "facts": _facts,
    "table": _table,
    "chart": _chart,
}
