"""Words on a page as lines, and lines as paragraphs: a PDF knows only where each word stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

_BULLET = re.compile(r"[•·‣▪●○◦\uf0b7\u2043-]\s+|[–*]\s+")
_SAME_LINE = 0.5  # of a word's height
_TIGHTEST, _LOOSEST, _USUAL = 1.0, 1.45, 1.32
"""Distances between the lines of one paragraph, in sizes of its type."""

_WIDER = 1.18
"""How much farther apart two paragraphs stand than two lines of one."""


@dataclass(frozen=True, kw_only=True)
class PageLine:
    """The words of one line, from left to right."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    is_bold: bool
    first_word: float  # its width


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Lines that belong together."""

    text: str
    top: float
    bottom: float
    size: float
    is_bold: bool
    is_item: bool


def lines_of(words: Iterable[dict[str, Any]]) -> list[PageLine]:
    """Words whose middles are level are one line."""
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda each: (_middle(each), each["x0"])):
        level = lines[-1] if lines else None
        if level and abs(_middle(word) - _middle(level[0])) < _SAME_LINE * (word["bottom"] - word["top"]):
            level.append(word)
        else:
            lines.append([word])
    return [_line(sorted(line, key=lambda each: float(each["x0"]))) for line in lines]


def _middle(word: dict[str, Any]) -> float:
    return float(word["top"] + word["bottom"]) / 2


def _line(words: Sequence[dict[str, Any]]) -> PageLine:
    return PageLine(
        text=" ".join(str(word["text"]) for word in words),
        left=float(words[0]["x0"]),
        right=max(float(word["x1"]) for word in words),
        top=min(float(word["top"]) for word in words),
        bottom=max(float(word["bottom"]) for word in words),
        size=float(median(word["size"] for word in words)),
        is_bold=all("bold" in str(word["fontname"]).lower() for word in words),
        first_word=float(words[0]["x1"] - words[0]["x0"]),
    )


def pitch_of(columns: Iterable[Sequence[PageLine]]) -> float:
    """How far apart the lines of one paragraph stand on a page, in sizes of its type."""
    steps = sorted(
        (after.bottom - before.bottom) / after.size
        for lines in columns
        for before, after in pairwise(lines)
        if after.size and abs(after.size - before.size) < 0.5
    )
    likely = [step for step in steps if _TIGHTEST <= step <= _LOOSEST]
    return likely[len(likely) // 10] if likely else _USUAL


def paragraphs_of(lines: Sequence[PageLine], *, right: float, pitch: float) -> list[Paragraph]:
    """Lines up to `right` as paragraphs: they end at a gap, a bullet, or where a word more had room."""
    runs: list[list[PageLine]] = []
    for line in lines:
        if runs and not _begins(runs[-1], line, right=right, pitch=pitch):
            runs[-1].append(line)
        else:
            runs.append([line])
    return [_paragraph(run) for run in runs]


def _begins(run: Sequence[PageLine], line: PageLine, *, right: float, pitch: float) -> bool:
    before = run[-1]
    is_outside = bool(_BULLET.match(run[0].text)) and line.left < run[0].left + 0.3 * line.size
    is_apart = (line.bottom - before.bottom) / max(line.size, 1) > pitch * _WIDER
    is_other = abs(line.size - before.size) > 0.5 or line.is_bold != before.is_bold
    had_room = before.right + 0.3 * line.size + line.first_word < right - 0.6 * line.size
    return is_apart or is_other or is_outside or had_room or bool(_BULLET.match(line.text))


def _paragraph(run: Sequence[PageLine]) -> Paragraph:
    text = run[0].text
    for line in run[1:]:
        is_hyphened = re.search(r"[^\W\d]-$", text) and line.text[:1].islower()
        is_hyphened = is_hyphened or (re.search(r"\d[-–/]$", text) and line.text[:1].isdecimal())
        text = f"{text}{line.text}" if is_hyphened else f"{text} {line.text}"
    bullet = _BULLET.match(text)
    return Paragraph(
        text=text[bullet.end() :] if bullet else text,
        top=run[0].top,
        bottom=run[-1].bottom,
        size=run[0].size,
        is_bold=all(line.is_bold for line in run),
        is_item=bullet is not None,
    )
