"""A text compared with an earlier one, word by word."""

from __future__ import annotations

import random
import time

import pytest

from eia.domain.word_diff import PieceKind, shortened, word_diff

BEFORE = "The library would close two evenings a week, when people who work all day can come."


def marked(before: str, after: str) -> str:
    marks = {PieceKind.KEPT: "{}", PieceKind.REMOVED: "[-{}-]", PieceKind.ADDED: "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in word_diff(before, after))


def test_the_same_text_is_one_piece():
    assert marked(BEFORE, BEFORE) == BEFORE


def test_one_word_for_another_shows_both():
    after = BEFORE.replace("two", "three")
    assert marked(BEFORE, after).startswith("The library would close [-two -][+three +]evenings a week")


def test_words_put_in_and_taken_out_stand_where_they_were():
    assert marked("Open on Saturdays from nine until five.", "Open from nine until five on most days.") == (
        "Open [-on Saturdays -]from nine until five [+on most days+]."
    )
    assert marked("Open until five on most days.", "Open until five.") == "Open until five[- on most days-]."


def test_the_full_stop_behind_a_word_is_no_part_of_it():
    assert marked("They have no changing place.", "They have no changing place, as they told us.") == (
        "They have no changing place[+, as they told us+]."
    )


def test_a_date_of_which_day_and_year_changed_is_one_change_and_not_three():
    assert marked("Done by 3 March 2026", "Done by 4 March 2027") == (
        "Done by [-3 March 2026-][+4 March 2027+]"
    )


def test_a_short_word_at_an_end_is_still_kept():
    assert marked("We think so", "We know it") == "We [-think so-][+know it+]"


@pytest.mark.parametrize(("before", "after"), [("", "Something"), ("Something", ""), ("", "")])
def test_nothing_is_compared_like_anything_else(before: str, after: str):
    assert "".join(piece.text for piece in word_diff(before, after)) == before + after


def test_another_space_between_the_same_words_is_no_change():
    assert {piece.kind for piece in word_diff("One.  Two.\n", "One.\n\nTwo.")} == {PieceKind.KEPT}


def test_both_texts_can_be_read_off_the_pieces():
    shuffle = random.Random(7)
    words = ["people", "who", "work", "late", "lose", "the", "evening", "and", "the", "bus", "home"]
    for _ in range(200):
        before = " ".join(shuffle.choices(words, k=shuffle.randint(0, 30)))
        after = " ".join(shuffle.choices(words, k=shuffle.randint(0, 30)))
        pieces = word_diff(before, after)
        new = "".join(piece.text for piece in pieces if piece.kind is not PieceKind.REMOVED)
        old = "".join(piece.text for piece in pieces if piece.kind is not PieceKind.ADDED)
        assert new == after
        assert old.split() == before.split()


@pytest.mark.parametrize("words", [("a", "b"), tuple(map(str, range(40))), tuple(map(str, range(3000)))])
def test_the_longest_answers_there_can_be_are_compared_at_once(words: tuple[str, ...]):
    shuffle = random.Random(3)
    before, after = (" ".join(shuffle.choices(words, k=9000))[:20_000] for _ in range(2))
    begun = time.process_time()
    word_diff(before, after)
    assert time.process_time() - begun < 1


LONG = " ".join(f"word{number}" for number in range(200))


def test_long_text_that_nobody_changed_is_left_out_around_a_change() -> None:
    short = shortened(word_diff(f"{LONG} old {LONG}", f"{LONG} new {LONG}"))
    kept = [piece.text for piece in short if piece.kind is PieceKind.KEPT]
    assert kept[0].startswith("[…] word185 ")
    assert kept[-1].endswith("word14 […]")
    assert [piece.text.strip() for piece in short if piece.kind is not PieceKind.KEPT] == ["old", "new"]


def test_short_text_around_a_change_stays_whole() -> None:
    pieces = word_diff("It closes on two evenings.", "It closes on three evenings.")
    assert shortened(pieces) == pieces
