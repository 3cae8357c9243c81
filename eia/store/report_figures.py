"""The figures of a report: each one aggregate by department, which the database counts over an index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)

from eia.domain.action import WITHOUT_DEADLINE
from eia.domain.report.figures import Figure, FigureName, PartName, Tally
from eia.store.days import days_from, london_day
from eia.store.report_scope import ACTION_DEPARTMENT, Scope, moved
from eia.store.tables import action, action_progress, assessment, consultation, plan, stage_history

Condition = ColumnElement[bool]
_P = PartName
_a = assessment.c
_h = stage_history.c
_NEXT = assessment.alias("next_version")
_EARLIER = stage_history.alias("earlier")


def approved_before(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Decisions taken about what was not screened out: how many with the assessment approved by that day."""
    screened, undated = _screened_first(scope), _a.decision_on.is_(None)
    return _tallies(
        connection,
        _decided(scope),
        counted=_approved_first(),
        out_of=and_(not_(undated), not_(screened)),
        unknown=undated,
        parts=too_late(scope),
    )


def without_assessment(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Decisions taken: how many with nothing approved and nothing screened out by that day."""
    late = too_late(scope)
    return _tallies(
        connection,
        _decided(scope).where(_a.decision_on.is_not(None)),
        counted=or_(*late.values()),
        out_of=true(),
        parts=late,
    )


def in_time(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Assessments due: how many were approved, or screened out, by their target date.

    What is open at the end of the period and has no target date cannot be late: it is unknown.
    """
    full = and_(_a.approved_on.is_not(None), _a.approved_on <= _a.target_latest)
    screened = and_(not_(full), scope.screened_out_by(_a.target_latest))
    finished = or_(_a.approved_on <= scope.as_at, scope.screened_out_by(literal(scope.as_at)))
    undated = _a.target_latest.is_(None)
    is_due = and_(
        scope.on_day(_a.target_latest),
        is_version_of(_a.target_latest),
        not_(scope.withdrawn_by(_a.target_latest)),
    )
    is_open = and_(undated, _a.is_open, _a.created_at < scope.ends)
    rows = select(_a.department_id).where(scope.assessments, or_(is_due, is_open))
    late = and_(not_(undated), not_(full), not_(screened))
    return _tallies(
        connection,
        rows,
        counted=and_(not_(undated), or_(full, screened)),
        out_of=not_(undated),
        unknown=undated,
        parts={
            _P.FULL_IN_TIME: and_(not_(undated), full),
            _P.SCREENED_IN_TIME: and_(not_(undated), screened),
            _P.FINISHED_LATE: and_(late, func.coalesce(finished, false())),
            _P.NOT_FINISHED: and_(late, not_(func.coalesce(finished, false()))),
        },
    )


def screened_out(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Screenings that were decided in the period: how many needed no full assessment."""
    meanings = scope.meanings
    rows = _lines(scope).where(
        _h.from_stage.in_(sorted(meanings.screening_checks)),
        _h.move.in_(sorted(meanings.verdicts - meanings.returns)),
    )
    return _tallies(connection, rows, counted=_h.to_stage.in_(sorted(meanings.screened_out)), out_of=true())


def returned(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """First checks of a screening or an assessment: how many sent it back."""
    meanings = scope.meanings
    verdicts = sorted(meanings.verdicts)
    first = not_(
        exists().where(
            _EARLIER.c.assessment_id == _h.assessment_id,
            _EARLIER.c.seq < _h.seq,
            _EARLIER.c.from_stage == _h.from_stage,
            _EARLIER.c.move.in_(verdicts),
        )
    )
    rows = _lines(scope).where(_h.from_stage.in_(sorted(meanings.checks)), _h.move.in_(verdicts), first)
    return _tallies(connection, rows, counted=_h.move.in_(sorted(meanings.returns)), out_of=true())


def consulted(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Full assessments approved in the period: how many had a consultation that was over by then.

    One whose consultations all lack a closing day is unknown.
    """
    of_it = consultation.c.assessment_id == _a.id
    closed = exists().where(of_it, consultation.c.closes_on <= _a.approved_on)
    undated = and_(not_(closed), exists().where(of_it, consultation.c.closes_on.is_(None)))
    rows = select(_a.department_id).where(scope.assessments, scope.on_day(_a.approved_on))
    return _tallies(connection, rows, counted=closed, out_of=true(), unknown=undated)


def actions_on_time(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Actions due in the period: how many were done by their target date.

    An open action without a day to be done by is unknown.
    """
    row = action.c
    undated = or_(row.target_latest.is_(None), row.target_kind.in_(sorted(WITHOUT_DEADLINE)))
    is_due = and_(not_(undated), scope.on_day(row.target_latest))
    is_open = and_(undated, row.state == "open", row.created_at < scope.ends)
    done = and_(not_(undated), row.state.in_(("done", "verified")), row.done_on <= scope.as_at)
    on_time = and_(done, row.done_on <= row.target_latest)
    return _tallies(
        connection,
        _of_actions(scope).where(or_(is_due, is_open)),
        counted=on_time,
        out_of=not_(undated),
        unknown=undated,
        parts={
            _P.TO_BE_VERIFIED: and_(on_time, row.state == "done"),
            _P.DONE_LATE: and_(done, row.done_on > row.target_latest),
            _P.DROPPED: and_(not_(undated), row.state == "dropped"),
            _P.CARRIED_FORWARD: and_(not_(undated), row.state == "carried_forward"),
            _P.STILL_OPEN: and_(
                not_(undated), or_(row.state == "open", and_(row.done_on.is_not(None), not_(done)))
            ),
        },
    )


def dates_moved(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Actions that were open in the period: how many had their target date moved, and how often."""
    slips = (
        select(action_progress.c.action_id, func.count().label("times"))
        .where(action_progress.c.kind == "moved", scope.at_time(action_progress.c.at))
        .group_by(action_progress.c.action_id)
        .subquery()
    )
    was_open = or_(action.c.done_on.is_(None), action.c.done_on >= scope.first)
    rows = (
        _of_actions(scope)
        .outerjoin(slips, slips.c.action_id == action.c.id)
        .where(action.c.created_at < scope.ends, or_(slips.c.times.is_not(None), was_open))
    )
    return _tallies(
        connection,
        rows,
        counted=slips.c.times.is_not(None),
        out_of=true(),
        sums={_P.TIMES_MOVED: func.coalesce(slips.c.times, 0)},
    )


def reviews_done(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Reviews due in the period: how many were finished by the day that is counted to."""
    end = literal(scope.as_at)
    done = moved(_h.move, scope.meanings.closings, end)
    begun = moved(_h.to_stage, scope.meanings.reviews, end)
    rows = select(_a.department_id).where(
        scope.assessments,
        scope.on_day(_a.review_on),
        _a.approved_on.is_not(None),
        not_(scope.withdrawn_by(_a.review_on)),
    )
    return _tallies(
        connection,
        rows,
        counted=done,
        out_of=true(),
        parts={
            _P.REVIEW_BEGUN: and_(begun, not_(done)),
            _P.REVIEW_NOT_BEGUN: and_(not_(begun), not_(done)),
        },
    )


def days_to_approval(connection: Connection, scope: Scope) -> Figure:
    """The median of days from draft to approval of what was approved in the period, and of how many.

    The draft begins when its lead begins the work; a new version, when it is opened.
    """
    begun = (
        select(func.min(_h.at))
        .where(_h.assessment_id == _a.id, _h.move.in_(sorted(scope.meanings.begins)))
        .scalar_subquery()
    )
    draft = case((_a.previous_id.is_not(None), _a.created_at), else_=func.coalesce(begun, _a.created_at))
    days = days_from(london_day(draft), _a.approved_on)
    counted = (
        select(
            days.label("days"),
            func.row_number().over(order_by=days).label("place"),
            func.count().over().label("number"),
        )
        .where(scope.assessments, scope.on_day(_a.approved_on))
        .subquery()
    )
    middle = counted.c.place.in_(((counted.c.number + 1) // 2, (counted.c.number + 2) // 2))
    found = select(func.avg(counted.c.days), func.max(counted.c.number)).where(middle)
    median, number = connection.execute(found).one()
    return Figure(
        name=FigureName.DAYS_TO_APPROVAL,
        out_of=number or 0,
        median=None if median is None else float(median),
    )


COUNTED_BY = {
    FigureName.APPROVED_BEFORE: approved_before,
    FigureName.WITHOUT_ASSESSMENT: without_assessment,
    FigureName.IN_TIME: in_time,
    FigureName.SCREENED_OUT: screened_out,
    FigureName.RETURNED: returned,
    FigureName.CONSULTED: consulted,
    FigureName.ACTIONS_ON_TIME: actions_on_time,
    FigureName.DATES_MOVED: dates_moved,
    FigureName.REVIEWS_DONE: reviews_done,
}
"""How each figure is counted; `days_to_approval` is a median, and no count."""


def tallies(connection: Connection, scope: Scope) -> dict[FigureName, tuple[Tally, ...]]:
    """Every figure that is a count, by department."""
    return {name: count(connection, scope) for name, count in COUNTED_BY.items()}


def _decided(scope: Scope) -> Select[Any]:
    """Assessments with a decision in the period, as the version it was taken on; or approved, without."""
    decided = and_(
        scope.on_day(_a.decision_on),
        is_version_of(_a.decision_on),
        not_(scope.withdrawn_by(_a.decision_on)),
    )
    undated = and_(_a.decision_on.is_(None), scope.on_day(_a.approved_on))
    return select(_a.department_id).where(scope.assessments, or_(decided, undated))


def _approved_first() -> Condition:
    return and_(_a.decision_on.is_not(None), _a.approved_on.is_not(None), _a.approved_on <= _a.decision_on)


def _screened_first(scope: Scope) -> Condition:
    return and_(not_(_approved_first()), scope.screened_out_by(_a.decision_on))


def too_late(scope: Scope) -> Mapping[PartName, Condition]:
    """What was decided without: approved afterwards, or not by the day that is counted to."""
    without = and_(
        _a.decision_on.is_not(None), not_(_approved_first()), not_(scope.screened_out_by(_a.decision_on))
    )
    afterwards = and_(_a.approved_on.is_not(None), _a.approved_on <= scope.as_at)
    return {_P.APPROVED_AFTER: and_(without, afterwards), _P.NEVER_APPROVED: and_(without, not_(afterwards))}


def is_version_of(day: ColumnElement[Any]) -> Condition:
    """True of the version that there was on the day: begun by then, and not yet followed by another."""
    begun_later = and_(_a.previous_id.is_not(None), london_day(_a.created_at) > day)
    followed = exists().where(_NEXT.c.previous_id == _a.id, london_day(_NEXT.c.created_at) <= day)
    return and_(not_(begun_later), not_(followed))


def _lines(scope: Scope) -> Select[Any]:
    return (
        select(_a.department_id)
        .join_from(stage_history, assessment, _a.id == _h.assessment_id)
        .where(scope.assessments, scope.at_time(_h.at))
    )


def _of_actions(scope: Scope) -> Select[Any]:
    return (
        select(ACTION_DEPARTMENT.label("department_id"))
        .select_from(action)
        .outerjoin(assessment, _a.id == action.c.assessment_id)
        .outerjoin(plan, plan.c.id == action.c.plan_id)
        .where(scope.actions)
    )


def _tallies(
    connection: Connection,
    rows: Select[Any],
    *,
    counted: Condition,
    out_of: Condition,
    unknown: Condition | None = None,
    parts: Mapping[PartName, Condition] | None = None,
    sums: Mapping[PartName, ColumnElement[int]] | None = None,
) -> tuple[Tally, ...]:
    conditions = {"counted": counted, "out_of": out_of, "unknown": false() if unknown is None else unknown}
    conditions |= {part.value: condition for part, condition in (parts or {}).items()}
    numbers: dict[str, ColumnElement[int]] = {
        name: case((condition, 1), else_=0) for name, condition in conditions.items()
    }
    numbers |= {part.value: number for part, number in (sums or {}).items()}
    each = rows.add_columns(*(number.label(name) for name, number in numbers.items())).subquery()
    totals = select(each.c.department_id, *(func.sum(each.c[name]).label(name) for name in numbers))
    found = connection.execute(totals.group_by(each.c.department_id)).mappings()
    names = [*(parts or {}), *(sums or {})]
    return tuple(
        Tally(
            department_id=row["department_id"],
            counted=int(row["counted"]),
            out_of=int(row["out_of"]),
            unknown=int(row["unknown"]),
            parts={name: int(row[name.value]) for name in names},
        )
        for row in found
    )
