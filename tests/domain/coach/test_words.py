"""What counts as the same words, as vague and as nothing said."""

from __future__ import annotations

import pytest

from eia.domain.coach.words import is_placeholder, is_vague, repeated

SAID = "Whoever works in the day can only come in the evening, and there would be none from April on"


@pytest.mark.parametrize(
    "other",
    [
        SAID,
        SAID + ".",
        SAID.upper(),
        "  " + SAID.replace(" ", "\n "),
        SAID.replace("April", "May"),
        SAID.replace("can only", "only can"),
    ],
)
def test_words_that_hardly_differ_are_the_same(other):
    assert repeated({"age": SAID, "sex": other}) == ("age", "sex")


@pytest.mark.parametrize(
    "other",
    [
        "Women come with children in the afternoon, and that would stay as it is from April on.",
        SAID + " Of 51 who booked the room in May 34 were aged 16 to 24, and most came by bus after work.",
        "",
        "age",
    ],
)
def test_words_that_differ_are_not_the_same(other):
    assert repeated({"age": SAID, "sex": other}) == ()


def test_the_groups_own_names_do_not_make_a_difference():
    said = {"age": "No effect by age was found.", "race": "No effect by race was found."}
    assert repeated(said) == ("age", "race")


def test_only_the_groups_that_share_their_words_are_named():
    texts = {"age": SAID, "race": "Nobody asked in Urdu or Polish for two years.", "sex": SAID}
    assert repeated(texts) == ("age", "sex")


@pytest.mark.parametrize(
    "said", ["We’ll monitor take-up", "Explore options; seek to improve.", "As required\nWhere practicable"]
)
def test_sentences_that_only_intend_are_vague(said):
    assert is_vague(said)


@pytest.mark.parametrize("said", ["", "Explore 3 halls by June.", "We monitor it. Doors open at once."])
def test_sentences_that_say_what_happens_are_not(said):
    assert not is_vague(said)


@pytest.mark.parametrize("said", ["", "…", "N/A", "n.a.", "No comment!", "(none)", "T.B.C."])
def test_stock_words_for_nothing_say_nothing(said):
    assert is_placeholder(said)


@pytest.mark.parametrize(
    "said", ["None of the 40 who answered.", "Not known before the survey in May.", "Nobody."]
)
def test_words_that_say_something_are_left_alone(said):
    assert not is_placeholder(said)
