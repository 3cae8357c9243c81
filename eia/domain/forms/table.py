"""Reads typed keys out of one parsed TOML table, and refuses what it does not know by file, table and key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from eia.domain.rulebook_error import RulebookError

E = TypeVar("E", bound=StrEnum)
V = TypeVar("V")


class TableReader:
    """A table of a file; `done` refuses keys that nobody asked for, so a misspelt one is never ignored."""

    def __init__(self, file: str, table: str, data: Mapping[str, object]) -> None:
        self.file = file
        self.table = table
        self._data = data
        self._read: set[str] = set()

    def refuse(self, key: str, problem: str) -> RulebookError:
        """The error for this key of this table."""
        return RulebookError(self.file, self.table, key, problem)

    def text(self, key: str) -> str:
        """Text that must be there and say something."""
        value = self._get(key, str)
        if value is None or not value.strip():
            raise self.refuse(key, "is missing or blank")
        return value.strip()

    def text_or(self, key: str, default: V) -> str | V:
        """Text, or the default when the key is not there."""
        value = self._get(key, str)
        return default if value is None else value.strip()

    def flag(self, key: str, *, default: bool) -> bool:
        """A true or false."""
        value = self._get(key, bool)
        return default if value is None else value

    def number(self, key: str) -> int | None:
        """A whole number above 0."""
        value = self._get(key, int)
        if value is not None and (isinstance(value, bool) or value < 1):
            raise self.refuse(key, "must be a whole number above 0")
        return value

    def day(self, key: str) -> date | None:
        """A local date, like 2010-10-01."""
        return self._get(key, date)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; none when the key is not there."""
        value = self._get(key, list) or []
        if not all(isinstance(item, str) and item for item in value):
            raise self.refuse(key, "must be a list of texts")
        return tuple(value)

    def choice(self, key: str, kinds: type[E], default: E | None = None) -> E:
        """One of a closed set of words."""
        value = self._get(key, str)
        if value is None and default is not None:
            return default
        if value not in set(kinds):
            raise self.refuse(key, f"must be one of {', '.join(kinds)}")
        return kinds(value)

    def tables(self, key: str) -> tuple[TableReader, ...]:
        """The tables of an array of tables, each named by its id, value or slug where it has one."""
        rows = self._get(key, list) or []
        if not all(isinstance(row, Mapping) for row in rows):
            raise self.refuse(key, "must be a list of tables")
        return tuple(
            TableReader(self.file, self._name(key, row, place), row) for place, row in enumerate(rows, 1)
        )

    def table_or_none(self, key: str) -> TableReader | None:
        """One table, if it is there."""
        row = self._get(key, dict)
        return None if row is None else TableReader(self.file, f"{self.table}.{key}".lstrip("."), row)

    def anything(self, key: str) -> object:
        """The value as it stands, or None."""
        return self._get(key, object)

    def done(self) -> None:
        """Refuse the first key that was never read."""
        for key in self._data:
            if key not in self._read:
                raise self.refuse(key, "is not a key that this table has")

    def _get(self, key: str, kind: type[V]) -> V | None:
        self._read.add(key)
        value = self._data.get(key)
        if value is not None and not isinstance(value, kind):
            raise self.refuse(key, f"must be {_NAMES[kind]}")
        return value

    def _name(self, key: str, row: Mapping[str, object], place: int) -> str:
        own = next((str(row[name]) for name in ("id", "value", "slug") if name in row), str(place))
        return ".".join(part for part in (self.table, key, own) if part)


_NAMES: dict[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    date: "a date",
    list: "a list",
    dict: "a table",
}
