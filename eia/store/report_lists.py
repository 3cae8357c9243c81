"""The lists of a report: decisions with how far their assessment is, actions with their last word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    exists,
    func,
    literal_column,
    not_,
    select,
)

from eia.domain.action import Action
from eia.domain.facts import ActionState
from eia.store import actions
from eia.store.lead_name import LEAD_NAME
from eia.store.report_scope import Scope
from eia.store.tables import (
    action,
    assessment,
    consultation,
    department,
    plan,
)
from eia.store.targets import has_deadline

Rows = tuple[tuple["DecisionRow", ...], int]
ActionRows = tuple[tuple[Action, ...], int]
"""The first rows of a list, and how many there are in all."""

LONGEST = 200
"""So many lines of a list are printed; then it says how many more there are."""

_a = assessment.c
_NEXT = assessment.alias("next_version")
_IS_OPEN = action.c.state == ActionState.OPEN
_HAS_DEADLINE = has_deadline(action.c)


@dataclass(frozen=True, kw_only=True)
class DecisionRow:
    """A decision with its assessment as it stands."""

    reference: str
    title: str
    department: str
    decision_body: str
    decision_on: date
    approved_on: date | None
    screened_out: bool
    workflow: str
    stage: str
    lead: str


def decided(connection: Connection, scope: Scope) -> Rows:
    """The decisions of the period by their day, up to the longest list, and how many there are."""
    return _decisions(connection, scope, scope.has_in_force(_a.decision_on))


def without_assessment(connection: Connection, scope: Scope) -> Rows:
    """Those of them that were taken with nothing approved and nothing screened out."""
    return _decisions(connection, scope, and_(scope.has_in_force(_a.decision_on), _without(scope)))


def coming(connection: Connection, scope: Scope, until: date) -> Rows:
    """The decisions after the day that is counted to, up to `until`, of assessments still in force."""
    is_last = not_(exists().where(_NEXT.c.previous_id == _a.id))
    ahead = and_(_a.decision_on > scope.as_at, _a.decision_on <= until)
    return _decisions(connection, scope, and_(ahead, is_last, not_(scope.withdrawn_by(_a.decision_on))))


def overdue(connection: Connection, scope: Scope) -> ActionRows:
    """Open actions whose target date was over by the day that is counted to."""
    return _actions(connection, scope, and_(_IS_OPEN, _HAS_DEADLINE, action.c.target_latest < scope.as_at))


def due_next(connection: Connection, scope: Scope, until: date) -> ActionRows:
    """Open actions due from the day that is counted to until this one."""
    ahead = action.c.target_latest.between(scope.as_at, until)
    return _actions(connection, scope, and_(_IS_OPEN, _HAS_DEADLINE, ahead))


def done(connection: Connection, scope: Scope) -> ActionRows:
    """Actions done in the period."""
    is_done = action.c.state.in_((ActionState.DONE, ActionState.VERIFIED))
    return _actions(connection, scope, and_(is_done, scope.on_day(action.c.done_on)))


def heard(connection: Connection, scope: Scope) -> tuple[int, dict[str, int]]:
    """How many consultations closed in the period, and in how many of them each group was heard."""
    closed = (
        select(consultation.c.id, consultation.c.heard)
        .join(assessment, _a.id == consultation.c.assessment_id)
        .where(scope.assessments, scope.on_day(consultation.c.closes_on))
        .subquery()
    )
    number = connection.execute(select(func.count()).select_from(closed)).scalar_one()
    unpacked = (func.json_each if connection.dialect.name == "sqlite" else func.json_array_elements_text)(
        closed.c.heard
    ).table_valued("value", name="of_it", joins_implicitly=True)
    rows = connection.execute(
        select(unpacked.c.value, func.count()).select_from(closed).group_by(literal_column("1"))
    )
    return number, {row[0]: row[1] for row in rows}


def _without(scope: Scope) -> ColumnElement[bool]:
    approved = and_(_a.approved_on.is_not(None), _a.approved_on <= _a.decision_on)
    return and_(not_(approved), not_(scope.screened_out_by(_a.decision_on)))


def _decisions(connection: Connection, scope: Scope, which: ColumnElement[bool]) -> Rows:
    query = (
        select(
            _a.reference,
            _a.title,
            func.coalesce(department.c.name, "").label("department"),
            _a.decision_body,
            _a.decision_on,
            _a.approved_on,
            scope.screened_out_by(_a.decision_on).label("screened_out"),
            _a.workflow,
            _a.stage,
            func.coalesce(LEAD_NAME, "").label("lead"),
        )
        .outerjoin_from(assessment, department, department.c.id == _a.department_id)
        .where(scope.assessments, which)
    )
    rows = connection.execute(query.order_by(_a.decision_on, _a.reference).limit(LONGEST)).mappings()
    found = tuple(DecisionRow(**row | {"screened_out": bool(row["screened_out"])}) for row in map(dict, rows))
    return found, _count(connection, query, len(found))


def _actions(connection: Connection, scope: Scope, which: ColumnElement[bool]) -> ActionRows:
    found = actions.among(connection, and_(scope.actions, which), limit=LONGEST)
    everything = (
        select(action.c.id)
        .select_from(action)
        .outerjoin(assessment, _a.id == action.c.assessment_id)
        .outerjoin(plan, plan.c.id == action.c.plan_id)
        .where(scope.actions, which)
    )
    return found, _count(connection, everything, len(found))


def _count(connection: Connection, query: Select[Any], found: int) -> int:
    """How many there are in all; nothing is asked where the list has them."""
    if found < LONGEST:
        return found
    return connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
