"""What one person has to do: each list one query, whatever its length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, exists, false, func, or_, select

from eia.domain.people import Actor, Role
from eia.domain.policy import Permission
from eia.store.lead_name import LEAD_NAME
from eia.store.tables import action, assessment, assignment, authorship, department, plan, sign_off
from eia.store.targets import deadline
from eia.store.visibility import assigned_as, in_role, leads_action, visible


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A stage of a workflow at which it is this role's turn; `after` are the roles that sign first."""

    workflow: str
    stage: str
    role: Role
    permission: Permission
    by_a_stranger: bool = False  # whoever wrote any of it may not
    signs: bool = False
    after: tuple[Role, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AssessmentLine:
    """An assessment as a list shows it; `lead` is "" while nobody leads it."""

    id: UUID
    reference: str
    version: int
    title: str
    department: str
    workflow: str
    stage: str
    stage_since: datetime
    stage_due_on: date | None
    target_latest: date | None
    review_on: date | None
    approved_on: date | None
    lead: str
    has_champion: bool
    lead_accepted: bool

    @property
    def due_on(self) -> date | None:
        """When the stage should be over; without such a day, the assessment or, once approved, its review."""
        whole = self.review_on if self.approved_on else self.target_latest
        return self.stage_due_on or whole


@dataclass(frozen=True, kw_only=True)
class ActionLine:
    """An action as a list shows it; its owner is an assessment or a plan. What goes on has no deadline."""

    id: UUID
    text: str
    target_raw: str
    deadline: date | None
    owner: str


def led_by(connection: Connection, actor: Actor) -> tuple[AssessmentLine, ...]:
    """Open assessments that the actor leads or contributes to, the soonest due first."""
    return as_lines(connection, _soonest(assigned_as(actor, Role.LEAD, Role.CONTRIBUTOR)))


def waiting(
    connection: Connection, actor: Actor, turns: Sequence[Turn], today: date
) -> tuple[AssessmentLine, ...]:
    """Open assessments at which it is the actor's turn, the soonest due first."""
    asked_to_lead = and_(assigned_as(actor, Role.LEAD), assessment.c.lead_accepted_at.is_(None))
    mine = (_turn(actor, turn, today) for turn in turns)
    return as_lines(connection, _soonest(or_(asked_to_lead, *mine)))


def stuck(
    connection: Connection,
    actor: Actor,
    today: date,
    *,
    held_since: datetime,
    reviewed_at: Sequence[tuple[str, str]],
    limit: int,
) -> tuple[AssessmentLine, ...]:
    """Open assessments that the actor may see and that do not move, the longest late first.

    `reviewed_at` are the workflows' stages that wait for a champion.
    """
    at_review = or_(
        false(), *(and_(assessment.c.workflow == name, assessment.c.stage == at) for name, at in reviewed_at)
    )
    why = or_(
        assessment.c.stage_due_on < today,
        ~_has(Role.LEAD),
        and_(assessment.c.held_from.is_not(None), assessment.c.stage_since < held_since),
        and_(at_review, ~_has(Role.CHAMPION)),
    )
    query = _soonest(and_(visible(actor, Permission.VIEW, today), why)).limit(limit)
    return as_lines(connection, query)


def open_actions(connection: Connection, actor: Actor) -> tuple[ActionLine, ...]:
    """Open actions that the actor leads, the soonest first, those without a date last."""
    mine = and_(action.c.body_id == actor.body_id, action.c.state == "open", leads_action(actor))
    return _actions(connection, mine)


def done_actions(connection: Connection, actor: Actor, today: date, *, limit: int) -> tuple[ActionLine, ...]:
    """Actions that somebody else says are done and that the actor may verify."""
    mine = and_(
        action.c.body_id == actor.body_id,
        action.c.state == "done",
        action.c.done_by != actor.id,
        visible(actor, Permission.VERIFY_ACTION, today),
    )
    return _actions(connection, mine, limit=limit)


def _turn(actor: Actor, turn: Turn, today: date) -> ColumnElement[bool]:
    conditions = [
        assessment.c.workflow == turn.workflow,
        assessment.c.stage == turn.stage,
        in_role(actor, turn.role, turn.permission, today),
    ]
    if turn.by_a_stranger:
        wrote = exists().where(
            authorship.c.assessment_id == assessment.c.id, authorship.c.person_id == actor.id
        )
        conditions.append(~wrote)
    if turn.signs:
        conditions.append(~_signed(turn.role))
    conditions.extend(_signed(role) for role in turn.after)
    return and_(*conditions)


def _signed(role: Role) -> ColumnElement[bool]:
    return exists().where(
        sign_off.c.assessment_id == assessment.c.id,
        sign_off.c.role == role,
        sign_off.c.outcome == "signed",
        ~sign_off.c.lapsed,
    )


def _has(role: Role) -> ColumnElement[bool]:
    return exists().where(assignment.c.assessment_id == assessment.c.id, assignment.c.role == role)


LINE = select(
    assessment.c.id,
    assessment.c.reference,
    assessment.c.version,
    assessment.c.title,
    func.coalesce(department.c.name, "").label("department"),
    assessment.c.workflow,
    assessment.c.stage,
    assessment.c.stage_since,
    assessment.c.stage_due_on,
    assessment.c.target_latest,
    assessment.c.review_on,
    assessment.c.approved_on,
    func.coalesce(LEAD_NAME, "").label("lead"),
    _has(Role.CHAMPION).label("has_champion"),
    assessment.c.lead_accepted_at.is_not(None).label("lead_accepted"),
).outerjoin(department, department.c.id == assessment.c.department_id)


def _soonest(condition: ColumnElement[bool]) -> Select[Any]:
    return LINE.where(assessment.c.is_open, condition).order_by(
        *_dated_first(assessment.c.stage_due_on), assessment.c.reference
    )


def _dated_first(column: ColumnElement[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """SQLite puts rows without a date first and PostgreSQL last; we put them last."""
    return case((column.is_(None), 1), else_=0), column


def as_lines(connection: Connection, query: Select[Any]) -> tuple[AssessmentLine, ...]:
    """The assessments that a query on `LINE` finds."""
    return tuple(_line(row) for row in connection.execute(query))


def _line(row: Row[Any]) -> AssessmentLine:
    return AssessmentLine(**row._mapping)


def _actions(
    connection: Connection, condition: ColumnElement[bool], *, limit: int | None = None
) -> tuple[ActionLine, ...]:
    rows = connection.execute(
        select(
            action.c.id,
            action.c.text,
            action.c.target_raw,
            _DEADLINE.label("deadline"),
            func.coalesce(assessment.c.title, plan.c.title, "").label("owner"),
        )
        .select_from(action)
        .outerjoin(assessment, assessment.c.id == action.c.assessment_id)
        .outerjoin(plan, plan.c.id == action.c.plan_id)
        .where(condition)
        .order_by(*_dated_first(_DEADLINE), action.c.id)
        .limit(limit)
    )
    return tuple(ActionLine(**row._mapping) for row in rows)


_DEADLINE = deadline(action.c)
