"""Whether it will be ready when it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from eia.domain.coach.advice import Advice, Severity
from eia.domain.coach.registry import rule
from eia.domain.facts import AssessmentFacts


@rule
def decided_before_approval(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """The assessment is approved, and is promised, no later than the decision it is for.

    Source: R (Brown) v Work and Pensions Secretary [2008] EWHC 3158 (Admin): before and at the time.
    """
    if facts.decision_on is None:
        return
    if message := _too_late(facts, facts.decision_on, today):
        yield Advice(
            rule="decided_before_approval", message=message, where="details", severity=Severity.SERIOUS
        )
    elif _could_be_too_late(facts, facts.decision_on):
        yield Advice(
            rule="decided_before_approval",
            message="The target date may turn out to be after the decision. Name a day that is before it.",
            where="details",
        )


def _too_late(facts: AssessmentFacts, decided: date, today: date) -> str | None:
    if facts.approved_on is not None:
        after = "The assessment was approved after the decision it was for."
        return after if facts.approved_on > decided else None
    if decided < today:
        return "The day of the decision has passed, and the assessment is not approved. Give the new day."
    if facts.target is not None and facts.target.earliest is not None and facts.target.earliest > decided:
        return (
            "The target date is after the decision. Have the assessment ready first, or the decision later."
        )
    return None


def _could_be_too_late(facts: AssessmentFacts, decided: date) -> bool:
    """A month, or an open end, on both sides of the decision."""
    if facts.approved_on is not None or facts.target is None or facts.target.latest is None:
        return False
    return facts.target.latest > decided
