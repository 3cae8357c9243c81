"""What a report says of actions: whether they were done in time, and how often their dates moved."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, and_, func, not_, or_, select

from eia.domain.action import ProgressKind
from eia.domain.facts import ActionState
from eia.domain.report.figures import PartName, Tally
from eia.store.report_counting import Count, Is, by_department
from eia.store.report_scope import Scope
from eia.store.tables import action, action_progress, assessment, plan
from eia.store.targets import has_deadline
from eia.store.visibility import ACTION_DEPARTMENT


def actions_on_time(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Actions due in the period: how many were done by their target date.

    An open action without a day to be done by is unknown.
    """
    row = action.c
    can_be_late = has_deadline(row)
    due = _of_actions(scope).where(can_be_late, scope.on_day(row.target_latest))
    undated = _of_actions(scope).where(
        or_(row.target_latest.is_(None), not_(can_be_late)),
        row.state == ActionState.OPEN,
        row.created_at < scope.ends,
    )
    done = and_(row.state.in_((ActionState.DONE, ActionState.VERIFIED)), row.done_on <= scope.as_at)
    marks = {
        "dated": and_(can_be_late, row.target_latest.is_not(None)),
        "done": done,
        "on_time": and_(done, row.done_on <= row.target_latest),
        "unverified": row.state == ActionState.DONE,
        "dropped": row.state == ActionState.DROPPED,
        "carried": row.state == ActionState.CARRIED_FORWARD,
    }

    def count(is_: Is) -> Count:
        settled = or_(is_.done, is_.dropped, is_.carried)
        return Count(
            counted=and_(is_.dated, is_.on_time),
            out_of=is_.dated,
            unknown=not_(is_.dated),
            parts={
                PartName.TO_BE_VERIFIED: and_(is_.on_time, is_.unverified),
                PartName.DONE_LATE: and_(is_.dated, is_.done, not_(is_.on_time)),
                PartName.DROPPED: is_.dropped,
                PartName.CARRIED_FORWARD: is_.carried,
                PartName.STILL_OPEN: and_(is_.dated, not_(settled)),
            },
        )

    return by_department(connection, (due, undated), marks, count)


def dates_moved(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Actions that were open in the period: how many had their target date moved, and how often."""
    slips = (
        select(action_progress.c.action_id, func.count().label("times"))
        .where(action_progress.c.kind == ProgressKind.MOVED, scope.at_time(action_progress.c.at))
        .group_by(action_progress.c.action_id)
        .subquery()
    )
    was_open = or_(action.c.done_on.is_(None), action.c.done_on >= scope.first)
    rows = (
        _of_actions(scope)
        .outerjoin(slips, slips.c.action_id == action.c.id)
        .where(action.c.created_at < scope.ends, or_(slips.c.times.is_not(None), was_open))
        .add_columns(func.coalesce(slips.c.times, 0).label("times"))
    )
    return by_department(
        connection,
        (rows,),
        {"moved": slips.c.times.is_not(None)},
        lambda is_: Count(counted=is_.moved, sums={PartName.TIMES_MOVED: is_.times}),
    )


def _of_actions(scope: Scope) -> Select[Any]:
    return (
        select(ACTION_DEPARTMENT.label("department_id"))
        .select_from(action)
        .outerjoin(assessment, assessment.c.id == action.c.assessment_id)
        .outerjoin(plan, plan.c.id == action.c.plan_id)
        .where(scope.actions)
    )
