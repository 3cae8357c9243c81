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
from eia.store import people, plan_steps, plans
from eia.store.plan_steps import PlanStanding, PlanStep
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
    is_changed: bool  # on its way, it promises something else than what scrutiny was given
    choices: tuple[Choice, ...]
    steps: tuple[PlanStep, ...]


def approval_page(services: Services, actor: Actor, plan_id: UUID) -> ApprovalPage:
    """Raises `NotFound` for whoever may not see the plan."""
    with services.database.read() as connection:
        plan = must_see_plan(actor, plans.one(connection, actor.body_id, plan_id))
        standing = plan_steps.standing(connection, plan_id)
    facts = _facts(services, actor, plan, standing)
    definition = content.workflow(facts.workflow)
    return ApprovalPage(
        definition=definition,
        stage=facts.stage,
        row_version=plan.row_version,
        is_changed=facts.changed_since_sent_on and not definition.is_end(facts.stage),
        choices=open_moves(definition, facts, actor, services.today()),
        steps=standing.steps,
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
        facts = _facts(services, actor, plan, plan_steps.standing(work.connection, plan_id))
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


def _facts(services: Services, actor: Actor, plan: Plan, standing: PlanStanding) -> PlanFacts:
    workflow = plan.workflow or content.plan_workflow_names()[-1]
    begins = content.workflow(workflow).starts_at
    sent_on = tuple(_since(begins, standing.steps))
    return PlanFacts(
        id=plan.id,
        body_id=actor.body_id,
        department_id=plan.department_id,
        title=plan.title,
        workflow=workflow,
        row_version=plan.row_version,
        stage=plan.stage or begins,
        stage_since=plan.stage_since or services.now(),
        actions=tuple(_action(item) for item in standing.promised),
        content_hash=standing.content_hash,
        imported_by=standing.written_by,
        sent_on_by=frozenset(step.person_id for step in sent_on),
        sent_on_hash=sent_on[-1].content_hash if sent_on else "",
    )


def _since(stage: str, taken: tuple[PlanStep, ...]) -> Iterator[PlanStep]:
    """The steps after the plan was last at this stage, newest first."""
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
        content_hash=facts.content_hash,
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
                "content_hash": facts.content_hash,
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
