"""The words of a Word paragraph as they stand once every tracked change is accepted."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from eia.documents.laying_out.docx_numbering import value
from eia.documents.laying_out.laid import STRUCK, Laid

_SILENT = frozenset(
    {"pPr", "rPr", "instrText", "Fallback", "tblPr", "trPr", "tcPr", "txbxContent", "p", "tbl"}
)
_GONE = frozenset({"del", "moveFrom"})
_BREAKS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off"})

DELETED = (
    "The file holds tracked changes: text deleted there was left out and text inserted there was read, "
    "as if all of them were accepted."
)
HIDDEN = "Hidden text was left out."


def words_of(paragraph: ET.Element, laid: Laid, place: str) -> str:
    """What a reader sees; what was deleted, struck through or hidden is kept beside it."""
    return "".join(_texts(paragraph, laid, place))


def _texts(parent: ET.Element, laid: Laid, place: str) -> Iterator[str]:
    for child in parent:
        if child.tag == "t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag in _GONE:
            _leave_out(laid, child, DELETED, place)
        elif child.tag == "r" and (why := _left_out(child)):
            _leave_out(laid, child, why, place)
        elif child.tag not in _SILENT:
            yield from _texts(child, laid, place)


def _left_out(run: ET.Element) -> str:
    properties = run.find("rPr")
    if properties is None:
        return ""
    if is_on(properties, "strike") or is_on(properties, "dstrike"):
        return STRUCK
    return HIDDEN if is_on(properties, "vanish") else ""


def _leave_out(laid: Laid, element: ET.Element, why: str, place: str) -> None:
    text = "".join(each.text or "" for each in element.iter() if each.tag in ("t", "delText"))
    if text.strip():
        laid.say(why)
        laid.leave(text, place)


def is_on(properties: ET.Element | None, name: str) -> bool:
    """Whether a property is set, which it also is without a value."""
    child = None if properties is None else properties.find(name)
    return child is not None and value(properties, name).lower() not in _OFF


def is_bold(paragraph: ET.Element) -> bool:
    """Whether every word of a paragraph is bold."""
    runs = [run for run in paragraph.iter("r") if run.find("t") is not None]
    return bool(runs) and all(is_on(run.find("rPr"), "b") for run in runs)
