"""Gaps in what a body knows, over all its assessments: whose they are, by when, and what will close them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    RowMapping,
    and_,
    case,
    func,
    literal,
    select,
    tuple_,
)

from eia.domain.facts import ActionState
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.store.facts_query import LEADS
from eia.store.groups import is_about
from eia.store.tables import action, action_lead, assessment, evidence, party
from eia.store.targets import deadline
from eia.store.visibility import visible

Place = tuple[date, UUID]
"""Where a page ends: the day by which the gap should be closed, or the last of all days, and its id."""
CLOSED = (ActionState.VERIFIED, ActionState.CARRIED_FORWARD)
_NEVER = literal(date.max, Date())
_IS_PROMISED = func.coalesce(action.c.state, ActionState.DROPPED.value) != ActionState.DROPPED.value


_BY = func.coalesce(case((_IS_PROMISED, deadline(action.c)), else_=deadline(evidence.c)), _NEVER)
_SAID = case((_IS_PROMISED, action.c.target_raw), else_=evidence.c.target_raw)
_FROM = (
    evidence.join(assessment, assessment.c.id == evidence.c.assessment_id)
    .outerjoin(action, action.c.id == evidence.c.action_id)
    .outerjoin(party, party.c.id == evidence.c.lead_id)
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the list is narrowed to; what says nothing does not narrow."""

    group: str = ""
    only_unpromised: bool = False


@dataclass(frozen=True, kw_only=True)
class GapLine:
    """A gap that is still open; until an action will close it, its own lead and date are said."""

    id: UUID
    assessment_id: UUID
    reference: str
    assessment_title: str
    title: str
    characteristics: tuple[str, ...]
    leads: tuple[str, ...]
    target: str
    by: date | None
    action_id: UUID | None
    action: str
    is_done: bool  # somebody says so, and nobody has verified it

    @property
    def place(self) -> Place:
        """Where the next page begins after it."""
        return self.by or date.max, self.id


@dataclass(frozen=True, kw_only=True)
class GapCount:
    """How many open gaps there are about a group, and of how many nobody has promised to close them."""

    group: str
    gaps: int
    unpromised: int
    overdue: int


def page(
    connection: Connection, actor: Actor, wanted: Wanted, today: date, *, after: Place | None, limit: int
) -> tuple[GapLine, ...]:
    """Up to `limit` open gaps, the longest overdue first and those without a day last."""
    query = select(
        evidence.c.id,
        evidence.c.assessment_id,
        assessment.c.reference,
        assessment.c.title.label("assessment_title"),
        evidence.c.title,
        evidence.c.characteristics,
        party.c.name.label("owner"),
        _SAID.label("target"),
        _BY.label("by"),
        case((_IS_PROMISED, action.c.id), else_=None).label("action_id"),
        action.c.text.label("action"),
        (action.c.state == ActionState.DONE.value).label("is_done"),
    ).select_from(_FROM)
    query = query.where(*_open(actor, today), *_matches(wanted))
    if after:
        query = query.where(tuple_(_BY, evidence.c.id) > after)
    rows = connection.execute(query.order_by(_BY, evidence.c.id).limit(limit)).mappings().all()
    leads = _leads(connection, [row["action_id"] for row in rows if row["action_id"]])
    return tuple(_line(row, leads) for row in rows)


def counts(connection: Connection, actor: Actor, groups: Sequence[str], today: date) -> tuple[GapCount, ...]:
    """The open gaps about each of these groups, in one look at the rows."""
    if not groups:
        return ()
    columns = [
        func.count(case((and_(is_about(evidence.c.characteristics, group), condition), 1)))
        for group in groups
        for condition in (evidence.c.is_gap, ~_IS_PROMISED, today > _BY)
    ]
    row = connection.execute(select(*columns).select_from(_FROM).where(*_open(actor, today))).one()
    figures = [row[place : place + 3] for place in range(0, len(row), 3)]
    return tuple(
        GapCount(group=group, gaps=gaps, unpromised=unpromised, overdue=overdue)
        for group, (gaps, unpromised, overdue) in zip(groups, figures, strict=True)
    )


def lists_of(connection: Connection, body_id: UUID) -> tuple[str, ...]:
    """The lists of groups that assessments of the body speak of."""
    names = select(assessment.c.characteristic_list).where(assessment.c.body_id == body_id).distinct()
    return tuple(sorted(connection.scalars(names)))


def _open(actor: Actor, today: date) -> tuple[ColumnElement[bool], ...]:
    """An older version's gaps go on in the newer one."""
    closed = func.coalesce(action.c.state, "").in_([state.value for state in CLOSED])
    return (
        evidence.c.is_gap,
        ~closed,
        assessment.c.stage.not_in(("superseded", "withdrawn")),
        visible(actor, Permission.VIEW, today),
    )


def _matches(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.group:
        found.append(is_about(evidence.c.characteristics, wanted.group))
    if wanted.only_unpromised:
        found.append(~_IS_PROMISED)
    return found


def _line(row: RowMapping, leads: Mapping[UUID, tuple[str, ...]]) -> GapLine:
    key, owner = row["action_id"], row["owner"]
    return GapLine(
        **{name: row[name] for name in ("id", "assessment_id", "reference", "assessment_title", "title")},
        characteristics=tuple(row["characteristics"]),
        leads=leads.get(key, ()) if key else tuple(filter(None, (owner,))),
        target=row["target"],
        by=None if row["by"] == date.max else row["by"],
        action_id=key,
        action=row["action"] if key else "",
        is_done=bool(row["is_done"]),
    )


def _leads(connection: Connection, ids: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    if not ids:
        return {}
    query = (
        select(action_lead.c.action_id, party.c.name)
        .join(party, party.c.id == action_lead.c.party_id)
        .where(action_lead.c.action_id.in_(ids), action_lead.c.role.in_(LEADS))
        .order_by(party.c.name)
    )
    found: dict[UUID, tuple[str, ...]] = {}
    for row in connection.execute(query):
        found[row.action_id] = (*found.get(row.action_id, ()), row.name)
    return found
