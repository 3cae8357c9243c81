"""A table cell as paragraphs and list items, whatever markup it was flattened from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

_TAG = re.compile(r"<\s*(/?)\s*([a-zA-Z]+)[^<>]*>")
_BULLET = re.compile(r"(?:^|\s)[-•·‣▪–](?=\s)")
_INLINE_TAGS = frozenset(
    {"a", "b", "code", "del", "em", "font", "i", "ins", "s", "small", "span", "strong", "sub", "sup", "u"}
)
_BLOCK_TAGS = frozenset({"p", "ul", "ol", "li", "br", "div"})


@dataclass(frozen=True, kw_only=True)
class Block:
    """A paragraph, or an item of a list, on one line."""

    text: str
    is_item: bool = False


Cell = tuple[Block, ...]


def read_cell(raw: str) -> Cell:
    """Paragraphs and items in order; an unclosed list ends at the next paragraph."""
    blocks: list[Block] = []
    in_list = False
    position = 0
    for tag in _TAG.finditer(raw):
        if tag[2].lower() not in _BLOCK_TAGS:
            continue
        blocks.extend(_blocks(raw[position : tag.start()], in_list=in_list))
        position = tag.end()
        in_list = _in_list_after(tag[2].lower(), is_closing=bool(tag[1]), in_list=in_list)
    blocks.extend(_blocks(raw[position:], in_list=in_list))
    return tuple(blocks)


def _in_list_after(tag: str, *, is_closing: bool, in_list: bool) -> bool:
    if tag in ("ul", "ol"):
        return not is_closing
    if tag in ("p", "div"):
        return False
    return True if tag == "li" and not is_closing else in_list


def _blocks(raw: str, *, in_list: bool) -> list[Block]:
    """A newline parts paragraphs as a tag does: cells of a spreadsheet have nothing else."""
    texts = [text for text in map(plain, raw.split("\n")) if text]
    if not in_list:
        return [block for text in texts for block in _paragraph(text)]
    items = [item.strip() for text in texts for item in _BULLET.split(text)]
    return [Block(text=item, is_item=True) for item in items if item]


def _paragraph(text: str) -> list[Block]:
    """`Review these: - one - two` is a list that lost its markup; a dash elsewhere is only a dash."""
    introduction, colon, rest = text.partition(":")
    if text.startswith(("- ", "• ", "· ")):
        introduction, rest = "", text
    elif not colon or not _BULLET.match(rest.strip()):
        return [Block(text=text)]
    items = [item.strip() for item in _BULLET.split(rest) if item.strip()]
    start = [Block(text=f"{introduction}:")] if introduction else []
    return [*start, *(Block(text=item, is_item=True) for item in items)]


def plain(raw: str) -> str:
    """All words on one line, without tags and with `&amp;` and the like written out."""
    if "<" not in raw and "&" not in raw:
        return " ".join(raw.split())
    without_tags = _TAG.sub(lambda tag: " " if _is_tag(tag[2]) else tag[0], raw)
    return re.sub(r"\s+", " ", html.unescape(without_tags)).strip()


def _is_tag(name: str) -> bool:
    """`<insert name>` is what a person wrote."""
    return name.lower() in _BLOCK_TAGS or name.lower() in _INLINE_TAGS


def joined(cell: Iterable[Block]) -> str:
    """All of it on one line."""
    return " ".join(block.text for block in cell)


def lined(cell: Iterable[Block]) -> str:
    """One block a line, items with a dash."""
    return "\n".join(f"- {block.text}" if block.is_item else block.text for block in cell)


def continued(before: Cell, after: Cell) -> Cell:
    """Two halves of a cell that a page break cut: the sentence goes on."""
    if not before or not after:
        return before or after
    if before[-1].is_item != after[0].is_item:
        return (*before, *after)
    bridge = Block(text=f"{before[-1].text} {after[0].text}", is_item=before[-1].is_item)
    return (*before[:-1], bridge, *after[1:])
