"""Whether a question is asked at all, given earlier answers."""

from __future__ import annotations

from collections.abc import Mapping

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.definition import Asked, Condition
from eia.domain.forms.grids import is_begun


def is_asked(asked: Asked, answers: Mapping[AnswerKey, AnswerValue]) -> bool:
    """Whether the grid asks about this row, and the question has no condition or its condition holds."""
    return is_wanted(asked, answers) and row_is_asked(asked, answers)


def is_wanted(asked: Asked, answers: Mapping[AnswerKey, AnswerValue]) -> bool:
    """Whether the question has no condition or its condition holds, whatever becomes of its row."""
    condition = asked.question.when
    return condition is None or holds(condition, answers.get(earlier(asked, condition)))


def row_is_asked(asked: Asked, answers: Mapping[AnswerKey, AnswerValue]) -> bool:
    """Whether the answers, those of other forms among them, leave this row of the grid to be asked."""
    if asked.grid is None:
        return True
    if asked.grid.added and asked.grid.rows is None:
        return is_begun(asked.grid, asked.key, answers)
    only, unless = asked.grid.rows, asked.grid.rows_unless
    wanted = only is None or holds(only, answers.get(_elsewhere(asked, only)))
    return wanted and not (unless is not None and holds(unless, answers.get(_elsewhere(asked, unless))))


def holds(condition: Condition, answer: AnswerValue | None) -> bool:
    """Whether the earlier answer is one of the condition's values, or a list that contains one."""
    if isinstance(answer, tuple):
        return any(value in condition.values for value in answer)
    return answer is not None and answer in condition.values


def earlier(asked: Asked, condition: Condition) -> AnswerKey:
    """The answer that a condition reads: a column's is in the same row, any other is asked once."""
    row = asked.key.characteristic if "." in condition.question else ""
    return AnswerKey(asked.key.form, condition.question, row)


def _elsewhere(asked: Asked, condition: Condition) -> AnswerKey:
    form, _, question = condition.question.partition(".")
    return AnswerKey(form, question, asked.key.characteristic)
