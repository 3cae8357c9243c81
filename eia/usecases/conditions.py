"""Approvals that are subject to actions: whoever gave one hears when its action slips."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from eia.domain.action import Action, ProgressKind
from eia.domain.errors import Invalid
from eia.domain.events import Notice
from eia.domain.facts import ActionState, AssessmentFacts
from eia.domain.people import Actor
from eia.store import conditions
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.services import Services

TOLD = {
    ProgressKind.DELAYED: "condition_delayed",
    ProgressKind.MOVED: "condition_moved",
    ProgressKind.DROPPED: "condition_dropped",
    ProgressKind.CARRIED_FORWARD: "condition_carried",
}


def check(facts: AssessmentFacts, action_ids: Collection[UUID]) -> None:
    """An approval can be subject only to what this assessment promises and has not done yet."""
    known = {item.id for item in facts.actions if item.state is ActionState.OPEN}
    if not known.issuperset(action_ids):
        raise Invalid({"subject_to": "Choose from the actions that are still open"})


def tell_approvers(
    services: Services, work: UnitOfWork, actor: Actor, item: Action, kind: ProgressKind
) -> None:
    """A notice to each person whose approval is subject to the action; nobody is told of their own doing.

    `item` is the action as it was before; one verified after its deadline closes late.
    """
    said = _late(item) if kind is ProgressKind.VERIFIED else TOLD.get(kind)
    if said is None:
        return
    told = {each.person_id for each in conditions.approvers(work.connection, item.id)} - {actor.id}
    notices = [Notice(kind=said, recipient_id=person_id, action_id=item.id) for person_id in sorted(told)]
    work.notify(item.body_id, notices, now=services.now())


def _late(item: Action) -> str | None:
    is_late = item.deadline is not None and item.done_on is not None and item.done_on > item.deadline
    return "condition_late" if is_late else None
