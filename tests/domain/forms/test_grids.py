"""Rows that people add, columns that are not asked of a group, and columns that nobody answers."""

from __future__ import annotations

import pytest

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.answers import SectionStatus, section_status, unanswered
from eia.domain.forms.grids import derived
from eia.domain.forms.pages import pages
from eia.domain.rulebook_error import RulebookError
from tests.domain.forms.planted import AGE, GROUPS, RACE, small

CHOICES = """[
  { value = "good", label = "Good" },
  { value = "bad", label = "Bad" },
  { value = "none", label = "None", exclusive = true },
]"""
GRIDS = f"""
title = "Small"

[[question]]
id = "impact"
kind = "grid"
label = "What happens?"

[[question.column]]
id = "work"
kind = "many_of"
label = "At work?"
option = {CHOICES}

[[question.column]]
id = "home"
kind = "many_of"
label = "At home?"
not_about = ["race"]
option = {CHOICES}

[[question.column]]
id = "rating"
kind = "derived"
label = "In all"
of = ["work", "home"]
yields = ["none"]
required = false
option = {CHOICES}

[[question.column]]
id = "size"
kind = "text"
label = "How bad?"
when = {{ question = "impact.rating", is = "bad" }}

[[question]]
id = "both"
kind = "grid"
label = "Several at once"
added = 2
row_name = "small.both.name"

[[question.column]]
id = "name"
kind = "text"
label = "Who?"

[[question.column]]
id = "why"
kind = "text"
label = "Why?"
"""


def key(question: str, row: str) -> AnswerKey:
    return AnswerKey("small", question, row)


def slugs(answers: dict[AnswerKey, AnswerValue]) -> list[str]:
    return [page.slug for page in pages(small(GRIDS), answers, GROUPS)]


def rating(work: tuple[str, ...], home: tuple[str, ...], row: str = "age") -> AnswerValue | None:
    answers: dict[AnswerKey, AnswerValue] = {key("impact.work", row): work, key("impact.home", row): home}
    return derived(small(GRIDS).questions, "small", GROUPS, answers)[key("impact.rating", row)]


def test_a_column_is_not_asked_of_a_group_that_it_is_not_about() -> None:
    by_row = {page.characteristic: page.questions for page in pages(small(GRIDS), {}, GROUPS) if page.grid}
    assert [question.id for question in by_row[AGE]] == ["work", "home", "size"]
    assert [question.id for question in by_row[RACE]] == ["work", "size"]


@pytest.mark.parametrize(
    ("work", "home", "comes_to"),
    [
        (("none",), ("none",), ("none",)),
        (("good",), ("none",), ("good",)),
        (("bad",), ("good",), ("good", "bad")),
        (("good",), (), None),
    ],
)
def test_a_rating_is_what_the_aims_come_to_and_none_only_where_there_is_nothing_else(
    work: tuple[str, ...], home: tuple[str, ...], comes_to: tuple[str, ...] | None
) -> None:
    assert rating(work, home) == comes_to


def test_a_rating_does_not_wait_for_what_is_not_asked_of_the_group() -> None:
    assert rating(("bad",), (), "race") == ("bad",)


def test_what_depends_on_a_rating_is_on_the_page_from_the_start_and_is_open_only_where_it_holds() -> None:
    answers: dict[AnswerKey, AnswerValue] = {key("impact.rating", "age"): ("bad",)}
    still_open = {asked.key for asked in unanswered(small(GRIDS), answers, GROUPS)}
    assert key("impact.size", "age") in still_open
    assert key("impact.size", "race") not in still_open


def test_a_blank_row_is_offered_and_asks_for_nothing() -> None:
    assert slugs({})[-1] == "both-added-1"
    assert all(
        asked.grid is None or asked.grid.id != "both" for asked in unanswered(small(GRIDS), {}, GROUPS)
    )


def test_a_row_that_is_begun_must_be_finished_and_the_next_is_offered() -> None:
    begun: dict[AnswerKey, AnswerValue] = {key("both.why", "added_1"): "They cannot go there."}
    assert slugs(begun)[-2:] == ["both-added-1", "both-added-2"]
    assert key("both.name", "added_1") in {asked.key for asked in unanswered(small(GRIDS), begun, GROUPS)}


def test_a_row_is_called_as_it_was_named_and_no_more_rows_are_offered_than_there_may_be() -> None:
    named: dict[AnswerKey, AnswerValue] = {
        key("both.name", f"added_{place}"): name for place, name in ((1, "Older women"), (2, "Young carers"))
    }
    titles = [page.title for page in pages(small(GRIDS), named, GROUPS)]
    assert titles[-2:] == ["Older women", "Young carers"]


def test_rows_that_nobody_added_keep_no_section_from_being_complete() -> None:
    answers: dict[AnswerKey, AnswerValue] = {
        key("impact.work", "age"): ("none",),
        key("impact.home", "age"): ("none",),
        key("impact.work", "race"): ("none",),
    }
    assert section_status(small(GRIDS), answers, GROUPS) is SectionStatus.COMPLETE


@pytest.mark.parametrize(
    ("fault", "instead", "key_named"),
    [
        ('of = ["work", "home"]', "", "of"),
        ('of = ["work", "home"]', 'of = ["work", "garden"]', "of"),
        ('yields = ["none"]', 'yields = ["nothing"]', "yields"),
        ("added = 2\n", "", "added"),
        ('row_name = "small.both.name"', 'row_name = "name"', "row_name"),
    ],
)
def test_a_grid_that_cannot_be_obeyed_is_refused(fault: str, instead: str, key_named: str) -> None:
    with pytest.raises(RulebookError) as refused:
        small(GRIDS.replace(fault, instead))
    assert refused.value.key == key_named
