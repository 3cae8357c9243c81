"""What must be known before an assessment is begun, and when its review may begin."""

from __future__ import annotations

from eia.domain.facts import AssessmentFacts, MoveRequest
from eia.domain.target_date import TargetKind
from eia.domain.unmet import Unmet
from eia.domain.workflow.guards.registry import guard, missing


@guard()
def has_lead(facts: AssessmentFacts, request: MoveRequest) -> Unmet | None:
    """Somebody leads the assessment."""
    if facts.lead_id is None:
        return missing("has_lead", "Name the person who leads this assessment.", "details")
    return None


@guard()
def has_department(facts: AssessmentFacts, request: MoveRequest) -> Unmet | None:
    """A directorate answers for the assessment."""
    if facts.department_id is None:
        return missing("has_department", "Say which directorate answers for this assessment.", "details")
    return None


@guard()
def has_decision_body(facts: AssessmentFacts, request: MoveRequest) -> Unmet | None:
    """It is known who will take the decision."""
    if not facts.decision_body.strip():
        return missing(
            "has_decision_body", "Say who will take the decision this assessment is for.", "details"
        )
    return None


@guard()
def has_target_date(facts: AssessmentFacts, request: MoveRequest) -> Unmet | None:
    """The assessment is promised for some time, however fuzzy."""
    if facts.target is None or facts.target.kind is TargetKind.UNKNOWN:
        return missing(
            "has_target_date",
            "Give a target date. A month, a season or a financial year will do.",
            "details",
        )
    return None


@guard()
def lead_accepted(facts: AssessmentFacts, request: MoveRequest) -> Unmet | None:
    """The lead has agreed to lead."""
    if not facts.lead_accepted:
        return missing("lead_accepted", "The lead has not yet agreed to lead this assessment.", "details")
    return None


@guard(contradicts=("review_date_not_reached",))
def review_date_reached(facts: AssessmentFacts, request: MoveRequest) -> Unmet | None:
    """The day set for the review is today or past."""
    if facts.review_on is None:
        return missing("review_date_reached", "No review date is set yet.", "details")
    if request.today < facts.review_on:
        day = f"{facts.review_on.day} {facts.review_on:%B %Y}"
        return missing("review_date_reached", "The review is not due before %(day)s.", day=day)
    return None


@guard(contradicts=("review_date_reached",))
def review_date_not_reached(facts: AssessmentFacts, request: MoveRequest) -> Unmet | None:
    """The review would be early, so it needs a reason of its own."""
    if facts.review_on is not None and request.today >= facts.review_on:
        return missing("review_date_not_reached", "The review date has come: begin the review as planned.")
    return None
