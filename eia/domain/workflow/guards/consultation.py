"""What a consultation must have done before anyone draws conclusions from it."""

from __future__ import annotations

from datetime import date

from eia.domain.facts import AssessmentFacts, ConsultationFacts, MoveRequest
from eia.domain.unmet import Unmet
from eia.domain.workflow.definition import Finding
from eia.domain.workflow.guards.registry import Among, guard, missing


@guard()
def consultation_closed(facts: AssessmentFacts, request: MoveRequest, *, minimum_days: int) -> Finding:
    """Every window is over, and one was open for `minimum_days` days, its first and last included."""
    if not facts.consultations:
        return missing("consultation_closed", "No consultation is recorded yet.", "consultation")
    return (*_still_open(facts.consultations, request.today), *_too_short(facts.consultations, minimum_days))


@guard()
def consultation_reported(facts: AssessmentFacts, request: MoveRequest) -> Finding:
    """Each consultation says what people told us and what changed because of it."""
    silent = any(not consultation.summary.strip() for consultation in facts.consultations)
    unchanged = any(not consultation.changed.strip() for consultation in facts.consultations)
    found = []
    if silent:
        found.append(missing("consultation_reported", "Write down what people said.", "consultation"))
    if unchanged:
        found.append(
            missing(
                "consultation_reported",
                "Write down what changed because of what people said.",
                "consultation",
            )
        )
    return tuple(found)


@guard()
def heard_or_explained(facts: AssessmentFacts, request: MoveRequest, *, scope: Among) -> Unmet | None:
    """Every characteristic in scope was heard from, or it is explained why not."""
    heard = {key for consultation in facts.consultations for key in consultation.heard}
    if any(consultation.not_heard_because.strip() for consultation in facts.consultations):
        return None
    silent = tuple(key for key in facts.characteristics if key not in heard and scope.holds(facts, key))
    if not silent:
        return None
    return missing(
        "heard_or_explained", "Explain why some groups were not heard from.", "consultation", of=silent
    )


def _still_open(consultations: tuple[ConsultationFacts, ...], today: date) -> tuple[Unmet, ...]:
    if all(item.closes_on is not None and item.closes_on < today for item in consultations):
        return ()
    return (missing("consultation_closed", "The consultation has not closed yet.", "consultation"),)


def _too_short(consultations: tuple[ConsultationFacts, ...], minimum_days: int) -> tuple[Unmet, ...]:
    if any(_days_open(item) >= minimum_days for item in consultations):
        return ()
    return (
        missing(
            "consultation_closed",
            "The consultation must be open for at least %(days)s days.",
            "consultation",
            days=str(minimum_days),
        ),
    )


def _days_open(consultation: ConsultationFacts) -> int:
    if consultation.opens_on is None or consultation.closes_on is None:
        return 0
    return (consultation.closes_on - consultation.opens_on).days + 1
