"""The one door between the stages of a plan's approval: load, decide, record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from uuid import UUID

from eia import content
from eia.domain.action import Action
from eia.domain.errors import Stale
from eia.domain.events import Event, Notice
from eia.domain.facts import ActionFacts, MoveRequest, PlanFacts
from eia.domain.people import Actor
from eia.domain.workflow.choices import Choice, Decision, decide, open_moves
from eia.domain.workflow.definition import WorkflowDefinition
from eia.store import actions, people, plan_steps, plans
from eia.store.plan_steps import PlanStep
from eia.store.plans import Plan
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.plan_visibility import must_see_plan
from eia.usecases.services import Services

BEGAN_AGAIN = "A newer version of the plan was imported, so its approval begins again."


@dataclass(frozen=True, kw_only=True)
class ApprovalPage:
    """Where a plan stands on its way to approval, what this person can do, and what was done."""

    definition: WorkflowDefinition
    stage: str
    row_version: int
    choices: tuple[Choice, ...]
    steps: tuple[PlanStep, ...]


def approval_page(services: Services, actor: Actor, plan_id: UUID) -> ApprovalPage:
    """Raises `NotFound` for whoever may not see the plan."""
    with services.database.read() as connection:
        plan = must_see_plan(actor, plans.one(connection, actor.body_id, plan_id))
        promised = actions.of_plan(connection, plan_id)
        written_by = plan_steps.written_by(connection, plan_id)
        taken = plan_steps.steps(connection, plan_id)
        facts = _facts(actor, plan, promised, written_by, taken, services)
    definition = content.workflow(facts.workflow)
    return ApprovalPage(
        definition=definition,
        stage=facts.stage,
        row_version=plan.row_version,
        choices=open_moves(definition, facts, actor, services.today()),
        steps=taken,
    )


def move_plan(
    services: Services,
    actor: Actor,
    plan_id: UUID,
    move: str,
    *,
    page_version: int,
    comment: str = "",
    attested: bool = False,
) -> str:
    """The plan's next stage, with its history, its audit event and what is owed to people, or nothing.

    Raises `NotFound`, `Stale`, `NotAllowed`, `NotReady` with every unmet guard, and `Invalid`.
    """
    with services.database.write() as work:
        plan = must_see_plan(actor, plans.locked(work.connection, actor.body_id, plan_id))
        if plan.row_version != page_version:
            raise Stale([], current_version=plan.row_version)
        promised = actions.of_plan(work.connection, plan_id)
        written_by = plan_steps.written_by(work.connection, plan_id)
        taken = plan_steps.steps(work.connection, plan_id)
        facts = _facts(actor, plan, promised, written_by, taken, services)
        definition = content.workflow(facts.workflow)
        request = MoveRequest(actor_id=actor.id, today=services.today(), comment=comment, attested=attested)
        decision = decide(definition, facts, actor, move, request)
        _record(services, work, actor, facts, definition, decision)
        return decision.to_stage


def begin_again(services: Services, work: UnitOfWork, actor: Actor, plan_id: UUID) -> None:
    """What is approved is a version: when a newer one is imported, a plan that had gone on starts afresh."""
    plan = plans.locked(work.connection, actor.body_id, plan_id)
    if plan is None or plan.stage is None or plan.workflow is None:
        return
    definition = content.workflow(plan.workflow)
    if plan.stage == definition.starts_at:
        return
    step = PlanStep(
        move="new_version",
        from_stage=plan.stage,
        to_stage=definition.starts_at,
        person_id=actor.id,
        role=min(actor.roles()),
        comment=BEGAN_AGAIN,
        at=services.now(),
    )
    plan_steps.take(work.connection, plan_id, plan.row_version, plan.workflow, step)


def _facts(
    actor: Actor,
    plan: Plan,
    promised: tuple[Action, ...],
    imported_by: frozenset[UUID],
    taken: tuple[PlanStep, ...],
    services: Services,
) -> PlanFacts:
    workflow = plan.workflow or content.plan_workflow_names()[-1]
    begins = content.workflow(workflow).starts_at
    return PlanFacts(
        id=plan.id,
        body_id=actor.body_id,
        department_id=plan.department_id,
        title=plan.title,
        workflow=workflow,
        row_version=plan.row_version,
        stage=plan.stage or begins,
        stage_since=plan.stage_since or services.now(),
        actions=tuple(_action(item) for item in promised),
        imported_by=imported_by,
        sent_on_by=frozenset(step.person_id for step in _since(begins, taken)),
    )


def _since(stage: str, taken: tuple[PlanStep, ...]) -> Iterator[PlanStep]:
    """The steps after the plan was last at this stage."""
    return takewhile(lambda step: step.to_stage != stage, reversed(taken))


def _action(item: Action) -> ActionFacts:
    return ActionFacts(
        id=item.id,
        state=item.state,
        leads=tuple(item.lead_people()),
        has_lead=bool(item.leads),
        target=item.target,
    )


def _record(
    services: Services,
    work: UnitOfWork,
    actor: Actor,
    facts: PlanFacts,
    definition: WorkflowDefinition,
    decision: Decision,
) -> None:
    step = PlanStep(
        move=decision.move.name,
        from_stage=facts.stage,
        to_stage=decision.to_stage,
        person_id=actor.id,
        role=decision.role,
        comment=decision.comment,
        at=services.now(),
    )
    plan_steps.take(work.connection, facts.id, facts.row_version, facts.workflow, step)
    work.record(
        Event(
            name="plan_moved",
            chain_id=facts.id,
            actor_id=actor.id,
            at=services.now(),
            data={
                "move": decision.move.name,
                "from": facts.stage,
                "to": decision.to_stage,
                "role": decision.role.value,
            },
        )
    )
    work.notify(
        actor.body_id, _notices(services, work, actor, facts, definition, decision), now=services.now()
    )


def _notices(
    services: Services,
    work: UnitOfWork,
    actor: Actor,
    facts: PlanFacts,
    definition: WorkflowDefinition,
    decision: Decision,
) -> tuple[Notice, ...]:
    """Whoever has the plan now is told; when it is approved, those who brought it in."""
    owner = definition.stage(decision.to_stage).owner
    listed = people.people(work.connection, actor.body_id, services.today())
    owners = {each.id for each in listed if each.active and any(role is owner for role, _ in each.grants)}
    told = (owners if owner else set(facts.imported_by)) - {actor.id}
    kind = "plan_turn" if owner else "plan_approved"
    return tuple(Notice(kind=kind, recipient_id=each, plan_id=facts.id) for each in sorted(told))
