"""Which action of a newer version of a plan is which of the older: by printed label and words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

Labelled = tuple[str, str]
"""The printed label and the words of an action."""

_WORD = re.compile(r"\w+")
Key = Callable[[Labelled], str]


def matched(older: Sequence[Labelled], newer: Sequence[Labelled]) -> dict[int, int]:
    """The place of each newer one with the place of the older that it is; what is not there is new.

    The same label and words are surely the same; then the same words, then the same label. Where several
    could be meant they are taken in order, those with the same words first.
    """
    found: dict[int, int] = {}
    for key in (_both, _words, _label):
        _match_by(key, older, newer, found)
    return found


def _match_by(key: Key, older: Sequence[Labelled], newer: Sequence[Labelled], found: dict[int, int]) -> None:
    taken = set(found.values())
    waiting: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(older):
        if place not in taken and key(each):
            waiting[key(each)].append(place)
    for place, each in enumerate(newer):
        if place not in found and waiting.get(key(each)):
            found[place] = waiting[key(each)].pop(0)


def _words(each: Labelled) -> str:
    return " ".join(_WORD.findall(each[1].casefold()))


def _label(each: Labelled) -> str:
    return each[0].strip().casefold()


def _both(each: Labelled) -> str:
    return f"{_label(each)} {_words(each)}" if _label(each) else ""
