"""Finds the words in a sentence that say when, to be read as a target date."""

from __future__ import annotations

import re

from eia.domain.target_date.phrases import find_phrases, normalise
from eia.domain.target_date.reading import Setting
from eia.domain.target_date.words import VAGUE

LONGEST = 2_000
"""Characters that are searched; what follows is kept by whoever keeps the sentence."""

_LEADS_IN = (
    r"(?:by|before|in|during|from|until|for|after|to|within|prior to|no later than)"
    r"(?: the)?(?: (?:end|start|beginning|close) of)?(?: the)?"
)
_CALENDAR = re.compile(r"[a-z]{3}|\d{4}|\d+[./]\d+[./]\d+", re.IGNORECASE)  # `4.2` is a paragraph, no date

_VERBS = frozenset({"march", "may"})


def times_said(text: str) -> tuple[str, ...]:
    """Every time named after a word such as `by` or `in`, in order; else the vague ones.

    `the Equality Act 2010` names no time, and neither does `see 4.2`.
    """
    plain = normalise(text[:LONGEST])
    dated = [_with_lead_in(plain, phrase.raw) for phrase in find_phrases(plain, Setting())[1]]
    found = tuple(dict.fromkeys(words for words in dated if words))
    return found or tuple(
        match[0] for match in re.finditer(rf"\b(?:{VAGUE.pattern})\b", plain, re.IGNORECASE)
    )


def _with_lead_in(plain: str, raw: str) -> str:
    if not _CALENDAR.search(raw) or raw in _VERBS:
        return ""
    match = re.search(rf"\b{_LEADS_IN} {re.escape(raw)}", plain, re.IGNORECASE)
    return match[0] if match else ""
