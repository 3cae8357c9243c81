"""What the address of a list carries: where its page begins, and to which group it is narrowed."""

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


def group_in(text: str) -> str:
    """The group's id; "" for what cannot be one."""
    return text if text.isascii() and text.isidentifier() else ""
