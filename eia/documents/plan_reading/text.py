"""A file's bytes as the text of a plan, or a sentence saying why they are none."""

from __future__ import annotations

import re

from eia.domain.errors import Invalid

LARGEST = 2_000_000
"""Bytes; a plan of a thousand actions is a tenth of it."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def plan_text(content: bytes) -> str:
    """UTF-8, else Windows-1252 as old exports are.

    Raises `Invalid` with the key `file` for anything that is not text or is too large.
    """
    if len(content) > LARGEST:
        raise Invalid({"file": f"it is larger than {LARGEST // 1_000_000} MB, too large for a plan."})
    text = _decoded(content)
    if text is None or _CONTROL.search(text):
        raise Invalid({"file": "it is not text; save the plan as plain text first."})
    return text


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
