"""Blanks, copies and reasons too thin to be any."""

from __future__ import annotations

import pytest

from eia.domain.coach import Severity, advise, writing
from tests.domain.coach.records import WRITTEN, good, good_but, good_without, only, rules
from tests.factories import (
    TODAY,
    answers,
    each,
)


def test_a_blank_in_a_section_that_was_begun_is_noticed():
    advice = only(good_without("impact.impact.who_and_how_many@age"))
    assert (advice.rule, advice.where, advice.characteristics) == ("blanks", "impact", ("age",))


@pytest.mark.parametrize("nothing", ["n/a", "TBC", " - ", "None.", "See above", "?", "Not applicable"])
def test_a_word_that_says_nothing_counts_as_a_blank(nothing):
    assert only(good_but({"impact.aim_foster": nothing})).rule == "blanks"


def test_a_section_that_nobody_began_is_not_blank():
    screening_only = {name: value for name, value in WRITTEN.items() if not name.startswith(("imp", "out"))}
    assert advise(good("screening", answers=answers(screening_only), consultations=()), TODAY) == ()


def test_a_group_set_aside_by_screening_needs_no_impact():
    left = {key: value for key, value in WRITTEN.items() if key[:6] != "impact" or "disability" not in key}
    aside = {
        "screening.relevance.relevance@disability": "not_relevant",
        "impact.combinations": "",
        "screening.relevance.reason@disability": "Nothing changes in adapted homes: these have a line.",
    }
    assert advise(good(answers=answers(left, aside)), TODAY) == ()


@pytest.mark.parametrize(
    "column", ["screening.relevance.reason", "impact.impact.explanation", "impact.impact.who_and_how_many"]
)
def test_the_same_sentence_pasted_for_each_group_is_noticed(column):
    pasted = "Some people may find it harder to book a repair when they need one, and would wait for longer."
    advice = only(good_but(each(column, pasted)))
    assert (advice.rule, advice.where) == ("copied_words", column.partition(".")[0])
    assert advice.characteristics == ("age", "disability")
    assert advice.severity is Severity.SERIOUS


def test_a_copy_with_the_name_of_the_group_changed_is_still_a_copy():
    same = "We looked at the survey of 2025 and {} makes no difference to how people book a repair with us."
    copies = {f"impact.impact.explanation@{key}": same.format(key) for key in ("age", "disability")}
    assert only(good_but(copies)).rule == "copied_words"


def test_a_copy_with_other_capitals_and_stops_is_still_a_copy():
    said = "People who do not use the web would wait longer for a visit, as the survey shows."
    copies = {
        "impact.impact.explanation@age": said,
        "impact.impact.explanation@disability": said.upper()[:-1],
    }
    assert only(good_but(copies)).rule == "copied_words"


def test_one_mitigation_may_serve_several_groups():
    same = {
        **each("impact.impact.rating", ("negative",)),
        **each("impact.impact.mitigation", "The telephone line stays open from 8 to 12."),
    }
    assert advise(good_but(same), TODAY) == ()


def test_that_everybody_is_treated_alike_is_no_reason():
    said = "The policy treats everyone the same, whoever they are and wherever in the borough they live."
    advice = only(good_but({"impact.impact.explanation@age": said}))
    assert (advice.rule, advice.characteristics) == ("same_for_everyone", ("age",))


def test_the_same_for_everybody_with_a_figure_beside_it_is_left_alone():
    said = "It applies to everyone. Of 412 tenants over 65 whom we asked 11 would need help with it."
    assert advise(good_but({"impact.impact.explanation@age": said}), TODAY) == ()


def test_an_explanation_of_three_words_is_too_thin():
    advice = only(good_but({"impact.impact.explanation@age": "Some wait longer."}))
    assert (advice.rule, advice.characteristics) == ("too_thin", ("age",))


@pytest.mark.parametrize("question", ["outcome.outcome_reason", "impact.aim_advance", "schedule.purpose"])
def test_what_is_asked_once_can_be_too_thin_as_well(question):
    advice = only(good_but({question: "It helps."}))
    assert (advice.rule, advice.where, advice.characteristics) == ("too_thin", question.partition(".")[0], ())


@pytest.mark.parametrize(("question", "fewest"), writing.FEWEST_WORDS.items())
def test_exactly_enough_words_are_enough(question, fewest):
    name = ".".join(question) + ("@age" if "." in question.question else "")
    enough = " ".join(f"word{number}" for number in range(fewest))
    assert "too_thin" not in rules(good_but({name: enough}))
    assert "too_thin" in rules(good_but({name: enough.rpartition(" ")[0]}))


def test_every_group_called_not_relevant_is_noticed():
    advice = only(
        good(
            "screening",
            answers=answers(
                {name: value for name, value in WRITTEN.items() if name[:6] not in ("impact", "outcom")},
                each("screening.relevance.relevance", "not_relevant"),
            ),
        )
    )
    assert (advice.rule, advice.severity) == ("nobody_affected", Severity.SERIOUS)
