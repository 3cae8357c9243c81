from __future__ import annotations

import pytest

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.answers import (
    MAX_CHARACTERS,
    SectionStatus,
    problem_with,
    section_status,
    shortfall,
    unanswered,
)
from tests.domain.forms.planted import GROUPS, small

COMPLETE: dict[AnswerKey, AnswerValue] = {
    AnswerKey("small", "kind"): "new",
    AnswerKey("small", "impact.rating", "age"): ("neutral",),
    AnswerKey("small", "impact.rating", "race"): ("positive",),
    AnswerKey("small", "sure"): False,
}


def without(question: str, characteristic: str = "") -> dict[AnswerKey, AnswerValue]:
    return {
        key: value for key, value in COMPLETE.items() if key != AnswerKey("small", question, characteristic)
    }


def test_a_section_is_complete_when_nothing_required_is_open() -> None:
    assert unanswered(small(), COMPLETE, GROUPS) == ()
    assert section_status(small(), COMPLETE, GROUPS) is SectionStatus.COMPLETE


def test_one_group_left_out_leaves_the_section_in_progress() -> None:
    answers = without("impact.rating", "race")
    assert [item.key for item in unanswered(small(), answers, GROUPS)] == [
        AnswerKey("small", "impact.rating", "race")
    ]
    assert section_status(small(), answers, GROUPS) is SectionStatus.IN_PROGRESS


def test_a_negative_rating_opens_the_question_that_follows_from_it() -> None:
    answers = COMPLETE | {AnswerKey("small", "impact.rating", "age"): ("negative",)}
    assert [item.key.question for item in unanswered(small(), answers, GROUPS)] == ["impact.mitigation"]


def test_blank_text_has_not_started_anything() -> None:
    assert (
        section_status(small(), {AnswerKey("small", "comments"): "  "}, GROUPS) is SectionStatus.NOT_STARTED
    )


def test_an_answer_for_a_group_no_longer_in_force_does_not_count() -> None:
    answers: dict[AnswerKey, AnswerValue] = {AnswerKey("small", "impact.rating", "faith"): ("positive",)}
    assert section_status(small(), answers, GROUPS) is SectionStatus.NOT_STARTED


def test_too_many_words_keep_a_section_open_even_where_nothing_is_required() -> None:
    answers = COMPLETE | {AnswerKey("small", "comments"): "one two three four five six"}
    assert [item.key.question for item in unanswered(small(), answers, GROUPS)] == ["comments"]
    problem = shortfall(small().question("comments"), "one two three four five six")
    assert problem is not None
    assert problem.sentence() == "Use 5 words or fewer. You have used 6."


def test_positive_and_negative_may_both_hold() -> None:
    assert problem_with(small().question("impact.rating"), ("positive", "negative")) is None


def test_neutral_cannot_stand_beside_negative() -> None:
    problem = problem_with(small().question("impact.rating"), ("negative", "neutral"))
    assert problem is not None
    assert problem.sentence().startswith("“Neutral” cannot stand beside another answer.")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("kind", "odd"),
        ("kind", ("new",)),
        ("impact.rating", "positive"),
        ("impact.rating", ("positive", "odd")),
        ("sure", "yes"),
        ("since", "2027-02-30"),
        ("since", "tomorrow"),
        ("comments", True),
        ("comments", "bell\x07"),
        ("comments", "x" * (MAX_CHARACTERS + 1)),
    ],
)
def test_a_value_that_does_not_fit_its_question_is_refused(question: str, value: AnswerValue) -> None:
    assert problem_with(small().question(question), value) is not None
