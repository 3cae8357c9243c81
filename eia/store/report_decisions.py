"""What a report says of decisions: whether the assessment was approved, or screened out, before them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, and_, not_, or_, select

from eia.domain.report.figures import PartName, Tally
from eia.store.report_counting import Condition, Count, Is, by_department
from eia.store.report_scope import Scope
from eia.store.tables import assessment

_a = assessment.c


def approved_before(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Decisions taken about what was not screened out: how many with the assessment approved by that day."""
    undated = select(_a.department_id).where(
        scope.assessments, _a.decision_on.is_(None), scope.on_day(_a.approved_on)
    )
    return by_department(
        connection,
        (_decided(scope), undated),
        _marks(scope),
        lambda is_: Count(
            counted=is_.before,
            out_of=and_(is_.dated, not_(is_.screened)),
            unknown=not_(is_.dated),
            parts=_too_late(is_),
        ),
    )


def without_assessment(connection: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Decisions taken: how many with nothing approved and nothing screened out by that day."""
    return by_department(
        connection,
        (_decided(scope),),
        _marks(scope),
        lambda is_: Count(counted=and_(not_(is_.before), not_(is_.screened)), parts=_too_late(is_)),
    )


def _decided(scope: Scope) -> Select[Any]:
    """The department of each assessment with a decision in the period, as the version it was taken on."""
    return select(_a.department_id).where(scope.assessments, scope.has_in_force(_a.decision_on))


def _marks(scope: Scope) -> dict[str, Condition]:
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
        PartName.APPROVED_AFTER: and_(without, is_.approved),
        PartName.NEVER_APPROVED: and_(without, not_(is_.approved)),
    }
