"""Everything that a report of a period is made from, read in one snapshot."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Connection

from eia.domain.action import Progress
from eia.domain.report.figures import Figure, FigureName, Tally
from eia.domain.report.report import ListName
from eia.store import action_progress, report_figures, report_lists
from eia.store.report_lists import ActionRows, Rows
from eia.store.report_scope import Scope

LOOK_AHEAD = timedelta(days=92)
"""A report looks as far ahead as the next quarterly one."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Every figure of one period, by department; the median of days is of all departments together."""

    tallies: Mapping[FigureName, tuple[Tally, ...]]
    days_to_approval: Figure


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """The figures, and the lists that were asked for; `notes` are the last words about each action."""

    now: Counted
    before: Counted
    consultations: int
    heard: Mapping[str, int]
    decisions: Mapping[ListName, Rows]
    actions: Mapping[ListName, ActionRows]
    notes: Mapping[UUID, Progress]


def load(connection: Connection, scope: Scope, before: Scope, lists: Collection[ListName]) -> Loaded:
    """What the period and the one before come to, with these lists."""
    consultations, heard = report_lists.heard(connection, scope)
    actions = _actions(connection, scope, lists)
    ids = [item.id for rows, _ in actions.values() for item in rows]
    return Loaded(
        now=_counted(connection, scope),
        before=_counted(connection, before),
        consultations=consultations,
        heard=heard,
        decisions=_decisions(connection, scope, lists),
        actions=actions,
        notes=action_progress.last_words(connection, ids),
    )


def _counted(connection: Connection, scope: Scope) -> Counted:
    return Counted(
        tallies=report_figures.tallies(connection, scope),
        days_to_approval=report_figures.days_to_approval(connection, scope),
    )


def _ahead(scope: Scope) -> date:
    return scope.as_at + LOOK_AHEAD


def _decisions(connection: Connection, scope: Scope, lists: Collection[ListName]) -> dict[ListName, Rows]:
    found: dict[ListName, Rows] = {}
    if ListName.WITHOUT in lists:
        found[ListName.WITHOUT] = report_lists.without_assessment(connection, scope)
    if ListName.DECIDED in lists:
        found[ListName.DECIDED] = report_lists.decided(connection, scope)
    if ListName.COMING in lists:
        found[ListName.COMING] = report_lists.coming(connection, scope, _ahead(scope))
    return found


def _actions(connection: Connection, scope: Scope, lists: Collection[ListName]) -> dict[ListName, ActionRows]:
    found: dict[ListName, ActionRows] = {}
    if ListName.OVERDUE in lists:
        found[ListName.OVERDUE] = report_lists.overdue(connection, scope)
    if ListName.DUE_NEXT in lists:
        found[ListName.DUE_NEXT] = report_lists.due_next(connection, scope, _ahead(scope))
    if ListName.DONE in lists:
        found[ListName.DONE] = report_lists.done(connection, scope)
    return found
