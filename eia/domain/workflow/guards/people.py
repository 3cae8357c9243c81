"""Separation of duties, judged on the record of this version and never on today's role."""

from __future__ import annotations

from eia.domain.facts import AssessmentFacts, MoveRequest
from eia.domain.unmet import Unmet
from eia.domain.workflow.guards.registry import guard, missing
from eia.domain.workflow.signatures import counting


@guard(personal=True)
def wrote_none_of_it(facts: AssessmentFacts, request: MoveRequest) -> Unmet | None:
    """Whoever wrote, leads or handed in any of this version may neither review nor sign it."""
    if request.actor_id in facts.authors:
        return missing("wrote_none_of_it", "You wrote part of this version, so someone else must do this.")
    if request.actor_id in facts.answerable:  # to let others write it makes it no less one's own
        return missing(
            "wrote_none_of_it", "This version is or was yours to hand in, so someone else must do this."
        )
    return None


@guard(personal=True)
def reviewed_none_of_it(facts: AssessmentFacts, request: MoveRequest) -> Unmet | None:
    """Whoever recommended or returned this version, or answered its checklist, may not sign it."""
    if request.actor_id in facts.reviewers:
        return missing("reviewed_none_of_it", "You reviewed this version, so someone else must sign it.")
    return None


@guard(personal=True)
def has_not_signed(facts: AssessmentFacts, request: MoveRequest) -> Unmet | None:
    """Two signatures are two people's, whatever roles one of them holds."""
    if any(signature.person_id == request.actor_id for signature in counting(facts)):
        return missing("has_not_signed", "You have signed this version already.")
    return None


@guard()
def unchanged_since_recommended(facts: AssessmentFacts, request: MoveRequest) -> Unmet | None:
    """What would be signed is, to the letter, what the champion recommended."""
    if facts.recommended_hash is not None and facts.content_hash == facts.recommended_hash:
        return None
    return missing(
        "unchanged_since_recommended",
        "It has changed since it was recommended, so it must be reviewed again before anyone signs.",
        "sign_off",
    )
