"""The figures of a report: each one aggregate by department, which the database counts over an index."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, Connection, Select, and_, case, exists, func, literal, not_, or_, select

from eia.domain.report.figures import Figure, FigureName, PartName, Tally
from eia.store.days import days_from, london_day
from eia.store.report_actions import actions_on_time, dates_moved
from eia.store.report_counting import Condition, Count, Is, by_department, made_first
from eia.store.report_decisions import approved_before, without_assessment
from eia.store.report_scope import Scope, moved
from eia.store.tables import assessment, consultation, stage_history

_a = assessment.c
_h = stage_history.c
_EARLIER = stage_history.alias("earlier")


def in_time(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Assessments due: how many were approved, or screened out, by their target date.

    What is open at the end of the period and has no target date cannot be late: it is unknown.
    """
    due = select(_a.department_id).where(scope.assessments, scope.has_in_force(_a.target_latest))
    undated = select(_a.department_id).where(
        scope.assessments, _a.target_latest.is_(None), _a.is_open, _a.created_at < scope.ends
    )
    marks = {
        "dated": _a.target_latest.is_not(None),
        "full": _a.approved_on <= _a.target_latest,
        "screened": scope.screened_out_by(_a.target_latest),
        "finished": or_(_a.approved_on <= scope.as_at, scope.screened_out_by(literal(scope.as_at))),
    }

    def count(is_: Is) -> Count:
        late = and_(is_.dated, not_(is_.full), not_(is_.screened))
        return Count(
            counted=or_(is_.full, is_.screened),
            out_of=is_.dated,
            unknown=not_(is_.dated),
            parts={
                PartName.FULL_IN_TIME: is_.full,
                PartName.SCREENED_IN_TIME: and_(is_.screened, not_(is_.full)),
                PartName.FINISHED_LATE: and_(late, is_.finished),
                PartName.NOT_FINISHED: and_(late, not_(is_.finished)),
            },
        )

    return by_department(connection, (due, undated), marks, count)


def screened_out(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Screenings that were decided in the period: how many needed no full assessment."""
    meanings = scope.meanings
    lines = _lines(
        scope,
        _h.from_stage.in_(sorted(meanings.screening_checks)),
        _h.move.in_(sorted(meanings.verdicts - meanings.returns)),
    )
    return by_department(
        connection,
        (_of_lines(scope, lines),),
        {"out": lines.c.to_stage.in_(sorted(meanings.screened_out))},
        lambda is_: Count(counted=is_.out),
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
    return by_department(
        connection,
        (_of_lines(scope, lines),),
        {"back": lines.c.move.in_(sorted(meanings.returns))},
        lambda is_: Count(counted=is_.back),
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
    return by_department(
        connection,
        (rows,),
        marks,
        lambda is_: Count(counted=is_.closed, unknown=and_(is_.undated, not_(is_.closed))),
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
    return by_department(
        connection,
        (rows,),
        marks,
        lambda is_: Count(
            counted=is_.done,
            parts={
                PartName.REVIEW_BEGUN: and_(is_.begun, not_(is_.done)),
                PartName.REVIEW_NOT_BEGUN: and_(not_(is_.begun), not_(is_.done)),
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
    drafts = made_first(
        select(_a.approved_on, draft.label("at")).where(scope.assessments, scope.on_day(_a.approved_on)),
        "draft",
    )
    taken = made_first(
        select(days_from(london_day(drafts.c.at), drafts.c.approved_on).label("days")), "taken"
    )
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


def _lines(scope: Scope, *which: Condition) -> CTE:
    """The lines of history of the period, found by their time before it is asked whose they are."""
    lines = select(_h.assessment_id, _h.move, _h.to_stage).where(scope.at_time(_h.at), *which)
    return made_first(lines, "line")


def _of_lines(scope: Scope, lines: CTE) -> Select[Any]:
    return (
        select(_a.department_id)
        .join_from(lines, assessment, _a.id == lines.c.assessment_id)
        .where(scope.assessments)
    )
