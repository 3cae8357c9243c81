"""The programme: how many assessments stand where, and the list of them, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, func, select, tuple_

from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.store.home import LINE, AssessmentLine, as_lines
from eia.store.tables import assessment
from eia.store.visibility import visible


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What the list is narrowed to; None does not narrow."""

    department_id: UUID | None = None
    year: int | None = None
    stage: str | None = None


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many assessments of a department and a financial year stand at a stage."""

    department_id: UUID | None
    year: int
    stage: str
    number: int


def counts(connection: Connection, actor: Actor, today: date) -> tuple[Count, ...]:
    """Every combination that has an assessment which the actor may see."""
    rows = connection.execute(
        select(
            assessment.c.department_id,
            assessment.c.financial_year.label("year"),
            assessment.c.stage,
            func.count().label("number"),
        )
        .where(visible(actor, Permission.VIEW, today))
        .group_by(assessment.c.department_id, assessment.c.financial_year, assessment.c.stage)
    )
    return tuple(Count(**row._mapping) for row in rows)


def page(
    connection: Connection,
    actor: Actor,
    wanted: Filter,
    today: date,
    *,
    after: tuple[str, int] | None,
    limit: int,
) -> tuple[AssessmentLine, ...]:
    """Up to `limit` assessments in order of reference, from the one behind `after` (reference, version)."""
    query = LINE.where(visible(actor, Permission.VIEW, today), _matches(wanted))
    if after:
        query = query.where(tuple_(assessment.c.reference, assessment.c.version) > after)
    ordered = query.order_by(assessment.c.reference, assessment.c.version).limit(limit)
    return as_lines(connection, ordered)


def _matches(wanted: Filter) -> ColumnElement[bool]:
    pairs: list[tuple[ColumnElement[Any], object]] = [
        (assessment.c.department_id, wanted.department_id),
        (assessment.c.financial_year, wanted.year),
        (assessment.c.stage, wanted.stage),
    ]
    return and_(True, *(column == value for column, value in pairs if value is not None))
