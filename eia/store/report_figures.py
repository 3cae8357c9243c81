"""The figures of a report: each one aggregate by department, which the database counts over an index.

What is asked of each row is asked once, in a part of the statement that is made before anything is counted:
a database that merges the two asks the history anew for every number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    CTE,
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
    union_all,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from eia.domain.action import WITHOUT_DEADLINE
from eia.domain.report.figures import Figure, FigureName, PartName, Tally
from eia.store.days import days_from, london_day
from eia.store.report_scope import ACTION_DEPARTMENT, Scope, moved
from eia.store.tables import action, action_progress, assessment, consultation, plan, stage_history

Condition = ColumnElement[bool]
Is = ReadOnlyColumnCollection[str, Any]
_P = PartName
_a = assessment.c
_h = stage_history.c
_NEXT = assessment.alias("next_version")
_EARLIER = stage_history.alias("earlier")


@dataclass(frozen=True, kw_only=True)
class _Count:
    """Which of the rows are counted, out of which, which are unknown, and what the parts are."""

    counted: Condition
    out_of: Condition = field(default_factory=true)
    unknown: Condition = field(default_factory=false)
    parts: Mapping[PartName, Condition] = field(default_factory=dict)
    sums: Mapping[PartName, ColumnElement[int]] = field(default_factory=dict)


def approved_before(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Decisions taken about what was not screened out: how many with the assessment approved by that day."""
    undated = select(_a.department_id).where(
        scope.assessments, _a.decision_on.is_(None), scope.on_day(_a.approved_on)
    )
    return _tallies(
        connection,
        (decided(scope), undated),
        _decision_marks(scope),
        lambda is_: _Count(
            counted=is_.before,
            out_of=and_(is_.dated, not_(is_.screened)),
            unknown=not_(is_.dated),
            parts=_too_late(is_),
        ),
    )


def without_assessment(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Decisions taken: how many with nothing approved and nothing screened out by that day."""
    return _tallies(
        connection,
        (decided(scope),),
        _decision_marks(scope),
        lambda is_: _Count(counted=and_(not_(is_.before), not_(is_.screened)), parts=_too_late(is_)),
    )


def in_time(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Assessments due: how many were approved, or screened out, by their target date.

    What is open at the end of the period and has no target date cannot be late: it is unknown.
    """
    due = select(_a.department_id).where(
        scope.assessments,
        scope.on_day(_a.target_latest),
        is_version_of(_a.target_latest),
        not_(scope.withdrawn_by(_a.target_latest)),
    )
    undated = select(_a.department_id).where(
        scope.assessments, _a.target_latest.is_(None), _a.is_open, _a.created_at < scope.ends
    )
    marks = {
        "dated": _a.target_latest.is_not(None),
        "full": _a.approved_on <= _a.target_latest,
        "screened": scope.screened_out_by(_a.target_latest),
        "finished": or_(_a.approved_on <= scope.as_at, scope.screened_out_by(literal(scope.as_at))),
    }

    def count(is_: Is) -> _Count:
        late = and_(is_.dated, not_(is_.full), not_(is_.screened))
        return _Count(
            counted=or_(is_.full, is_.screened),
            out_of=is_.dated,
            unknown=not_(is_.dated),
            parts={
                _P.FULL_IN_TIME: is_.full,
                _P.SCREENED_IN_TIME: and_(is_.screened, not_(is_.full)),
                _P.FINISHED_LATE: and_(late, is_.finished),
                _P.NOT_FINISHED: and_(late, not_(is_.finished)),
            },
        )

    return _tallies(connection, (due, undated), marks, count)


def screened_out(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Screenings that were decided in the period: how many needed no full assessment."""
    meanings = scope.meanings
    lines = _lines(
        scope,
        _h.from_stage.in_(sorted(meanings.screening_checks)),
        _h.move.in_(sorted(meanings.verdicts - meanings.returns)),
    )
    return _tallies(
        connection,
        (_of_lines(scope, lines),),
        {"out": lines.c.to_stage.in_(sorted(meanings.screened_out))},
        lambda is_: _Count(counted=is_.out),
    )


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
    lines = _lines(scope, _h.from_stage.in_(sorted(meanings.checks)), _h.move.in_(verdicts), first)
    return _tallies(
        connection,
        (_of_lines(scope, lines),),
        {"back": lines.c.move.in_(sorted(meanings.returns))},
        lambda is_: _Count(counted=is_.back),
    )


def consulted(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Full assessments approved in the period: how many had a consultation that was over by then.

    One whose consultations all lack a closing day is unknown.
    """
    of_it = consultation.c.assessment_id == _a.id
    marks = {
        "closed": exists().where(of_it, consultation.c.closes_on <= _a.approved_on),
        "undated": exists().where(of_it, consultation.c.closes_on.is_(None)),
    }
    rows = select(_a.department_id).where(scope.assessments, scope.on_day(_a.approved_on))
    return _tallies(
        connection,
        (rows,),
        marks,
        lambda is_: _Count(counted=is_.closed, unknown=and_(is_.undated, not_(is_.closed))),
    )


def actions_on_time(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Actions due in the period: how many were done by their target date.

    An open action without a day to be done by is unknown.
    """
    row = action.c
    has_deadline = row.target_kind.not_in(sorted(WITHOUT_DEADLINE))
    due = _of_actions(scope).where(has_deadline, scope.on_day(row.target_latest))
    undated = _of_actions(scope).where(
        or_(row.target_latest.is_(None), not_(has_deadline)), row.state == "open", row.created_at < scope.ends
    )
    done = and_(row.state.in_(("done", "verified")), row.done_on <= scope.as_at)
    marks = {
        "dated": and_(has_deadline, row.target_latest.is_not(None)),
        "done": done,
        "on_time": and_(done, row.done_on <= row.target_latest),
        "unverified": row.state == "done",
        "dropped": row.state == "dropped",
        "carried": row.state == "carried_forward",
    }

    def count(is_: Is) -> _Count:
        settled = or_(is_.done, is_.dropped, is_.carried)
        return _Count(
            counted=and_(is_.dated, is_.on_time),
            out_of=is_.dated,
            unknown=not_(is_.dated),
            parts={
                _P.TO_BE_VERIFIED: and_(is_.on_time, is_.unverified),
                _P.DONE_LATE: and_(is_.dated, is_.done, not_(is_.on_time)),
                _P.DROPPED: is_.dropped,
                _P.CARRIED_FORWARD: is_.carried,
                _P.STILL_OPEN: and_(is_.dated, not_(settled)),
            },
        )

    return _tallies(connection, (due, undated), marks, count)


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
        .add_columns(func.coalesce(slips.c.times, 0).label("times"))
    )
    return _tallies(
        connection,
        (rows,),
        {"moved": slips.c.times.is_not(None)},
        lambda is_: _Count(counted=is_.moved, sums={_P.TIMES_MOVED: is_.times}),
    )


def reviews_done(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Reviews due in the period: how many were finished by the day that is counted to."""
    end = literal(scope.as_at)
    rows = select(_a.department_id).where(
        scope.assessments,
        scope.on_day(_a.review_on),
        _a.approved_on.is_not(None),
        not_(scope.withdrawn_by(_a.review_on)),
    )
    marks = {
        "done": moved(_h.move, scope.meanings.closings, end),
        "begun": moved(_h.to_stage, scope.meanings.reviews, end),
    }
    return _tallies(
        connection,
        (rows,),
        marks,
        lambda is_: _Count(
            counted=is_.done,
            parts={
                _P.REVIEW_BEGUN: and_(is_.begun, not_(is_.done)),
                _P.REVIEW_NOT_BEGUN: and_(not_(is_.begun), not_(is_.done)),
            },
        ),
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
    drafts = _first(
        select(_a.approved_on, draft.label("at")).where(scope.assessments, scope.on_day(_a.approved_on)),
        "draft",
    )
    taken = _first(select(days_from(london_day(drafts.c.at), drafts.c.approved_on).label("days")), "taken")
    placed = select(
        taken.c.days,
        func.row_number().over(order_by=taken.c.days).label("place"),
        func.count().over().label("number"),
    ).subquery()
    middle = placed.c.place.in_(((placed.c.number + 1) // 2, (placed.c.number + 2) // 2))
    found = select(func.avg(placed.c.days), func.max(placed.c.number)).where(middle)
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


def decided(scope: Scope) -> Select[Any]:
    """The department of each assessment with a decision in the period, as the version it was taken on."""
    return select(_a.department_id).where(
        scope.assessments,
        scope.on_day(_a.decision_on),
        is_version_of(_a.decision_on),
        not_(scope.withdrawn_by(_a.decision_on)),
    )


def is_version_of(day: ColumnElement[Any]) -> Condition:
    """True of the version that there was on the day: begun by then, and not yet followed by another."""
    begun_later = and_(_a.previous_id.is_not(None), london_day(_a.created_at) > day)
    followed = exists().where(_NEXT.c.previous_id == _a.id, london_day(_NEXT.c.created_at) <= day)
    return and_(not_(begun_later), not_(followed))


def _decision_marks(scope: Scope) -> dict[str, Condition]:
    before = _a.approved_on <= _a.decision_on
    return {
        "dated": _a.decision_on.is_not(None),
        "before": before,
        "screened": and_(or_(_a.approved_on.is_(None), not_(before)), scope.screened_out_by(_a.decision_on)),
        "approved": _a.approved_on <= scope.as_at,
    }


def _too_late(is_: Is) -> dict[PartName, Condition]:
    """What was decided without: approved afterwards, or not by the day that is counted to."""
    without = and_(is_.dated, not_(is_.before), not_(is_.screened))
    return {
        _P.APPROVED_AFTER: and_(without, is_.approved),
        _P.NEVER_APPROVED: and_(without, not_(is_.approved)),
    }


def _lines(scope: Scope, *which: Condition) -> CTE:
    """The lines of history of the period, found by their time before it is asked whose they are."""
    lines = select(_h.assessment_id, _h.move, _h.to_stage).where(scope.at_time(_h.at), *which)
    return _first(lines, "line")


def _of_lines(scope: Scope, lines: CTE) -> Select[Any]:
    return (
        select(_a.department_id)
        .join_from(lines, assessment, _a.id == lines.c.assessment_id)
        .where(scope.assessments)
    )


def _of_actions(scope: Scope) -> Select[Any]:
    return (
        select(ACTION_DEPARTMENT.label("department_id"))
        .select_from(action)
        .outerjoin(assessment, _a.id == action.c.assessment_id)
        .outerjoin(plan, plan.c.id == action.c.plan_id)
        .where(scope.actions)
    )


def _first(query: Any, name: str) -> CTE:
    """The query as a table that is made before anything else is asked of it."""
    made: CTE = query.cte(name).prefix_with("MATERIALIZED")
    return made


def _tallies(
    connection: Connection,
    rows: tuple[Select[Any], ...],
    marks: Mapping[str, Condition],
    count: Callable[[Is], _Count],
) -> tuple[Tally, ...]:
    """Counts the rows by department; a mark that the database cannot tell is false."""
    marked = [case((each, true()), else_=false()).label(name) for name, each in marks.items()]
    row = _first(union_all(*(each.add_columns(*marked) for each in rows)), "row")
    asked = count(row.c)
    numbers: dict[str, ColumnElement[int]] = {
        name: case((condition, 1), else_=0)
        for name, condition in (
            ("counted", asked.counted),
            ("out_of", asked.out_of),
            ("unknown", asked.unknown),
            *((part.value, condition) for part, condition in asked.parts.items()),
        )
    }
    numbers |= {part.value: number for part, number in asked.sums.items()}
    totals = select(row.c.department_id, *(func.sum(number).label(name) for name, number in numbers.items()))
    found = connection.execute(totals.group_by(row.c.department_id)).mappings()
    return tuple(
        Tally(
            department_id=each["department_id"],
            counted=int(each["counted"]),
            out_of=int(each["out_of"]),
            unknown=int(each["unknown"]),
            parts={part: int(each[part.value]) for part in (*asked.parts, *asked.sums)},
        )
        for each in found
    )
