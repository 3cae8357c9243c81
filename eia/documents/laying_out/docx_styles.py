"""Which paragraphs of a Word document are headings or items of a list, by their styles and numbering."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from eia.documents.laying_out.docx_numbering import value
from eia.documents.laying_out.package import scan_xml

_HEADING = re.compile(r"(?:heading \d|title|subtitle)\b", re.IGNORECASE)
_TELLING = frozenset({"w:name", "w:basedOn", "w:numId", "w:ilvl", "w:outlineLvl"})
_DEEPEST = 12  # styles based on styles; no template has more, and a circle has no end


@dataclass(frozen=True, kw_only=True)
class Style:
    """What a style says of its paragraphs."""

    name: str = ""
    based_on: str = ""
    number_id: str = ""
    depth: int = 0
    is_outlined: bool = False


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What a paragraph is: a heading or not, and the list that numbers it."""

    is_heading: bool
    number_id: str
    depth: int


def read_styles(content: bytes | None) -> dict[str, Style]:
    """The styles of a document by their ids, in one pass: templates hold hundreds that say nothing."""
    scan = _Scan()
    if content is not None:
        scan_xml(content, scan.start)
    return {each["styleId"]: _style(each) for each in scan.found}


class _Scan:
    def __init__(self) -> None:
        self.found: list[dict[str, str]] = []

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "w:style":
            self.found.append({"styleId": given.get("w:styleId", "")})
        elif name in _TELLING and self.found:
            self.found[-1].setdefault(name, given.get("w:val", ""))


def kind_of(paragraph: ET.Element, styles: Mapping[str, Style]) -> Kind:
    """A paragraph's own properties win over its style, and that over the style it is based on."""
    properties = paragraph.find("pPr")
    chain = _chain(value(properties, "pStyle"), styles)
    number_id, depth = _numbered(properties)
    for style in chain:
        if not number_id and style.number_id:
            number_id, depth = style.number_id, style.depth
    is_heading = _is_outlined(value(properties, "outlineLvl")) or any(
        _HEADING.match(each.name) or each.is_outlined for each in chain
    )
    return Kind(is_heading=is_heading, number_id=number_id.removeprefix("0"), depth=depth)


def _style(said: Mapping[str, str]) -> Style:
    return Style(
        name=said.get("w:name", ""),
        based_on=said.get("w:basedOn", ""),
        number_id=said.get("w:numId", ""),
        depth=_depth(said.get("w:ilvl", "")),
        is_outlined=_is_outlined(said.get("w:outlineLvl", "")),
    )


def _is_outlined(level: str) -> bool:
    """Level 9 is how Word says that a paragraph is no heading."""
    return level.isdecimal() and level != "9"


def _depth(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) == 1 else 0


def _numbered(properties: ET.Element | None) -> tuple[str, int]:
    numbered = None if properties is None else properties.find("numPr")
    return value(numbered, "numId"), _depth(value(numbered, "ilvl"))


def _chain(style_id: str, styles: Mapping[str, Style]) -> list[Style]:
    chain: list[Style] = []
    while style_id in styles and len(chain) < _DEEPEST:
        chain.append(styles[style_id])
        style_id = styles[style_id].based_on
    return chain
