"""The rows of a grid: the groups in force, or rows that people add and name themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.definition import Asked, Characteristic, Kind, Question
from eia.domain.forms.table import TableReader

ADDED = "added_"
"""Begins the id of an added row, "added_1", which stands where a group's id would."""


def rows_of(
    grid: Question, groups: Sequence[Characteristic], answers: Mapping[AnswerKey, AnswerValue]
) -> tuple[Characteristic, ...]:
    """The rows that a grid can ask about, added ones under the names that people gave them."""
    if grid.added is None:
        return tuple(groups)
    return tuple(_added(grid, f"{ADDED}{place}", answers) for place in range(1, grid.added + 1))


def is_begun(grid: Question, place: AnswerKey, answers: Mapping[AnswerKey, AnswerValue]) -> bool:
    """Whether anything was answered in the row in which `place` stands."""
    keys = (place._replace(question=f"{grid.id}.{column.id}") for column in grid.columns)
    return any(answers.get(key) not in (None, "", ()) for key in keys)


def invites(asked: Asked, answers: Mapping[AnswerKey, AnswerValue]) -> bool:
    """Whether it stands in the blank row that is offered after those that people added."""
    grid = asked.grid
    if grid is None or grid.added is None or grid.rows is not None:
        return False
    rows = (asked.key._replace(characteristic=f"{ADDED}{place}") for place in range(1, grid.added + 1))
    blank = next((row for row in rows if not is_begun(grid, row, answers)), None)
    return blank is not None and blank.characteristic == asked.key.characteristic


def names_row(asked: Asked) -> bool:
    """Whether the answer is what the row is called."""
    return asked.grid is not None and f"{asked.key.form}.{asked.key.question}" == asked.grid.row_name


def derived(
    questions: Sequence[Question],
    form: str,
    groups: Sequence[Characteristic],
    answers: Mapping[AnswerKey, AnswerValue],
) -> dict[AnswerKey, tuple[str, ...] | None]:
    """What each derived column comes to in each row; None as long as one of its factors is open."""
    return {
        AnswerKey(form, f"{grid.id}.{column.id}", row.id): _together(grid, column, form, row.id, answers)
        for grid in questions
        for column in grid.columns
        if column.kind is Kind.DERIVED
        for row in rows_of(grid, groups, answers)
    }


def check_grid(found: Question, row: TableReader, *, column: bool) -> None:
    """Refuses keys of a grid where they say nothing. Raises RulebookError."""
    if (found.kind is Kind.DERIVED) is not bool(found.of) or (found.of and not column):
        raise row.refuse("of", "names the columns that a derived column puts together, and only that has it")
    if found.not_about and not column:
        raise row.refuse("not_about", "is a key of a grid's column")
    if not set(found.yields) <= {option.value for option in found.options}:
        raise row.refuse("yields", "must be options of this column")
    if (found.added is None) is not (found.row_name == "") or (found.added and found.kind is not Kind.GRID):
        raise row.refuse("added", "a grid whose rows people add has both `added` and `row_name`")
    if found.row_name and found.row_name.count(".") != 2:
        raise row.refuse("row_name", "must be a column like impact.combination.name")
    _check_derived(found, row)


def _check_derived(grid: Question, row: TableReader) -> None:
    offered = {column.id: {option.value for option in column.options} for column in grid.columns}
    for column in grid.columns:
        for name in column.of:
            if not offered.get(name) or not offered[name] <= offered[column.id]:
                raise row.refuse("of", f"{column.id}: {name} is no column whose options {column.id} has")


def _added(grid: Question, row: str, answers: Mapping[AnswerKey, AnswerValue]) -> Characteristic:
    form, _, question = grid.row_name.partition(".")
    name = answers.get(AnswerKey(form, question, row))
    if isinstance(name, str) and name.strip():
        return Characteristic(id=row, name=name)
    return Characteristic(id=row, name=grid.label, name_cy=grid.label_cy)


def _together(
    grid: Question, column: Question, form: str, row: str, answers: Mapping[AnswerKey, AnswerValue]
) -> tuple[str, ...] | None:
    given = tuple(_given(grid, column, form, row, answers))
    if not given or not all(given):
        return None
    said = {value for each in given for value in each}
    telling = said - set(column.yields) or said
    return tuple(option.value for option in column.options if option.value in telling)


def _given(
    grid: Question, column: Question, form: str, row: str, answers: Mapping[AnswerKey, AnswerValue]
) -> Iterator[tuple[str, ...]]:
    """What each factor that is asked about this row was answered with; () while it is open."""
    for factor in grid.columns:
        if factor.id in column.of and row not in factor.not_about:
            value = answers.get(AnswerKey(form, f"{grid.id}.{factor.id}", row), ())
            yield (str(value),) if not isinstance(value, tuple) else value
