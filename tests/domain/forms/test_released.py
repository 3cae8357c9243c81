"""The files in `forms/` themselves: all are read, none that was released has changed."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from pathlib import Path

import pytest

from eia import content
from eia.domain.forms.definition import Kind, QuestionSet
from eia.domain.forms.load import load_characteristics, load_question_set

MARRIAGE = "marriage_and_civil_partnership"
FORMS = Path(__file__).parents[3] / "forms"
FILES = sorted(FORMS.glob("*.toml"))
SETS = [file for file in FILES if not file.name.startswith(("characteristics-", "framework-"))]


def question_set(file: Path) -> QuestionSet:
    return load_question_set(tomllib.loads(file.read_text(encoding="utf-8")), file.name)


def groups(on: date) -> list[str]:
    file = FORMS / "characteristics-gb-1.toml"
    found = load_characteristics(tomllib.loads(file.read_text(encoding="utf-8")), file.name)
    return [item.name for item in found.in_force(on)]


def test_a_released_file_never_changes() -> None:
    lines = (FORMS / "released.sha256").read_text(encoding="utf-8").splitlines()
    released = {name: digest for digest, name in (line.split() for line in lines)}
    now = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in FILES}
    assert {name: now.get(name) for name in released} == released


@pytest.mark.parametrize("file", SETS, ids=lambda file: file.name)
def test_every_required_question_says_how_to_put_its_absence_right(file: Path) -> None:
    wordless = [
        name for name, question in question_set(file).named() if question.required and not question.missing
    ]
    assert wordless == []


def test_a_2008_record_speaks_of_three_strands() -> None:
    assert groups(date(2008, 6, 1)) == ["Disability", "Gender", "Race"]


def test_a_2009_record_speaks_of_six_strands() -> None:
    assert len(groups(date(2009, 6, 1))) == 6


def test_the_equality_act_named_nine_characteristics_and_called_gender_sex() -> None:
    assert len(groups(date(2010, 10, 1))) == 9
    assert "Gender" in groups(date(2010, 9, 30))
    assert "Sex" in groups(date(2010, 10, 1))


def test_impact_offers_no_default_and_unknown_stands_alone() -> None:
    rating = question_set(FORMS / "impact-1.toml").question("impact.rating")
    alone = {option.value for option in rating.options if option.exclusive}
    assert rating.kind is Kind.MANY_OF
    assert alone == {"neutral", "unknown"}


def test_each_aim_is_answered_for_itself_and_nothing_is_counted_as_no_impact_beside_it() -> None:
    impact = question_set(FORMS / "impact-2.toml")
    aims = [impact.question(f"impact.{aim}") for aim in ("eliminate", "advance", "foster")]
    assert [aim.not_about for aim in aims] == [(), (MARRIAGE,), (MARRIAGE,)]
    assert [{option.value for option in aim.options if option.exclusive} for aim in aims] == [
        {"none", "unknown"}
    ] * 3
    rating = impact.question("impact.rating")
    assert (rating.of, rating.yields) == (("eliminate", "advance", "foster"), ("none",))


def test_how_much_is_at_stake_is_asked_of_harm_and_of_gain() -> None:
    impact = question_set(FORMS / "impact-2.toml")
    for size in ("impact.harm", "impact.gain", "combination.harm", "combination.gain"):
        offered = [option.value for option in impact.question(size).options]
        assert offered == ["low", "medium", "high", "unknown"]


@pytest.mark.parametrize("name", content.workflow_names())
def test_what_a_grid_reads_of_other_forms_is_asked_there(name: str) -> None:
    pinned = content.workflow(name).question_sets
    for form in pinned:
        for grid in content.question_set(name, form).questions:
            conditions = [each for each in (grid.rows, grid.rows_unless) if each]
            for read in (
                *grid.beside,
                *filter(None, [grid.row_name]),
                *(each.question for each in conditions),
            ):
                other, _, question = read.partition(".")
                assert question in dict(content.question_set(name, other).named()), read


@pytest.mark.parametrize(("form", "grid"), [("impact-1", "impact"), ("review-1", "actual")])
def test_what_decides_a_grids_rows_is_a_question_of_another_form_with_that_answer(
    form: str, grid: str
) -> None:
    question = next(item for item in question_set(FORMS / f"{form}.toml").questions if item.id == grid)
    condition = question.rows or question.rows_unless
    assert condition is not None
    other, _, name = condition.question.partition(".")
    offered = {option.value for option in question_set(FORMS / f"{other}-1.toml").question(name).options}
    assert set(condition.values) <= offered
