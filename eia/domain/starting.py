"""Starting from an earlier assessment: what is taken over, what is left out, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from enum import StrEnum

from eia.domain.evidence import EvidenceKind, is_old
from eia.domain.facts import AnswerKey, AnswerValue


class Part(StrEnum):
    """What can be taken over; ratings never can."""

    PURPOSE = "purpose"
    GROUPS = "groups"
    EVIDENCE = "evidence"
    ACTIONS = "actions"


class LeftOut(StrEnum):
    """Why a source is not taken over."""

    OLD = "old"
    UNDATED = "undated"
    GAP = "gap"


ALL_PARTS = frozenset(Part)
OF_ITS_DAY = ("decision", "why_now", "implementation_date", "linked_decisions", "earlier_work")
"""Questions of the schedule whose answers were true when they were given."""
RELEVANCE = ("relevance.relevance", "relevance.reason")


def why_left_out(kind: str, published_on: date | None, today: date) -> LeftOut | None:
    """Why a source says nothing about today, or None when it still does."""
    if kind == EvidenceKind.GAP:
        return LeftOut.GAP
    if published_on is None:
        return LeftOut.UNDATED
    return LeftOut.OLD if is_old(kind, published_on, today) else None


def relevant_groups(
    answers: Mapping[AnswerKey, AnswerValue], characteristics: Collection[str]
) -> tuple[str, ...]:
    """The groups that screening found relevant, as far as they are in force."""
    found = (AnswerKey("screening", RELEVANCE[0], each) for each in characteristics)
    return tuple(key.characteristic for key in found if answers.get(key) == "relevant")


def answers_taken(
    answers: Mapping[AnswerKey, AnswerValue], characteristics: Collection[str], parts: Collection[Part]
) -> frozenset[AnswerKey]:
    """What was scheduled, and which groups were found relevant with the reason: never a rating.

    That a group was not relevant is not taken over: it has to be looked at again.
    """
    found: set[AnswerKey] = set()
    if Part.PURPOSE in parts:
        found |= {key for key in answers if key.form == "schedule" and key.question not in OF_ITS_DAY}
    if Part.GROUPS in parts:
        found |= set(_relevance(answers, characteristics))
    return frozenset(found)


def _relevance(
    answers: Mapping[AnswerKey, AnswerValue], characteristics: Collection[str]
) -> Iterator[AnswerKey]:
    for characteristic in relevant_groups(answers, characteristics):
        keys = (AnswerKey("screening", name, characteristic) for name in RELEVANCE)
        yield from (key for key in keys if key in answers)
