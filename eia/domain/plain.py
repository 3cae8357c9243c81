"""Frozen values as plain data, ready for a JSON column, and back by the types of their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

T = TypeVar("T")


def as_plain(value: object) -> Any:
    """Dictionaries, lists, text, numbers and null; days and instants as ISO text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: as_plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [as_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def from_plain(kind: type[T], data: object) -> T:
    """The value of this type that `as_plain` made `data` from; a field that is missing has its default."""
    return cast(T, _value(kind, data))


def _value(kind: Any, data: Any) -> Any:
    if data is None:
        return None
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _value(_chosen(get_args(kind), data), data)
    if origin in (tuple, frozenset):
        return origin(_value(get_args(kind)[0], item) for item in data)
    if origin is not None and issubclass(origin, Mapping):
        key, item = get_args(kind)
        return {_value(key, name): _value(item, each) for name, each in data.items()}
    if is_dataclass(kind):
        return _dataclass(kind, data)
    if kind in (date, datetime):
        return kind.fromisoformat(data)
    return kind(data) if isinstance(kind, type) and issubclass(kind, (Enum, UUID, int)) else data


def _dataclass(kind: Any, data: Mapping[str, Any]) -> Any:
    return kind(**{name: _value(hint, data[name]) for name, hint in _hints(kind) if name in data})


def _chosen(kinds: tuple[Any, ...], data: Any) -> Any:
    """Of several dataclasses the one that has all these fields; otherwise what is not None."""
    real = [each for each in kinds if each is not NoneType]
    if len(real) == 1:
        return real[0]
    return next(each for each in real if {name for name, _ in _hints(each)} == set(data))


@cache
def _hints(kind: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((each.name, hints[each.name]) for each in fields(kind))
