"""Ratings that cannot all be believed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eia.domain.coach import advise
from tests.domain.coach.records import SOURCE, good_but, good_without, only, rules
from tests.factories import (
    TODAY,
    a_source,
    an_action,
    an_id,
    answers,
    each,
)


def test_only_good_effects_are_noticed():
    assert only(good_but(each("impact.impact.rating", ("positive",)))).rule == "positive_only"


def test_good_effects_are_not_judged_before_each_group_is_rated():
    half = good_but({"impact.impact.rating@age": ("positive",), "impact.impact.rating@disability": ()})
    assert "positive_only" not in rules(half)


def test_good_and_bad_for_one_group_is_not_positive_only():
    both = {"impact.impact.rating@age": ("positive", "negative")}
    assert advise(good_but(both), TODAY) == ()


def test_a_harm_neither_reduced_nor_justified_is_noticed():
    advice = only(good_without("impact.impact.mitigation@age"))
    assert (advice.rule, advice.where, advice.characteristics) == ("negative_unanswered", "impact", ("age",))


@pytest.mark.parametrize(
    "answer",
    [
        {"impact.impact.justification@age": "Without it the out-of-hours service could not be paid for."},
        {"impact.changed_proposal": "Booking online is now one way of three."},
    ],
)
def test_a_harm_that_is_justified_or_ended_by_a_change_is_answered(answer):
    record = good_without("impact.impact.mitigation@age")
    answered = replace(record, answers={**record.answers, **answers(answer)})
    assert advise(answered, TODAY) == ()


def test_a_harm_answered_with_not_applicable_is_not_answered():
    assert only(good_but({"impact.impact.mitigation@age": "N/A"})).rule == "negative_unanswered"


def test_unknown_without_anybody_finding_out_is_noticed():
    advice = only(good_but({"impact.impact.rating@disability": ("unknown",)}))
    assert (advice.rule, advice.where, advice.characteristics) == (
        "unknown_left_open",
        "actions",
        ("disability",),
    )


@pytest.mark.parametrize(
    "pursued",
    [
        {"actions": (an_action(characteristic="disability"), an_action(characteristic="age"))},
        {"evidence": (SOURCE, a_source("disability", gap=True, action=an_id("action")))},
    ],
)
def test_unknown_with_an_action_is_left_alone(pursued):
    assert advise(good_but({"impact.impact.rating@disability": ("unknown",)}, **pursued), TODAY) == ()


@pytest.mark.parametrize("said", ["", "None", "n/a"])
def test_combinations_never_thought_of_are_noticed(said):
    assert only(good_but({"impact.combinations": said})).rule == "combinations_not_considered"
