"""Every action that a person may see: where each stands, how many there are, and page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    and_,
    case,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
)

from eia.domain.asked import SOON
from eia.domain.facts import ActionState
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.store.tables import action, action_lead, assessment, party, plan
from eia.store.targets import deadline, has_deadline
from eia.store.visibility import ACTION_DEPARTMENT, visible_actions

Place = tuple[date, UUID]
"""Where an action stands in the list: the day that it is ordered by, or the last of all days, and its id."""


class Which(StrEnum):
    """Where actions stand, as whoever looks after all of them asks; but for the last two they are open."""

    OVERDUE = "overdue"
    SOON = "soon"
    SLIPPED = "slipped"
    NO_LEAD = "no_lead"  # nobody who leads it is confirmed, so that reminders reach nobody
    NO_DATE = "no_date"
    TO_VERIFY = "to_verify"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What the list is narrowed to; what says nothing does not narrow, only no `which` means open."""

    which: Which | None = None
    department_id: UUID | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many actions of a department stand where; under None, how many are open."""

    department_id: UUID | None
    numbers: Mapping[Which | None, int]


_FROM = action.outerjoin(assessment, assessment.c.id == action.c.assessment_id).outerjoin(
    plan, plan.c.id == action.c.plan_id
)
_NEVER = literal(date.max, Date())
# The partial indexes serve only a condition with the very constant they were made with, never a bound value.
_IS_OPEN: ColumnElement[bool] = action.c.state == literal_column("'open'")
_IS_TO_VERIFY: ColumnElement[bool] = action.c.state == ActionState.DONE.value
_CLOSED = (ActionState.VERIFIED, ActionState.DROPPED, ActionState.CARRIED_FORWARD)
_HAS_PARTY = and_(action_lead.c.action_id == action.c.id, party.c.id == action_lead.c.party_id)
_IS_LED = exists().where(
    _HAS_PARTY, action_lead.c.role != "support", party.c.confirmed, party.c.holder_id.is_not(None)
)


def page(
    connection: Connection, actor: Actor, wanted: Filter, today: date, *, after: Place | None, limit: int
) -> tuple[Place, ...]:
    """Where up to `limit` actions stand, the longest overdue first and those without a day last."""
    by = _order(wanted.which)
    query = (
        select(by.label("by"), action.c.id)
        .select_from(_FROM)
        .where(*_seen(actor, wanted, today), _stands(wanted.which, today))
    )
    if wanted.department_id is not None:
        query = query.where(ACTION_DEPARTMENT.in_([wanted.department_id]))
    if after:
        query = query.where(tuple_(by, action.c.id) > after)
    rows = connection.execute(query.order_by(by, action.c.id).limit(limit))
    return tuple((row.by, row.id) for row in rows)


def counts(connection: Connection, actor: Actor, wanted: Filter, today: date) -> tuple[Count, ...]:
    """Every department's actions with the words, in one look at the rows."""
    kinds = (None, *Which)
    columns = [func.count(case((_stands(each, today), 1))) for each in kinds]
    rows = connection.execute(
        select(ACTION_DEPARTMENT, *columns)
        .select_from(_FROM)
        .where(*_seen(actor, wanted, today))
        .group_by(ACTION_DEPARTMENT)
    )
    return tuple(
        Count(department_id=department_id, numbers=dict(zip(kinds, numbers, strict=True)))
        for department_id, *numbers in rows
    )


def overdue(connection: Connection, actor: Actor, today: date) -> int:
    """How many actions that the actor may see are overdue, whoever leads them."""
    query = (
        select(func.count())
        .select_from(_FROM)
        .where(*_seen(actor, Filter(), today), _stands(Which.OVERDUE, today))
    )
    return connection.execute(query).scalar_one()


def _seen(actor: Actor, wanted: Filter, today: date) -> tuple[ColumnElement[bool], ...]:
    return visible_actions(actor, Permission.VIEW_ACTION, today), *map(_says, wanted.words)


def _stands(which: Which | None, today: date) -> ColumnElement[bool]:
    latest, dated = action.c.target_latest, has_deadline(action.c)
    match which:
        case None:
            return _IS_OPEN
        case Which.OVERDUE:
            return and_(_IS_OPEN, dated, latest < today)
        case Which.SOON:
            return and_(_IS_OPEN, dated, latest.between(today, today + SOON))
        case Which.SLIPPED:
            return and_(_IS_OPEN, action.c.slips > 0)
        case Which.NO_LEAD:
            return and_(_IS_OPEN, ~_IS_LED)
        case Which.NO_DATE:
            return and_(_IS_OPEN, dated, latest.is_(None))
        case Which.TO_VERIFY:
            return _IS_TO_VERIFY
        case Which.CLOSED:
            return action.c.state.in_([state.value for state in _CLOSED])


def _order(which: Which | None) -> ColumnElement[date]:
    """What waits to be verified is ordered by the day it was done, all else by its deadline."""
    day = action.c.done_on if which is Which.TO_VERIFY else deadline(action.c)
    return func.coalesce(day, _NEVER)


def _says(word: str) -> ColumnElement[bool]:
    """True where the word is in the action, in where it comes from or in the name of somebody responsible."""
    columns = (
        *(action.c[name] for name in ("label", "heading", "text", "outcome")),
        *(assessment.c.title, assessment.c.reference, plan.c.title),
    )
    return or_(
        *(func.lower(column).contains(word, autoescape=True) for column in columns),
        exists().where(_HAS_PARTY, func.lower(party.c.name).contains(word, autoescape=True)),
    )
