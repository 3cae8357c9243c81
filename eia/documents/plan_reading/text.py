"""A file's bytes as the text of a plan, or a sentence saying why they are none."""

from __future__ import annotations

import re

from eia.domain.errors import Invalid

LARGEST = 2_000_000
"""Bytes; a plan of a thousand actions is a tenth of it."""

TOO_LONG = f"A plan as plain text must be smaller than {LARGEST // 1_000_000} MB"
NO_TEXT = "This file is not text, nor of another kind that can be read. Save it as Word, Excel or plain text"

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def plan_text(content: bytes) -> str:
    """UTF-8, or UTF-16 where its first bytes say so, else Windows-1252 as old exports are.

    Raises `Invalid` with the key `file` for anything that is not text or is too large.
    """
    if len(content) > LARGEST:
        raise Invalid({"file": TOO_LONG})
    text = _decoded(content)
    if text is None or _CONTROL.search(text):
        raise Invalid({"file": NO_TEXT})
    return text


def _decoded(content: bytes) -> str | None:
    encodings = ("utf-16",) if content.startswith(_UTF_16) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
