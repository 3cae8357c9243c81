"""What an assessment said at one moment, kept whole so that it can be compared with what it says later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from eia.domain.facts import AnswerKey, AnswerValue


@dataclass(frozen=True, kw_only=True)
class Item:
    """A source, a consultation activity, an action or a file; a field that says nothing is not there.

    Fields have the names of the questions that ask for them; days are ISO.
    """

    id: str
    fields: Mapping[str, AnswerValue]


@dataclass(frozen=True, kw_only=True)
class Content:
    """The words of one version: what its signatories would be given to read."""

    title: str
    characteristics: tuple[str, ...] = ()
    answers: Mapping[AnswerKey, AnswerValue] = field(default_factory=lambda: MappingProxyType({}))
    evidence: tuple[Item, ...] = ()
    consultations: tuple[Item, ...] = ()
    actions: tuple[Item, ...] = ()
    files: tuple[Item, ...] = ()  # with the section that each is on


def to_json(content: Content) -> str:
    """Canonical: the same content is the same text, in whatever order it was read."""
    plain = {
        "title": content.title,
        "characteristics": list(content.characteristics),
        "answers": sorted([[*key, _plain(value)] for key, value in content.answers.items()], key=_place),
        "evidence": [_item_to_plain(item) for item in _by_id(content.evidence)],
        "consultations": [_item_to_plain(item) for item in _by_id(content.consultations)],
        "actions": [_item_to_plain(item) for item in _by_id(content.actions)],
        "files": [_item_to_plain(item) for item in _by_id(content.files)],
    }
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Content:
    """The content that `to_json` wrote."""
    plain = json.loads(text)
    return Content(
        title=plain["title"],
        characteristics=tuple(plain["characteristics"]),
        answers={AnswerKey(*key): _value(value) for *key, value in plain["answers"]},
        evidence=tuple(map(_item_of, plain["evidence"])),
        consultations=tuple(map(_item_of, plain["consultations"])),
        actions=tuple(map(_item_of, plain["actions"])),
        files=tuple(map(_item_of, plain.get("files", ()))),  # the first snapshots know of none
    )


def _place(answer: list[object]) -> tuple[str, ...]:
    return tuple(map(str, answer[:3]))


def _by_id(items: tuple[Item, ...]) -> list[Item]:
    return sorted(items, key=lambda item: item.id)


def _item_to_plain(item: Item) -> dict[str, object]:
    return {"id": item.id, "fields": {name: _plain(value) for name, value in item.fields.items()}}


def _item_of(plain: dict[str, dict[str, object]]) -> Item:
    fields = {name: _value(value) for name, value in plain["fields"].items()}
    return Item(id=str(plain["id"]), fields=fields)


def _plain(value: AnswerValue) -> object:
    return list(value) if isinstance(value, tuple) else value


def _value(plain: object) -> AnswerValue:
    if isinstance(plain, list):
        return tuple(map(str, plain))
    return plain if isinstance(plain, bool) else str(plain)
