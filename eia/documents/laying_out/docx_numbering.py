"""The labels that Word prints before paragraphs and that do not stand in their text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from eia.documents.laying_out.numerals import numeral

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, kw_only=True)
class Level:
    """How one level of a list counts."""

    style: str
    pattern: str
    start: int = 1


Levels = Mapping[int, Level]


@dataclass(kw_only=True)
class Numbering:
    """Counts the lists of a document in its order."""

    lists: Mapping[str, tuple[str, Levels]]  # by number id: what they count together with, and their levels
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number_id: str, depth: int) -> str | None:
        """What is printed before the next paragraph of a list: None for a bullet, or for no list."""
        family, levels = self.lists.get(number_id, ("", {}))
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counts.setdefault(family, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.style == "bullet":
            return None
        return _PLACE.sub(lambda place: _count(counts, levels, int(place[1]) - 1), level.pattern).strip()


def _count(counts: Mapping[int, int], levels: Levels, depth: int) -> str:
    level = levels.get(depth)
    return numeral(counts.get(depth, level.start), level.style) if level else ""


def read_numbering(root: ET.Element | None) -> Numbering:
    """The lists that a document defines."""
    if root is None:
        return Numbering(lists={})
    families = {each.get("abstractNumId", ""): _levels(each) for each in root.iter("abstractNum")}
    lists: dict[str, tuple[str, Levels]] = {}
    for each in root.iter("num"):
        number_id, family = each.get("numId", ""), value(each, "abstractNumId")
        changed = {int(o.get("ilvl", "0")): o for o in each.iter("lvlOverride") if _is_count(o.get("ilvl"))}
        levels = dict(families.get(family, {}))
        for depth, override in changed.items():
            levels = {**levels, **_overridden(levels, depth, override)}
        lists[number_id] = (number_id if changed else family, levels)
    return Numbering(lists=lists)


def _levels(root: ET.Element) -> dict[int, Level]:
    return {
        int(each.get("ilvl", "0")): Level(
            style=value(each, "numFmt") or "decimal",
            pattern=value(each, "lvlText"),
            start=_number(value(each, "start"), 1),
        )
        for each in root.iter("lvl")
        if _is_count(each.get("ilvl"))
    }


def _overridden(levels: Levels, depth: int, override: ET.Element) -> Levels:
    own = _levels(override)
    level = own.get(depth) or levels.get(depth)
    if level is None:
        return {}
    start = _number(value(override, "startOverride"), level.start)
    return {depth: Level(style=level.style, pattern=level.pattern, start=start)}


def value(parent: ET.Element | None, name: str) -> str:
    """The `val` of a child by its name, empty where there is none."""
    child = None if parent is None else parent.find(name)
    return "" if child is None else child.get("val", "")


def _is_count(text: str | None) -> bool:
    return text is None or (text.isdecimal() and len(text) < 3)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise
