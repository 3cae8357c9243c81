"""The questions that the coach reads. A workflow without one of them hears nothing about it."""

from __future__ import annotations

from eia.domain.facts import AssessmentFacts
from eia.domain.workflow.guards.registry import Among, Question

RELEVANCE = Question("screening", "relevance.relevance")
EFFECT = Question("screening", "relevance.effect")
REASON = Question("screening", "relevance.reason")
SCREENING_OUTCOME = Question("screening", "outcome_reason")

RATING = Question("impact", "impact.rating")
EXPLANATION = Question("impact", "impact.explanation")
WHO_AND_HOW_MANY = Question("impact", "impact.who_and_how_many")
MITIGATION = Question("impact", "impact.mitigation")
JUSTIFICATION = Question("impact", "impact.justification")
CHANGED_PROPOSAL = Question("impact", "changed_proposal")
COMBINATIONS = Question("impact", "combinations")
COMBINATION = Question("impact", "combination.explanation")
COMBINATION_RATING = Question("impact", "combination.rating")
COMBINATION_MITIGATION = Question("impact", "combination.mitigation")
COMBINATION_JUSTIFICATION = Question("impact", "combination.justification")
AIMS = (
    Question("impact", "aim_eliminate"),
    Question("impact", "aim_advance"),
    Question("impact", "aim_foster"),
)

PURPOSE = Question("schedule", "purpose")
WHO_IS_AFFECTED = Question("schedule", "who_is_affected")
WHY_NOW = Question("schedule", "why_now")
OUTCOME = Question("outcome", "recommended_outcome")
OUTCOME_REASON = Question("outcome", "outcome_reason")

NOT_RELEVANT = Among(question=RELEVANCE, values=("not_relevant",))
AFFECTED = Among(question=RELEVANCE, values=("relevant", "no_evidence"))


def in_scope(facts: AssessmentFacts) -> tuple[str, ...]:
    """The characteristics that screening did not set aside."""
    return tuple(key for key in facts.characteristics if not NOT_RELEVANT.holds(facts, key))


def affected(facts: AssessmentFacts) -> tuple[str, ...]:
    """The characteristics that screening found relevant, or could not tell about."""
    return tuple(key for key in facts.characteristics if AFFECTED.holds(facts, key))


def rated(facts: AssessmentFacts, *ratings: str) -> tuple[str, ...]:
    """The characteristics in scope whose impact is rated so, whatever else it is too."""
    among = Among(question=RATING, values=ratings)
    return tuple(key for key in in_scope(facts) if among.holds(facts, key))


def all_rated(facts: AssessmentFacts) -> bool:
    """Whether each characteristic in scope has a rating, so that the whole can be judged."""
    scope = in_scope(facts)
    return bool(scope) and all(facts.answer(*RATING, key) is not None for key in scope)


def has_begun(facts: AssessmentFacts, form: str) -> bool:
    """Whether anybody answered anything in this form; before that nothing in it is weak."""
    return any(key.form == form for key in facts.answers)


def text_of(facts: AssessmentFacts, question: Question, characteristic: str = "") -> str:
    """What was written, or nothing."""
    value = facts.answer(*question, characteristic)
    return value.strip() if isinstance(value, str) else ""


def texts_of(facts: AssessmentFacts, question: Question) -> dict[str, str]:
    """What was written for each characteristic for which anything was."""
    found = {key: text_of(facts, question, key) for key in facts.characteristics}
    return {key: text for key, text in found.items() if text}
