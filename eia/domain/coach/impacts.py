"""Whether the ratings, read together, can be believed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from eia.domain.coach.advice import Advice, Severity
from eia.domain.coach.questions import (
    CHANGED_PROPOSAL,
    COMBINATION,
    COMBINATION_JUSTIFICATION,
    COMBINATION_MITIGATION,
    COMBINATION_RATING,
    COMBINATIONS,
    JUSTIFICATION,
    MITIGATION,
    OUTCOME,
    RATING,
    all_rated,
    in_scope,
    rated,
    text_of,
)
from eia.domain.coach.registry import rule
from eia.domain.coach.words import is_placeholder
from eia.domain.facts import AssessmentFacts
from eia.domain.workflow.guards.registry import contains


@rule
def positive_only(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """A change that helps some seldom costs nobody anything."""
    if all_rated(facts) and rated(facts, "positive") and not rated(facts, "negative", "unknown"):
        yield Advice(
            rule="positive_only",
            message="Only good effects are found. Look again for whom it could make something harder.",
            where=RATING.form,
        )


@rule
def negative_unanswered(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """A harm is reduced, justified, or the proposal is changed.

    Source: R (Bracking) v Work and Pensions Secretary [2013] EWCA Civ 1345.
    """
    if text_of(facts, CHANGED_PROPOSAL):
        return
    bare = tuple(
        key
        for key in rated(facts, "negative")
        if is_placeholder(text_of(facts, MITIGATION, key))
        and is_placeholder(text_of(facts, JUSTIFICATION, key))
    )
    if bare:
        yield Advice(
            rule="negative_unanswered",
            message="A negative impact is neither reduced nor justified. Say what you will do, or why not.",
            where=MITIGATION.form,
            characteristics=bare,
            severity=Severity.SERIOUS,
        )


@rule
def unknown_left_open(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """Somebody is finding out about what is unknown."""
    pursued = {
        key for item in facts.evidence if item.is_gap and item.action_id for key in item.characteristics
    }
    pursued |= {action.characteristic for action in facts.actions if action.characteristic}
    idle = tuple(key for key in rated(facts, "unknown") if key not in pursued)
    if idle:
        yield Advice(
            rule="unknown_left_open",
            message="An impact is unknown and no action is finding out. Add one, with a lead and a date.",
            where="actions",
            characteristics=idle,
            severity=Severity.SERIOUS,
        )


@rule
def combinations_not_considered(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """Where several groups are affected, some people belong to two of them."""
    if len(in_scope(facts)) > 1 and all_rated(facts) and is_placeholder(text_of(facts, COMBINATIONS)):
        yield Advice(
            rule="combinations_not_considered",
            message="People who belong to several groups at once are not thought of. Say how you looked.",
            where=COMBINATIONS.form,
        )


@rule
def combination_left_open(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """Whoever names people of several groups at once says what happens to them, and answers harm."""
    added = facts.added_rows(COMBINATION.form, "combination")
    if any(_is_open(facts, row) for row in added):
        yield Advice(
            rule="combination_left_open",
            message="A combination of groups is named, and what happens to it is not explained or answered.",
            where=COMBINATION.form,
            severity=Severity.SERIOUS,
        )


@rule
def outcome_denies_harm(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """To go ahead as it is says that no harm was found."""
    harmed = rated(facts, "negative")
    if harmed and facts.answer(*OUTCOME) == "proceed":
        yield Advice(
            rule="outcome_denies_harm",
            message="It goes ahead as it is, although harm was found. Adjust it, or say that harm remains.",
            where=OUTCOME.form,
            characteristics=harmed,
            severity=Severity.SERIOUS,
        )


def _is_open(facts: AssessmentFacts, row: str) -> bool:
    rating = facts.answer(*COMBINATION_RATING, row)
    answers = (text_of(facts, name, row) for name in (COMBINATION_MITIGATION, COMBINATION_JUSTIFICATION))
    unanswered = contains(rating, ("negative",)) and all(is_placeholder(text) for text in answers)
    return rating is None or is_placeholder(text_of(facts, COMBINATION, row)) or unanswered
