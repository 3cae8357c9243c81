"""What must be so before a plan goes on to whoever approves it."""

from __future__ import annotations

from eia.domain.facts import ActionState, MoveRequest, PlanFacts
from eia.domain.target_date import TargetKind
from eia.domain.unmet import Unmet
from eia.domain.workflow.definition import About
from eia.domain.workflow.guards.registry import guard, missing


@guard(about=About.PLAN)
def plan_promises_something(facts: PlanFacts, request: MoveRequest) -> Unmet | None:
    """The plan has an action."""
    if facts.actions:
        return None
    return missing("plan_promises_something", "The plan has no actions.")


@guard(about=About.PLAN)
def plan_actions_are_led(facts: PlanFacts, request: MoveRequest) -> Unmet | None:
    """Somebody is named for each open action, so that no promise is nobody's."""
    count = sum(1 for item in facts.actions if item.state is ActionState.OPEN and not item.has_lead)
    if not count:
        return None
    return missing("plan_actions_are_led", "%(count)s actions name nobody who leads them.", count=str(count))


@guard(about=About.PLAN)
def plan_actions_are_dated(facts: PlanFacts, request: MoveRequest) -> Unmet | None:
    """Each open action says when, in whatever words, or that it is ongoing."""
    count = sum(
        1
        for item in facts.actions
        if item.state is ActionState.OPEN and item.target.kind is TargetKind.UNKNOWN
    )
    if not count:
        return None
    return missing(
        "plan_actions_are_dated", "%(count)s actions have no date that we can read.", count=str(count)
    )


@guard(about=About.PLAN)
def unchanged_since_sent_on(facts: PlanFacts, request: MoveRequest) -> Unmet | None:
    """The plan promises what it promised when it was sent to scrutiny."""
    if not facts.changed_since_sent_on:
        return None
    return missing(
        "unchanged_since_sent_on",
        "What this plan promises was changed since scrutiny saw it. Return it, so that it is sent again.",
    )


@guard(personal=True, about=About.PLAN)
def imported_none_of_it(facts: PlanFacts, request: MoveRequest) -> Unmet | None:
    """Whoever brought the plan in, or changed what it promises, does not approve it."""
    if request.actor_id not in facts.imported_by:
        return None
    return missing(
        "imported_none_of_it", "You imported or changed this plan, so somebody else must approve it."
    )


@guard(personal=True, about=About.PLAN)
def sent_on_by_somebody_else(facts: PlanFacts, request: MoveRequest) -> Unmet | None:
    """Whoever sent the plan to scrutiny, or on from there, does not approve it."""
    if request.actor_id not in facts.sent_on_by:
        return None
    return missing(
        "sent_on_by_somebody_else", "You sent this plan on yourself, so somebody else must approve it."
    )
