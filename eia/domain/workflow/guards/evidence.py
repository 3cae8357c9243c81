"""What the evidence must cover."""

from __future__ import annotations

from eia.domain.facts import AssessmentFacts, MoveRequest, given_up
from eia.domain.unmet import Unmet
from eia.domain.workflow.guards.registry import Among, guard, missing


def covered_groups(facts: AssessmentFacts) -> frozenset[str]:
    """The groups that have a source, or a gap with an action that will close it."""
    closing_nothing = (None, *given_up(facts.actions))
    said = (item for item in facts.evidence if not item.is_gap or item.action_id not in closing_nothing)
    return frozenset(key for item in said for key in item.characteristics)


@guard()
def evidence_or_gap(facts: AssessmentFacts, request: MoveRequest, *, scope: Among) -> Unmet | None:
    """Every characteristic in scope has a source, or a gap with an action that will close it."""
    covered = covered_groups(facts)
    bare = tuple(key for key in facts.characteristics if key not in covered and scope.holds(facts, key))
    if not bare:
        return None
    return missing(
        "evidence_or_gap",
        "Some characteristics have no evidence, and no gap with an action to close it.",
        "evidence",
        of=bare,
    )
