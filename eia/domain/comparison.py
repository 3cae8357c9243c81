"""What changed between two contents: which answers, and which sources, activities and actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TypeVar

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.snapshot import Content, Item

Key = TypeVar("Key")
ALIKE = 0.6  # of its characters: enough for a source or an action to be the same in other words
NAMED_BY = {"evidence": "title", "consultation": "method", "actions": "text", "files": "name"}
"""The field by which people know a source, an activity, an action or a file."""


class ChangeKind(StrEnum):
    """What became of something."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True)
class Change:
    """An answer or a field as it was and as it is; None where there was or is nothing."""

    before: AnswerValue | None
    after: AnswerValue | None

    @property
    def kind(self) -> ChangeKind:
        """What became of it."""
        return _kind(self.before, self.after)


@dataclass(frozen=True, kw_only=True)
class ItemChange:
    """A source, an activity or an action of which something changed; `fields` has only what did."""

    before: Item | None
    after: Item | None
    fields: Mapping[str, Change]

    @property
    def kind(self) -> ChangeKind:
        """What became of it."""
        return _kind(self.before, self.after)

    @property
    def item(self) -> Item:
        """As it is now, or as it was when it is no more."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Every difference; `items` has the section that each list belongs to."""

    title: Change | None
    answers: Mapping[AnswerKey, Change]
    items: Mapping[str, tuple[ItemChange, ...]]

    @property
    def is_empty(self) -> bool:
        """Whether both say the same."""
        return self.title is None and not self.answers and not any(self.items.values())


def compare(before: Content, after: Content) -> Comparison:
    """What changed from the one content to the other."""
    return Comparison(
        title=_change(before.title, after.title),
        answers=_changes(before.answers, after.answers),
        items={
            "evidence": _items("evidence", before.evidence, after.evidence),
            "consultation": _items("consultation", before.consultations, after.consultations),
            "actions": _items("actions", before.actions, after.actions),
            "files": _items("files", before.files, after.files),
        },
    )


def pairs(
    section: str, before: Sequence[Item], after: Sequence[Item]
) -> Iterator[tuple[Item | None, Item | None]]:
    """Each thing with itself: by its id, else by its name or one much like it, as in another version.

    What is there now comes first in its order, then what is gone.
    """
    left = list(before)
    matches = dict(_matches(section, left, after))
    for item in after:
        yield matches.get(item.id), item
    for item in left:
        yield item, None


def _matches(section: str, left: list[Item], after: Sequence[Item]) -> Iterator[tuple[str, Item]]:
    """Takes what it matches out of `left`: the certain ones before the likely ones."""
    found: set[str] = set()
    for likeness in (_same_id, _same_name, _like):
        for item in (each for each in after if each.id not in found):
            old = next((each for each in left if likeness(section, each, item)), None)
            if old is not None:
                left.remove(old)
                found.add(item.id)
                yield item.id, old


def _same_id(section: str, one: Item, other: Item) -> bool:
    return one.id == other.id


def _same_name(section: str, one: Item, other: Item) -> bool:
    return _name(section, one) == _name(section, other)


def _like(section: str, one: Item, other: Item) -> bool:
    matcher = SequenceMatcher(None, _name(section, one), _name(section, other), autojunk=False)
    return matcher.quick_ratio() > ALIKE and matcher.ratio() > ALIKE


def _name(section: str, item: Item) -> str:
    return str(item.fields.get(NAMED_BY[section], "")).casefold()[:300]


def _items(section: str, before: Sequence[Item], after: Sequence[Item]) -> tuple[ItemChange, ...]:
    compared = (
        ItemChange(
            before=old,
            after=new,
            fields=_changes(old.fields if old else {}, new.fields if new else {}),
        )
        for old, new in pairs(section, before, after)
    )
    return tuple(change for change in compared if change.fields)


def _changes(before: Mapping[Key, AnswerValue], after: Mapping[Key, AnswerValue]) -> dict[Key, Change]:
    names = (*after, *(name for name in before if name not in after))
    found = {name: _change(before.get(name), after.get(name)) for name in names}
    return {name: change for name, change in found.items() if change}


def _change(before: AnswerValue | None, after: AnswerValue | None) -> Change | None:
    """None where both say the same; blank text and an empty choice say nothing."""
    old, new = _said(before), _said(after)
    return None if old == new else Change(before=old, after=new)


def _said(value: AnswerValue | None) -> AnswerValue | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value if value.strip() else None
    return value or None


def _kind(before: object, after: object) -> ChangeKind:
    if before is None:
        return ChangeKind.ADDED
    return ChangeKind.REMOVED if after is None else ChangeKind.CHANGED
