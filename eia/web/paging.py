"""Where a page of a list begins, as an address carries it."""

from __future__ import annotations

from datetime import date
from uuid import UUID


def date_and_id(text: str) -> tuple[date, UUID] | None:
    """The place that `2026-03-27~<id>` names; what cannot be read names none."""
    day, _, key = text.partition("~")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        return None
