"""What an area of a framework points to, and what it could: only what whoever asks may see."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from eia.domain.framework import Link, LinkKind
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.store.frameworks import AreaKey, of_area
from eia.store.tables import (
    action,
    action_recommendation,
    assessment,
    consultation,
    framework_link,
    plan,
    recommendation,
)
from eia.store.visibility import leads_action, visible

MOST = 10
"""So many of each kind are offered for the words that somebody looks for."""


@dataclass(frozen=True, kw_only=True)
class Sight:
    """Who asks, on which day, and whose plans that person may see (None: every department's)."""

    actor: Actor
    today: date
    plan_departments: Collection[UUID] | None

    @property
    def assessments(self) -> ColumnElement[bool]:
        """True of the rows of `assessment` that are seen."""
        return visible(self.actor, Permission.VIEW, self.today)

    @property
    def plans(self) -> ColumnElement[bool]:
        """True of the rows of `plan` that are seen."""
        mine = plan.c.body_id == self.actor.body_id
        if self.plan_departments is None:
            return mine
        return and_(mine, plan.c.department_id.in_(self.plan_departments))


def links(connection: Connection, key: AreaKey, sight: Sight) -> tuple[tuple[Link, ...], int]:
    """What the area points to, as far as it may be seen, and how much more there is."""
    row = framework_link.c
    pointed_to = of_area(row, key)
    found: list[Link] = []
    for kind, query in _kinds(sight):
        subject = query.selected_columns.subject_id
        joined = query.add_columns(row.id).join(
            framework_link, and_(row.subject_id == subject, row.kind == kind.value)
        )
        found += _links(connection, joined.where(pointed_to).order_by(row.added_at), kind)
    counted = select(func.count()).select_from(framework_link).where(pointed_to)
    number = connection.execute(counted).scalar_one()
    return tuple(found), number - len(found)


def offered(connection: Connection, sight: Sight, words: str) -> tuple[Link, ...]:
    """What has these words in its title or reference, of each kind the first few."""
    pattern = f"%{words.lower().replace('/', '//').replace('%', '/%').replace('_', '/_')}%"
    found: list[Link] = []
    for kind, query in _kinds(sight):
        columns = query.selected_columns
        said = func.lower(columns.title + " " + columns.context).like(pattern, escape="/")
        subject = columns.subject_id
        found += _links(
            connection,
            query.add_columns(subject.label("id")).where(said).limit(MOST),
            kind,
        )
    return tuple(found)


def one(connection: Connection, sight: Sight, kind: LinkKind, subject_id: UUID) -> Link | None:
    """This one thing, if it may be seen."""
    query = dict(_kinds(sight))[kind]
    subject = query.selected_columns.subject_id
    asked = query.add_columns(subject.label("id")).where(subject == subject_id)
    return next(iter(_links(connection, asked, kind)), None)


def recommendations(connection: Connection, sight: Sight, plan_kind: str) -> tuple[Link, ...]:
    """Every recommendation of plans of this kind, in the order of their documents."""
    query = _recommendations(sight).where(plan.c.kind == plan_kind)
    subject = query.selected_columns.subject_id
    asked = query.add_columns(subject.label("id")).order_by(
        plan.c.period_from.desc(), plan.c.title, recommendation.c.place
    )
    return tuple(_links(connection, asked, LinkKind.RECOMMENDATION))


def _links(connection: Connection, query: Select[Any], kind: LinkKind) -> Iterator[Link]:
    for row in connection.execute(query).mappings():
        yield Link(kind=kind, **row)


def _kinds(sight: Sight) -> Iterator[tuple[LinkKind, Select[Any]]]:
    yield LinkKind.ASSESSMENT, _assessments(sight)
    yield LinkKind.CONSULTATION, _consultations(sight)
    yield LinkKind.ACTION, _actions(sight)
    yield LinkKind.RECOMMENDATION, _recommendations(sight)


def _assessments(sight: Sight) -> Select[Any]:
    return select(
        assessment.c.id.label("subject_id"),
        assessment.c.id.label("owner_id"),
        assessment.c.title.label("title"),
        assessment.c.reference.label("context"),
    ).where(sight.assessments)


def _consultations(sight: Sight) -> Select[Any]:
    return (
        select(
            consultation.c.id.label("subject_id"),
            assessment.c.id.label("owner_id"),
            consultation.c.method.label("title"),
            (assessment.c.reference + " " + assessment.c.title).label("context"),
        )
        .join(assessment, assessment.c.id == consultation.c.assessment_id)
        .where(sight.assessments)
    )


def _actions(sight: Sight) -> Select[Any]:
    seen = or_(
        and_(assessment.c.id.is_not(None), sight.assessments),
        and_(plan.c.id.is_not(None), sight.plans),
        leads_action(sight.actor),
    )
    return (
        select(
            action.c.id.label("subject_id"),
            action.c.id.label("owner_id"),
            action.c.text.label("title"),
            func.coalesce(assessment.c.reference, plan.c.title, "").label("context"),
            action.c.state.label("state"),
        )
        .select_from(action)
        .outerjoin(assessment, assessment.c.id == action.c.assessment_id)
        .outerjoin(plan, plan.c.id == action.c.plan_id)
        .where(action.c.body_id == sight.actor.body_id, seen)
    )


def _recommendations(sight: Sight) -> Select[Any]:
    answering = (
        select(func.count())
        .select_from(action_recommendation)
        .join(action, action.c.id == action_recommendation.c.action_id)
        .where(action_recommendation.c.recommendation_id == recommendation.c.id, action.c.state != "dropped")
        .correlate(recommendation)
    )
    label = case((recommendation.c.label == "", ""), else_=recommendation.c.label + " ")
    return (
        select(
            recommendation.c.id.label("subject_id"),
            plan.c.id.label("owner_id"),
            (label + recommendation.c.text).label("title"),
            plan.c.title.label("context"),
            answering.scalar_subquery().label("answers"),
            answering.where(action.c.state == "open").scalar_subquery().label("open_answers"),
        )
        .join(plan, plan.c.id == recommendation.c.plan_id)
        .where(sight.plans)
    )
