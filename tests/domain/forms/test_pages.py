from __future__ import annotations

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.pages import next_page, pages, previous_page
from tests.domain.forms.planted import GROUPS, SMALL, small

OLD = {AnswerKey("small", "kind"): "old"}


def test_a_grid_has_a_page_for_each_group_with_all_its_columns() -> None:
    page = next(page for page in pages(small(), {}, GROUPS) if page.slug == "impact-race")
    assert page.title == "Race"
    assert page.grid is not None
    assert page.grid.label == "What happens?"
    assert [asked.key for asked in page.asked] == [
        AnswerKey("small", "impact.rating", "race"),
        AnswerKey("small", "impact.mitigation", "race"),
    ]


def test_pages_stand_in_the_order_of_the_file() -> None:
    slugs = [page.slug for page in pages(small(), OLD, GROUPS)]
    assert slugs == ["kind", "since", "impact-age", "impact-race", "pair"]


def test_a_page_whose_questions_are_not_asked_is_left_out() -> None:
    assert "since" not in [page.slug for page in pages(small(), {}, GROUPS)]


def test_a_question_that_depends_on_the_same_page_is_shown_from_the_start() -> None:
    page = next(page for page in pages(small(), {}, GROUPS) if page.slug == "impact-age")
    assert [question.id for question in page.questions] == ["rating", "mitigation"]


def test_a_lone_question_is_its_pages_heading() -> None:
    alone, pair = (next(p for p in pages(small(), {}, GROUPS) if p.slug == slug) for slug in ("kind", "pair"))
    assert alone.is_single
    assert not pair.is_single
    assert (alone.title, pair.title) == ("Which kind?", "Two together")


def test_the_way_through_skips_what_is_not_asked() -> None:
    unconditional = pages(small(), {}, GROUPS)
    after, before = next_page(unconditional, "kind"), previous_page(unconditional, "impact-age")
    assert after is not None
    assert before is not None
    assert (after.slug, before.slug) == ("impact-age", "kind")
    assert next_page(unconditional, "pair") is None
    assert previous_page(unconditional, "kind") is None


def with_rows(rows: str) -> list[str]:
    question_set = small(SMALL.replace('label = "What happens?"', f'label = "What happens?"\n{rows}'))
    answers: dict[AnswerKey, AnswerValue] = {
        AnswerKey("screening", "relevance.relevance", "age"): "not_relevant"
    }
    return [page.slug for page in pages(question_set, answers, GROUPS) if page.grid]


def test_a_group_that_screening_found_not_relevant_is_left_out_of_the_grid() -> None:
    rows = 'rows_unless = { question = "screening.relevance.relevance", is = "not_relevant" }'
    assert with_rows(rows) == ["impact-race"]


def test_a_grid_may_ask_only_about_groups_with_a_given_answer_elsewhere() -> None:
    rows = 'rows = { question = "screening.relevance.relevance", in = ["not_relevant"] }'
    assert with_rows(rows) == ["impact-age"]
