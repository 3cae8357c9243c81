"""What may be taken over from an earlier assessment."""

from __future__ import annotations

from datetime import date

import pytest

from eia.domain.facts import AnswerKey
from eia.domain.starting import ALL_PARTS, LeftOut, Part, answers_taken, relevant_groups, why_left_out

TODAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("kind", "published_on", "why"),
    [
        ("service_data", date(2025, 1, 1), None),
        ("service_data", date(2024, 5, 4), None),
        ("service_data", date(2024, 5, 3), LeftOut.OLD),
        ("research", None, LeftOut.UNDATED),
        ("gap", date(2026, 1, 1), LeftOut.GAP),
    ],
)
def test_a_source_comes_along_while_it_is_fresh(
    kind: str, published_on: date | None, why: LeftOut | None
) -> None:
    assert why_left_out(kind, published_on, TODAY) is why


def test_a_group_that_is_no_longer_in_force_stays_behind() -> None:
    answers = {
        AnswerKey("screening", "relevance.relevance", "age"): "relevant",
        AnswerKey("screening", "relevance.relevance", "creed"): "relevant",
        AnswerKey("screening", "relevance.relevance", "race"): "no_evidence",
    }
    assert relevant_groups(answers, ("age", "race")) == ("age",)


def test_no_part_brings_a_rating() -> None:
    answers = {
        AnswerKey("impact", "impact.rating", "age"): ("negative",),
        AnswerKey("screening", "relevance.effect", "age"): "negative",
        AnswerKey("schedule", "purpose"): "Close it.",
    }
    assert answers_taken(answers, ("age",), ALL_PARTS) == {AnswerKey("schedule", "purpose")}
    assert answers_taken(answers, ("age",), {Part.EVIDENCE, Part.ACTIONS}) == frozenset()
