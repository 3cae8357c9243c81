"""Which groups a row is about, where they are kept as a list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, cast


def is_about(characteristics: ColumnElement[Any], group: str) -> ColumnElement[bool]:
    """True of rows whose list has the group; the same words on both databases, and no list is unpacked."""
    return cast(characteristics, Text).contains(f'"{group}"', autoescape=True)
