"""Lists of texts, numbers, tables and words of a closed set, out of one TOML table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from eia.domain.forms.table import TableReader

E = TypeVar("E", bound=StrEnum)


def rows(table: TableReader, key: str) -> tuple[TableReader, ...]:
    """The tables of an array of tables, each called after its name or code, else after its place."""
    found = table.anything(key)
    if found is None:
        return ()
    if not isinstance(found, list) or not all(isinstance(row, Mapping) for row in found):
        raise table.refuse(key, "must be a list of tables")
    return tuple(
        TableReader(table.file, f"{key}.{row.get('name') or row.get('code') or place}", row)
        for place, row in enumerate(found, 1)
    )


def texts(table: TableReader, key: str) -> tuple[str, ...]:
    """A list of texts, or one text alone; nothing where the key is missing."""
    value = table.anything(key)
    found = [] if value is None else [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(item, str) and item.strip() for item in found):
        raise table.refuse(key, "must be a list of texts")
    return tuple(found)


def numbers(table: TableReader, key: str) -> tuple[int, ...]:
    """A list of whole numbers above 0."""
    found = table.anything(key) or []
    if not isinstance(found, list) or not all(type(item) is int and item > 0 for item in found):
        raise table.refuse(key, "must be a list of whole numbers above 0")
    return tuple(found)


def enums(table: TableReader, key: str, kind: type[E]) -> tuple[E, ...]:
    """Words of a closed set, as one text or a list."""
    known = set(kind)
    for word in texts(table, key):
        if word not in known:
            raise table.refuse(key, f"{word!r} is not one of {', '.join(kind)}")
    return tuple(kind(word) for word in texts(table, key))
