"""A plan as a paper: objective, action, target date as written, lead, outcome and progress."""

from __future__ import annotations

from uuid import UUID

from eia.domain.people import Actor
from eia.domain.report.period import days
from eia.domain.report.report import Actions, Extent, ListName, Report, ReportKind
from eia.store import action_progress, actions, people, plans
from eia.usecases.plan_visibility import must_see_plan
from eia.usecases.report_lines import action_line
from eia.usecases.services import Services


def plan_report(services: Services, actor: Actor, plan_id: UUID) -> Report:
    """The plan in the order of its document. Raises `NotFound` for whoever may not see it."""
    today = services.today()
    with services.database.read() as connection:
        plan = must_see_plan(actor, plans.one(connection, actor.body_id, plan_id))
        promised = actions.of_plan(connection, plan_id)
        notes = action_progress.last_words(connection, [item.id for item in promised])
        names = {each.id: each.name for each in people.departments(connection, actor.body_id)}
        body = people.find_body(connection, actor.body_id).name
    lines = tuple(action_line(item, notes.get(item.id), today) for item in promised)
    return Report(
        kind=ReportKind.PLAN,
        language=actor.language,
        body=body,
        title=plan.title,
        department=names.get(plan.department_id, "") if plan.department_id else "",
        extent=Extent.DEPARTMENT,
        period=days(plan.period_from, plan.period_to) if plan.period_from and plan.period_to else None,
        as_at=today,
        printed_on=today,
        lists=(Actions(name=ListName.PLAN, lines=lines),),
    )
