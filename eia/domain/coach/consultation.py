"""Whether those whom it is about were asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from eia.domain.coach.advice import Advice, Severity
from eia.domain.coach.questions import RATING, affected, has_begun
from eia.domain.coach.registry import rule
from eia.domain.facts import AssessmentFacts


@rule
def consultation_missed_the_affected(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """Each group that could be affected was invited, or was heard without an invitation."""
    reached = {key for item in facts.consultations for key in (*item.characteristics, *item.heard)}
    concerned = affected(facts)
    missed = tuple(key for key in concerned if key not in reached)
    if not missed or not (facts.consultations or has_begun(facts, RATING.form)):
        return
    if missed == concerned:
        yield Advice(
            rule="consultation_missed_the_affected",
            message="Nobody whom the proposal could affect was asked. Ask them, or say why you cannot.",
            where="consultation",
            characteristics=missed,
            severity=Severity.SERIOUS,
        )
    else:
        yield Advice(
            rule="consultation_missed_the_affected",
            message="Some groups that the proposal could affect were neither invited nor heard from.",
            where="consultation",
            characteristics=missed,
        )
