"""Which words are looked for."""

from __future__ import annotations

from eia.domain.search import MOST_WORDS, subject_words, words_of


def test_small_words_and_repetitions_are_left_out() -> None:
    assert words_of("The hours of the Library, and the LIBRARY's hours") == ("hours", "library")


def test_marks_and_numbers_do_not_stop_a_search() -> None:
    assert words_of('"FIN-2026-001" (a*)') == ("fin", "2026", "001")


def test_a_search_is_never_longer_than_it_can_bear() -> None:
    assert len(words_of(" ".join(f"word{number}" for number in range(50)))) == MOST_WORDS


def test_a_title_is_told_by_its_own_words_and_by_general_ones_only_if_there_are_no_others() -> None:
    assert subject_words("Review of library services 2026") == ("library",)
    assert subject_words("Budget savings 2026") == ("budget", "savings", "2026")
