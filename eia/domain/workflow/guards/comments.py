"""What people asked each other while they wrote must be settled before somebody checks it."""

from __future__ import annotations

from eia.domain.facts import AssessmentFacts, MoveRequest
from eia.domain.unmet import Unmet
from eia.domain.workflow.guards.registry import guard, missing


@guard()
def comments_resolved(facts: AssessmentFacts, request: MoveRequest) -> Unmet | None:
    """No comment thread is still open."""
    if not facts.open_threads:
        return None
    return missing("comments_resolved", "Some comments are still open: answer and resolve them.", "comments")
