"""Which paragraphs of a Word document are headings or items of a list, by their styles and numbering."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from eia.documents.laying_out.docx_numbering import value

_HEADING = re.compile(r"(?:heading \d|title|subtitle)\b", re.IGNORECASE)
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


def read_styles(root: ET.Element | None) -> dict[str, Style]:
    """The styles of a document by their ids."""
    return {} if root is None else {each.get("styleId", ""): _style(each) for each in root.iter("style")}


def kind_of(paragraph: ET.Element, styles: Mapping[str, Style]) -> Kind:
    """A paragraph's own properties win over its style, and that over the style it is based on."""
    properties = paragraph.find("pPr")
    chain = _chain(value(properties, "pStyle"), styles)
    number_id, depth = _numbered(properties)
    for style in chain:
        if not number_id and style.number_id:
            number_id, depth = style.number_id, style.depth
    outlined = value(properties, "outlineLvl")
    is_heading = outlined.isdecimal() and outlined != "9"
    is_heading = is_heading or any(_HEADING.match(each.name) or each.is_outlined for each in chain)
    return Kind(is_heading=is_heading, number_id=number_id.removeprefix("0"), depth=depth)


def _style(element: ET.Element) -> Style:
    properties = element.find("pPr")
    number_id, depth = _numbered(properties)
    outlined = value(properties, "outlineLvl")
    return Style(
        name=value(element, "name"),
        based_on=value(element, "basedOn"),
        number_id=number_id,
        depth=depth,
        is_outlined=outlined.isdecimal() and outlined != "9",
    )


def _numbered(properties: ET.Element | None) -> tuple[str, int]:
    numbered = None if properties is None else properties.find("numPr")
    depth = value(numbered, "ilvl")
    return value(numbered, "numId"), int(depth) if depth.isdecimal() and len(depth) == 1 else 0


def _chain(style_id: str, styles: Mapping[str, Style]) -> list[Style]:
    chain: list[Style] = []
    while style_id in styles and len(chain) < _DEEPEST:
        chain.append(styles[style_id])
        style_id = styles[style_id].based_on
    return chain
