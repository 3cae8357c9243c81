"""The priorities and objectives that a printed heading names, one level after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass

BELOW = " – "
"""Parts a heading from the heading under it, as readings write them."""

_LABEL = re.compile(
    r"(?:(?:Priority|Theme|Aim|Goal|Area|Objective|Outcome)\s+[A-Z\d]+(?:\.\d+)*[.:]?|[A-Z][.)]|\d+(?:\.\d+)*\.?"
    r"|\([ivxl]+\)|[IVX]{1,4}[.)])(?=\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Heading:
    """One level of a heading: its printed label, if it has one, and its words."""

    label: str
    title: str


def levels_of(heading: str) -> tuple[Heading, ...]:
    """The levels of a heading, the widest first; none for no heading."""
    return tuple(_level(words.strip()) for words in heading.split(BELOW) if words.strip())


def _level(words: str) -> Heading:
    label = _LABEL.match(words)
    if label is None:
        return Heading(label="", title=words)
    return Heading(label=label[0], title=words[label.end() :].strip())
