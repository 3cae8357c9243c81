"""What fits on two pages for a committee: the same record, with long texts cut at the end of a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from eia.domain.record import (
    GroupFinding,
    Heard,
    Part,
    Promise,
    Record,
    RecordKind,
    Said,
    SignatureLine,
    Standing,
)

BUDGET = 950
"""Words of text that two pages hold beside headings and the frame, measured on A4 at 9.5 points."""
ROW_COSTS = 12
"""Words that the white space and the short cells of a table's row take the place of."""
LEAST = 14
"""No text is cut below so many words: rather a third page than a stump. At 14 nine groups fit."""
OPENING = 60
"""What is proposed and what is recommended keep so many words, however many groups follow."""
LEFT_OUT = "[…]"

_KEPT = {
    "schedule": ("purpose", "who_is_affected"),
    "screening": ("outcome_reason",),
    "impact": ("changed_proposal", "combinations"),
    "outcome": ("recommended_outcome", "outcome_reason"),
}
MAX_WORDS = 1_000_000
_OPENING = ("purpose", "outcome_reason")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*(?=\s|$)")


def for_committee(record: Record) -> Record:
    """The record without what a committee does not read; where words are left out, a mark says so."""
    brief = _brief(record, MAX_WORDS)
    opening = list(_opening(brief))
    lengths = [len(text.split()) for text in _rest(brief)]
    rows = len(brief.standing(Standing.AFFECTED)) + len(brief.promises) + len(brief.signatures)
    kept = sum(min(len(text.split()), OPENING) for text in opening)
    return _brief(record, fair_limit(lengths, BUDGET - ROW_COSTS * rows - kept))


def fair_limit(lengths: Sequence[int], budget: int) -> int:
    """The most words that any text may have so that all fit: short ones leave their share to long ones."""
    left = budget
    for place, length in enumerate(sorted(lengths)):
        share = left // (len(lengths) - place)
        if length > share:
            return max(share, LEAST)
        left -= length
    return max(lengths, default=LEAST)


def shortened(text: str, limit: int) -> str:
    """The text, or as many whole sentences as `limit` words hold; half a sentence where they are too long."""
    words = text.split()
    if len(words) <= limit:
        return text
    cut = " ".join(words[:limit])
    ends = [match.end() for match in _SENTENCE_END.finditer(cut)]
    if ends and len(cut[: ends[-1]].split()) >= limit // 2:
        return f"{cut[: ends[-1]]} {LEFT_OUT}"
    return f"{cut} {LEFT_OUT}"


def is_shortened(record: Record) -> bool:
    """Whether anything was left out of the texts."""
    return any(text.endswith(LEFT_OUT) for text in _texts(record))


def _brief(record: Record, limit: int) -> Record:
    def cut(text: str) -> str:
        return shortened(text, limit)

    return replace(
        record,
        kind=RecordKind.COMMITTEE,
        parts=tuple(_part(part, limit) for part in record.parts if part.name in _kept(record)),
        findings=tuple(_finding(each, cut) for each in record.findings),
        heard=tuple(_heard(each, cut) for each in record.heard),
        promises=tuple(_promise(each, cut) for each in record.promises),
        signatures=_standing_signatures(record),
    )


def _standing_signatures(record: Record) -> tuple[SignatureLine, ...]:
    """The signatures without those that lapsed and were given again."""
    again = {(each.name, each.role) for each in record.signatures if each.counts}
    return tuple(each for each in record.signatures if each.counts or (each.name, each.role) not in again)


def _kept(record: Record) -> frozenset[str]:
    """What screening came to is told only where nothing further was recommended."""
    is_further = bool(record.said("outcome", "outcome_reason"))
    return frozenset(_KEPT) - ({"screening"} if is_further else set())


def _part(part: Part, limit: int) -> Part:
    kept = (item for item in part.items if isinstance(item, Said) and item.name in _KEPT[part.name])
    return replace(part, items=tuple(_said(item, limit) for item in kept))


def _said(item: Said, limit: int) -> Said:
    return replace(item, text=shortened(item.text, max(limit, OPENING) if item.name in _OPENING else limit))


def _finding(finding: GroupFinding, cut: Callable[[str], str]) -> GroupFinding:
    if finding.standing is not Standing.AFFECTED:
        return replace(finding, what="", who="", mitigation="", justification="")
    return replace(
        finding,
        what=cut(finding.what),
        who=cut(finding.who),
        mitigation=cut(finding.mitigation),
        justification=cut(finding.justification),
    )


def _heard(heard: Heard, cut: Callable[[str], str]) -> Heard:
    return replace(
        heard,
        invited="",
        summary=cut(heard.summary),
        changed=cut(heard.changed),
        not_heard_because=cut(heard.not_heard_because),
    )


def _promise(promise: Promise, cut: Callable[[str], str]) -> Promise:
    return replace(promise, what=cut(promise.what), outcome="", note="")


def _texts(record: Record) -> Iterator[str]:
    yield from _opening(record)
    yield from _rest(record)


def _opening(record: Record) -> Iterator[str]:
    yield from (item.text for item in _items(record) if item.name in _OPENING)


def _rest(record: Record) -> Iterator[str]:
    yield from (item.text for item in _items(record) if item.name not in _OPENING)
    for finding in record.findings:
        yield from (finding.what, finding.who, finding.mitigation, finding.justification)
    for heard in record.heard:
        yield from (heard.summary, heard.changed, heard.not_heard_because)
    yield from (promise.what for promise in record.promises)


def _items(record: Record) -> Iterator[Said]:
    for part in record.parts:
        yield from (item for item in part.items if isinstance(item, Said))
