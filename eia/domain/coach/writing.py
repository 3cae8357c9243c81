"""What the words themselves give away: blanks, copies, and reasons too thin to be any."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from eia.domain.coach.advice import Advice, Severity
from eia.domain.coach.questions import (
    AIMS,
    COMBINATIONS,
    EFFECT,
    EXPLANATION,
    JUSTIFICATION,
    NOT_RELEVANT,
    OUTCOME,
    OUTCOME_REASON,
    PURPOSE,
    RATING,
    REASON,
    RELEVANCE,
    SCREENING_OUTCOME,
    WHO_AND_HOW_MANY,
    WHO_IS_AFFECTED,
    WHY_NOW,
    has_begun,
    in_scope,
    text_of,
    texts_of,
)
from eia.domain.coach.registry import rule
from eia.domain.coach.words import is_placeholder, is_the_same_for_all, repeated
from eia.domain.facts import AssessmentFacts
from eia.domain.workflow.guards.registry import Question

ONCE = (PURPOSE, WHO_IS_AFFECTED, WHY_NOW, SCREENING_OUTCOME, *AIMS, OUTCOME, OUTCOME_REASON)
OF_EACH = (RELEVANCE, REASON)
OF_EACH_IN_SCOPE = (EFFECT, RATING, EXPLANATION, WHO_AND_HOW_MANY)
OWN_WORDS = (REASON, EXPLANATION, WHO_AND_HOW_MANY, JUSTIFICATION)
"""What cannot be true in the same words of two groups; one mitigation may well serve several."""

FEWEST_WORDS = {
    REASON: 6,
    EXPLANATION: 10,
    PURPOSE: 15,
    SCREENING_OUTCOME: 10,
    COMBINATIONS: 8,
    **dict.fromkeys(AIMS, 6),
    OUTCOME_REASON: 10,
}
"""Fewer words than this have not yet said what happens to whom, and how anybody knows."""


@rule
def blanks(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """A section that was begun has nothing left blank, nor filled with a word for nothing."""
    for form in _forms(ONCE + OF_EACH + OF_EACH_IN_SCOPE):
        if has_begun(facts, form) and (found := _blank(facts, form)):
            yield Advice(
                rule="blanks",
                message="Something is still blank, or filled with a word that says nothing.",
                where=form,
                characteristics=tuple(key for key in facts.characteristics if key in found),
            )


@rule
def copied_words(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """What is written of one group is not written, nearly word for word, of another.

    Source: R (Brown) v Work and Pensions Secretary [2008] EWHC 3158 (Admin): in substance, with rigour.
    """
    for form in _forms(OWN_WORDS):
        texts = (texts_of(facts, question) for question in OWN_WORDS if question.form == form)
        twins = {key for found in texts for key in repeated(found)}
        if twins:
            yield Advice(
                rule="copied_words",
                message="The same words stand for several groups. Say of each what is true of it alone.",
                where=form,
                characteristics=tuple(key for key in facts.characteristics if key in twins),
                severity=Severity.SERIOUS,
            )


@rule
def same_for_everyone(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """That everybody is treated alike is no reason: the same rule can fall harder on some."""
    for question in (REASON, EXPLANATION):
        stock = tuple(key for key, text in texts_of(facts, question).items() if is_the_same_for_all(text))
        if stock:
            yield Advice(
                rule="same_for_everyone",
                message="“The same for everybody” is no reason. Say why it is not harder on this group.",
                where=question.form,
                characteristics=stock,
            )


@rule
def too_thin(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """Reasons and explanations are long enough to say what happens to whom, and how anybody knows."""
    for form in _forms(tuple(FEWEST_WORDS)):
        of_groups = {
            key
            for question in (REASON, EXPLANATION)
            if question.form == form
            for key, text in texts_of(facts, question).items()
            if _is_thin(text, FEWEST_WORDS[question])
        }
        if of_groups or _thin_once(facts, form):
            yield Advice(
                rule="too_thin",
                message="This is too short to say what happens to whom, and how you know.",
                where=form,
                characteristics=tuple(key for key in facts.characteristics if key in of_groups),
            )


@rule
def nobody_affected(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """Hardly any proposal is relevant to no group at all."""
    groups = facts.characteristics
    if len(groups) > 1 and all(NOT_RELEVANT.holds(facts, key) for key in groups):
        yield Advice(
            rule="nobody_affected",
            message="Every group is called not relevant. Name what you looked at before you came to that.",
            where=RELEVANCE.form,
            severity=Severity.SERIOUS,
        )


def _forms(questions: tuple[Question, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(question.form for question in questions))


def _blank(facts: AssessmentFacts, form: str) -> set[str]:
    """The groups that something is blank for; "" stands for a question asked once."""
    scope = in_scope(facts)
    places = [(question, "") for question in ONCE]
    places += [(question, key) for question in OF_EACH for key in facts.characteristics]
    places += [(question, key) for question in OF_EACH_IN_SCOPE for key in scope]
    return {key for question, key in places if question.form == form and _is_blank(facts, question, key)}


def _is_blank(facts: AssessmentFacts, question: Question, characteristic: str) -> bool:
    value = facts.answer(*question, characteristic)
    return value is None or (isinstance(value, str) and is_placeholder(value))


def _thin_once(facts: AssessmentFacts, form: str) -> bool:
    return any(
        _is_thin(text_of(facts, question), fewest)
        for question, fewest in FEWEST_WORDS.items()
        if question.form == form
    )


def _is_thin(text: str, fewest: int) -> bool:
    return bool(text) and not is_placeholder(text) and len(text.split()) < fewest
