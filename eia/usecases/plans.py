"""The plans there are, and one plan with everything that came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from eia.domain.action import Action
from eia.domain.errors import NotFound
from eia.domain.people import Actor
from eia.domain.policy import Permission, may
from eia.store import actions, people, plan_parts, plans
from eia.store.plan_parts import Objective, PlanChange, PlanRecommendation, PlanVersion
from eia.store.plans import Plan, PlanLine
from eia.usecases.plan_carry import done_of
from eia.usecases.plan_visibility import must_see_plan, visible_departments
from eia.usecases.services import Services


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    """One plan with everything that came of it."""

    plan: Plan
    department: str
    actions: tuple[Action, ...]
    shown: frozenset[UUID]  # the actions whose own pages the person may see
    assessments: tuple[plans.ScheduledAssessment, ...]
    objectives: tuple[Objective, ...]
    recommendations: tuple[PlanRecommendation, ...]
    aliases: tuple[tuple[str, str], ...]  # as written, and who is meant
    versions: tuple[PlanVersion, ...]
    before: Plan | None  # the plan of the period before, and
    after: Plan | None  # of the next one
    done_before: tuple[Action, ...]  # what was done in the period before
    today: date

    def answering(self, asked: PlanRecommendation) -> tuple[Action, ...]:
        """The actions that answer a recommendation."""
        return tuple(item for item in self.actions if item.id in asked.answers)

    def headings(self) -> tuple[tuple[str, tuple[Action, ...]], ...]:
        """The actions under the headings of the document, in its order."""
        return tuple((name, tuple(items)) for name, items in groupby(self.actions, lambda item: item.heading))


def plan_lines(services: Services, actor: Actor) -> tuple[PlanLine, ...]:
    """The plans the actor may see, newest period first."""
    with services.database.read() as connection:
        return plans.lines(
            connection, actor.body_id, departments=visible_departments(actor), today=services.today()
        )


def plan_page(services: Services, actor: Actor, plan_id: UUID) -> PlanPage:
    """One plan. Raises `NotFound` for whoever may not see it."""
    with services.database.read() as connection:
        plan = must_see_plan(actor, plans.one(connection, actor.body_id, plan_id))
        promised = actions.of_plan(connection, plan_id)
        names = {each.id: each.name for each in people.departments(connection, actor.body_id)}
        return PlanPage(
            plan=plan,
            department=names.get(plan.department_id, "") if plan.department_id else "",
            actions=promised,
            shown=frozenset(
                item.id for item in promised if may(actor, Permission.VIEW_ACTION, item.subject())
            ),
            assessments=plans.assessments_of(connection, plan_id, actor, services.today()),
            objectives=plan_parts.objectives(connection, plan_id),
            recommendations=plan_parts.recommendations(connection, plan_id),
            aliases=plan_parts.aliases_of(connection, plan_id),
            versions=plan_parts.versions(connection, plan_id),
            before=plans.one(connection, actor.body_id, plan.carried_from) if plan.carried_from else None,
            after=plans.carried_to(connection, plan_id),
            done_before=done_of(actions.of_plan(connection, plan.carried_from)) if plan.carried_from else (),
            today=services.today(),
        )


@dataclass(frozen=True, kw_only=True)
class VersionPage:
    """One version of a plan, with what it changed of each action."""

    plan: Plan
    version: PlanVersion
    changes: tuple[tuple[PlanChange, Action], ...]
    shown: frozenset[UUID]


def version_page(services: Services, actor: Actor, plan_id: UUID, number: int) -> VersionPage:
    """Raises `NotFound` for whoever may not see the plan, and for a version it never had."""
    page = plan_page(services, actor, plan_id)
    version = next((each for each in page.versions if each.number == number), None)
    if version is None:
        raise NotFound
    with services.database.read() as connection:
        changes = plan_parts.changes(connection, plan_id, number)
    known = {item.id: item for item in page.actions}
    return VersionPage(
        plan=page.plan,
        version=version,
        changes=tuple((each, known[each.action_id]) for each in changes if each.action_id in known),
        shown=page.shown,
    )
