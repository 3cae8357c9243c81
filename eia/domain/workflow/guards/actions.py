"""What must be promised, and what must have come of it."""

from __future__ import annotations

from eia.domain.facts import ActionState, AssessmentFacts, MoveRequest
from eia.domain.unmet import Unmet
from eia.domain.workflow.guards.registry import guard, missing


@guard()
def action_promised(facts: AssessmentFacts, request: MoveRequest) -> Unmet | None:
    """At least one action has a lead and a date by which it is to be done."""
    dropped = ActionState.DROPPED
    if any(item.has_lead and item.target.latest and item.state is not dropped for item in facts.actions):
        return None
    return missing("action_promised", "Add at least one action with a lead and a target date.", "actions")


@guard()
def actions_settled(facts: AssessmentFacts, request: MoveRequest) -> Unmet | None:
    """No action is still open: each is done, dropped with a reason, or carried forward."""
    if any(item.state is ActionState.OPEN for item in facts.actions):
        return missing(
            "actions_settled", "Some actions are still open: finish, drop or carry them forward.", "actions"
        )
    return None
