from __future__ import annotations

from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.forms.conditions import holds
from eia.domain.forms.definition import Condition
from eia.domain.forms.pages import asked_now
from tests.domain.forms.planted import GROUPS, small


def asked(answers: dict[AnswerKey, AnswerValue]) -> list[tuple[str, str]]:
    return [(item.key.question, item.key.characteristic) for item in asked_now(small(), answers, GROUPS)]


def test_a_question_waits_for_the_answer_it_depends_on() -> None:
    assert ("since", "") not in asked({})
    assert ("since", "") not in asked({AnswerKey("small", "kind"): "new"})
    assert ("since", "") in asked({AnswerKey("small", "kind"): "old"})


def test_a_column_depends_on_its_own_row_only() -> None:
    found = asked({AnswerKey("small", "impact.rating", "age"): ("positive", "negative")})
    assert ("impact.mitigation", "age") in found
    assert ("impact.mitigation", "race") not in found


def test_an_answer_of_another_form_decides_nothing() -> None:
    assert ("since", "") not in asked({AnswerKey("other", "kind"): "old"})


def test_no_is_an_answer_and_silence_is_not() -> None:
    condition = Condition(question="sure", values=(False,))
    assert holds(condition, False)
    assert not holds(condition, None)
    assert not holds(condition, True)
