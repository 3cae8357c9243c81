from __future__ import annotations

import tomllib

import pytest

from eia.domain.forms.definition import Kind
from eia.domain.forms.load import load_characteristics, load_question_set
from eia.domain.rulebook_error import RulebookError
from tests.domain.forms.planted import SMALL, small


def test_a_file_becomes_a_question_set_named_after_it() -> None:
    found = small()
    assert (found.id, found.form) == ("small-1", "small")
    assert [name for name, _ in found.named()] == [
        "kind",
        "since",
        "impact.rating",
        "impact.mitigation",
        "sure",
        "comments",
    ]
    assert found.question("impact.rating").kind is Kind.MANY_OF


@pytest.mark.parametrize(
    ("was", "becomes", "table", "key"),
    [
        ('kind = "date"', 'kind = "dates"', "question.since", "kind"),
        ('label = "Since when?"', "", "question.since", "label"),
        ('label = "Since when?"', "label = 3", "question.since", "label"),
        ('label = "Since when?"', 'label = "When?"\nrequird = true', "question.since", "requird"),
        ('id = "sure"', 'id = "Sure"', "question.Sure", "id"),
        ('id = "sure"', 'id = "kind"', "question.kind", "id"),
        ('id = "mitigation"', 'id = "rating"', "question.impact", "column"),
        ("max_words = 5", "max_words = 0", "question.comments", "max_words"),
        ('kind = "yes_no"', 'kind = "one_of"', "question.sure", "option"),
        ('kind = "yes_no"', 'kind = "grid"', "question.sure", "column"),
        ('kind = "grid"', 'kind = "text"', "question.impact", "column"),
        (
            'kind = "grid"',
            'kind = "grid"\nrows = { question = "kind", is = "new" }',
            "question.impact",
            "rows",
        ),
        ('value = "old", label', 'value = "new", label', "question.kind", "option"),
        ('value = "old", label = "Old"', 'value = "old"', "question.kind.option.old", "label"),
        ('label = "Are you sure?"\npage = "pair"', 'label = "?"\npage = "pairs"', "question.sure", "page"),
        ('kind = "date"', 'kind = "date"\npage = "pair"', "question.sure", "page"),
        ('slug = "pair"', 'slug = "Pair"', "page.Pair", "slug"),
        ('title = "Small"', 'title = "Small"\nnumber = 2', "", "number"),
        ('question = "kind", is = "old"', 'question = "sure", is = true', "question.since.when", "question"),
        ('question = "kind", is = "old"', 'question = "kind", is = "odd"', "question.since.when", "is"),
        ('question = "kind", is = "old"', 'question = "kind"', "question.since.when", "is"),
        ('question = "kind", is = "old"', 'question = "kind", in = []', "question.since.when", "in"),
        (
            'label = "Are you sure?"',
            'label = "?"\nwhen = { question = "impact.rating", is = "negative" }',
            "question.sure.when",
            "question",
        ),
    ],
)
def test_a_planted_fault_is_refused_by_file_table_and_key(
    was: str, becomes: str, table: str, key: str
) -> None:
    assert was in SMALL
    with pytest.raises(RulebookError) as refused:
        small(SMALL.replace(was, becomes, 1))
    assert (refused.value.file, refused.value.table, refused.value.key) == ("small-1.toml", table, key)


@pytest.mark.parametrize("name", ["Small-1.toml", "small.toml", "small-0.toml", "small-1.txt"])
def test_a_file_that_is_not_numbered_is_refused(name: str) -> None:
    with pytest.raises(RulebookError, match="must be named like"):
        load_question_set(tomllib.loads(SMALL), name)


def test_a_form_that_asks_nothing_is_refused() -> None:
    with pytest.raises(RulebookError, match="asks nothing"):
        small('title = "Empty"')


def test_a_group_in_force_twice_on_one_day_is_refused() -> None:
    twice = {"characteristic": [{"id": "sex", "name": "Gender"}, {"id": "sex", "name": "Sex"}]}
    with pytest.raises(RulebookError) as refused:
        load_characteristics(twice, "characteristics-local-1.toml")
    assert refused.value.table == "characteristic.sex"
