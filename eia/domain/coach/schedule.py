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
    message = _too_late(facts, today)
    if message:
        yield Advice(
            rule="decided_before_approval", message=message, where="details", severity=Severity.SERIOUS
        )


def _too_late(facts: AssessmentFacts, today: date) -> str | None:
    decided, target = facts.decision_on, facts.target
    if decided is None:
        return None
    if facts.approved_on is not None:
        after = "The assessment was approved after the decision it was for."
        return after if facts.approved_on > decided else None
    if decided < today:
        return (
            "The day of the decision has passed, and the assessment is not approved. Move one or the other."
        )
    if target is not None and target.latest is not None and target.latest > decided:
        return (
            "The target date is after the decision. Have the assessment ready first, or the decision later."
        )
    return None
