"""A sentence for a person that a door can say in their language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class Sentence(str):
    """English text that remembers its gettext message id and what fills its %(name)s places."""

    __slots__ = ("message", "values")

    message: str
    values: Mapping[str, str]

    def __new__(cls, message: str, **values: str) -> Sentence:
        made = super().__new__(cls, message % values)
        made.message = message
        made.values = MappingProxyType(values)
        return made
