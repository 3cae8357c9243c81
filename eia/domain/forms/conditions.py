"""Whether a question is asked at all, given earlier answers."""

from __future__ import annotations

from collections.abc import Mapping

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.definition import Asked, Condition


def is_asked(asked: Asked, answers: Mapping[AnswerKey, AnswerValue]) -> bool:
    """Whether the question has no condition, or its condition holds."""
    condition = asked.question.when
    return condition is None or holds(condition, answers.get(earlier(asked, condition)))


def holds(condition: Condition, answer: AnswerValue | None) -> bool:
    """Whether the earlier answer is one of the condition's values, or a list that contains one."""
    if isinstance(answer, tuple):
        return any(value in condition.values for value in answer)
    return answer is not None and answer in condition.values


def earlier(asked: Asked, condition: Condition) -> AnswerKey:
    """The answer that a condition reads: a column's is in the same row, any other is asked once."""
    row = asked.key.characteristic if "." in condition.question else ""
    return AnswerKey(asked.key.form, condition.question, row)
