"""Two texts compared word by word, in pieces that a person can read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

AROUND = 15  # words kept on each side of a change where the rest is left out
LEFT_OUT = "[…]"
SHORT = 2  # words kept between two changes that read better as part of them
TOO_MANY_PAIRS = 400_000  # of equal words: where words repeat this much, the common ones are no landmarks

_WORD = re.compile(r"\S*\w(?:\s+|(?=\W))?|\S+\s*|\s+")  # a word is without the full stop behind it


class PieceKind(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of words, with the spaces after them, of which the same became."""

    kind: PieceKind
    text: str


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """How the one text became the other: without what was added it is `before`.

    Words count as the same whatever space follows them, and the space is that of `after`.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    steps = _folded(list(_steps(old, new)))
    pieces = (piece for step in steps for piece in _pieces(step, old, new))
    return tuple(
        Piece(kind=kind, text="".join(piece.text for piece in run))
        for kind, run in groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.kind)
    )


def shortened(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The same without the middle of long kept text: the changes, and what is around them."""
    last = len(pieces) - 1
    return tuple(
        _shortened(piece, is_first=place == 0, is_last=place == last)
        if piece.kind is PieceKind.KEPT and len(pieces) > 1
        else piece
        for place, piece in enumerate(pieces)
    )


def _shortened(piece: Piece, *, is_first: bool, is_last: bool) -> Piece:
    """Some words on the sides where something changed."""
    words = _WORD.findall(piece.text)
    if len(words) <= 3 * AROUND:
        return piece
    before = "" if is_first else "".join(words[:AROUND])
    after = "" if is_last else "".join(words[-AROUND:])
    return Piece(kind=piece.kind, text=f"{before}{LEFT_OUT} {after}" if after else f"{before}{LEFT_OUT}")


@dataclass(frozen=True)
class _Step:
    """These words of the old text became those of the new one."""

    same: bool
    old: slice
    new: slice


def _steps(old: Sequence[str], new: Sequence[str]) -> Iterator[_Step]:
    before, after = [word.rstrip() for word in old], [word.rstrip() for word in new]
    matcher = SequenceMatcher(None, before, after, autojunk=_is_repetitive(before, after))
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        yield _Step(tag == "equal", slice(old_from, old_to), slice(new_from, new_to))


def _is_repetitive(before: Sequence[str], after: Sequence[str]) -> bool:
    old, new = Counter(before), Counter(after)
    return sum(count * new[word] for word, count in old.items()) > TOO_MANY_PAIRS


def _folded(steps: list[_Step]) -> Iterator[_Step]:
    """A word or two kept between changes goes with them: one change reads better than three."""
    change: _Step | None = None
    for place, step in enumerate(steps):
        is_between = 0 < place < len(steps) - 1
        if step.same and not (is_between and step.old.stop - step.old.start <= SHORT):
            if change:
                yield change
            yield step
            change = None
        else:
            change = _joined(change, step) if change else step
    if change:
        yield change


def _joined(first: _Step, second: _Step) -> _Step:
    return _Step(False, slice(first.old.start, second.old.stop), slice(first.new.start, second.new.stop))


def _pieces(step: _Step, old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if step.same:
        yield Piece(kind=PieceKind.KEPT, text="".join(new[step.new]))
        return
    yield Piece(kind=PieceKind.REMOVED, text=_gap(step, old, new) + "".join(old[step.old]))
    yield Piece(kind=PieceKind.ADDED, text="".join(new[step.new]))


def _gap(step: _Step, old: Sequence[str], new: Sequence[str]) -> str:
    """The space before what was removed, where the new text has none at that place."""
    if not (step.old.start and step.new.start and step.old.start < step.old.stop):
        return ""
    before, after = old[step.old.start - 1], new[step.new.start - 1]
    return " " if before[-1].isspace() and not after[-1].isspace() else ""
