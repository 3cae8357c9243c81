"""The parts of a plan beside its actions: objectives, recommendations, names as written, versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, insert, select

from eia.store.tables import (
    action,
    action_recommendation,
    objective,
    party,
    person,
    plan_alias,
    plan_change,
    plan_version,
    recommendation,
)


@dataclass(frozen=True, kw_only=True)
class Objective:
    """A priority, theme or objective, with its printed label; `parent_id` is the level above."""

    id: UUID
    parent_id: UUID | None
    label: str
    title: str
    place: int


@dataclass(frozen=True, kw_only=True)
class PlanRecommendation:
    """What somebody outside asked for, and the actions that answer it."""

    id: UUID
    label: str
    heading: str
    text: str
    place: int
    answers: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanVersion:
    """One document that was imported into the plan."""

    number: int
    reading_id: UUID | None
    source_name: str
    source_sha256: str
    imported_by: UUID
    imported_at: datetime
    person_name: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanChange:
    """What a version changed of one action: what, before and after; `because` where a date moved."""

    number: int
    action_id: UUID
    kind: str  # added, changed, missing
    changes: tuple[tuple[str, str, str], ...] = ()
    because: str = ""


def add_objective(connection: Connection, plan_id: UUID, item: Objective) -> None:
    """One more level of the plan's headings."""
    connection.execute(insert(objective).values(plan_id=plan_id, **asdict(item)))


def objectives(connection: Connection, plan_id: UUID) -> tuple[Objective, ...]:
    """The plan's objectives in its order."""
    parts = [objective.c[each.name] for each in fields(Objective)]
    mine = select(*parts).where(objective.c.plan_id == plan_id).order_by(objective.c.place)
    return tuple(Objective(**row) for row in connection.execute(mine).mappings())


def add_recommendation(connection: Connection, plan_id: UUID, item: PlanRecommendation) -> None:
    """One more recommendation, which its `answers` do not yet answer."""
    values = {name: value for name, value in asdict(item).items() if name != "answers"}
    connection.execute(insert(recommendation).values(plan_id=plan_id, **values))


def answer(connection: Connection, action_id: UUID, recommendation_ids: Sequence[UUID]) -> None:
    """The action answers these recommendations."""
    if recommendation_ids:
        connection.execute(
            insert(action_recommendation),
            [{"action_id": action_id, "recommendation_id": each} for each in recommendation_ids],
        )


def recommendations(connection: Connection, plan_id: UUID) -> tuple[PlanRecommendation, ...]:
    """The plan's recommendations in its order, each with the actions that answer it."""
    answers = _answers(connection, plan_id)
    parts = [recommendation.c[each.name] for each in fields(PlanRecommendation) if each.name != "answers"]
    mine = select(*parts).where(recommendation.c.plan_id == plan_id).order_by(recommendation.c.place)
    rows = connection.execute(mine).mappings()
    return tuple(PlanRecommendation(**row, answers=answers[row["id"]]) for row in rows)


def _answers(connection: Connection, plan_id: UUID) -> dict[UUID, tuple[UUID, ...]]:
    found: dict[UUID, tuple[UUID, ...]] = defaultdict(tuple)
    rows = connection.execute(
        select(action_recommendation)
        .join(recommendation, recommendation.c.id == action_recommendation.c.recommendation_id)
        .where(recommendation.c.plan_id == plan_id)
    )
    for row in rows:
        found[row.recommendation_id] += (row.action_id,)
    return found


def asked_of(connection: Connection, action_id: UUID) -> tuple[tuple[str, str], ...]:
    """The recommendations that an action answers: printed label and words."""
    rows = connection.execute(
        select(recommendation.c.label, recommendation.c.text)
        .join(action_recommendation, action_recommendation.c.recommendation_id == recommendation.c.id)
        .where(action_recommendation.c.action_id == action_id)
        .order_by(recommendation.c.place)
    )
    return tuple((row.label, row.text) for row in rows)


def goes_on_as(connection: Connection, action_id: UUID) -> UUID | None:
    """The same promise in the plan of the next period."""
    later = select(action.c.id).where(action.c.carried_from == action_id, action.c.plan_id.is_not(None))
    return connection.execute(later).scalar()


def add_aliases(connection: Connection, plan_id: UUID, aliases: dict[str, UUID]) -> None:
    """How this plan writes parties that have another name."""
    known = {written for written, _ in aliases_of(connection, plan_id)}
    new = [
        {"plan_id": plan_id, "written": written, "party_id": party_id}
        for written, party_id in aliases.items()
        if written not in known
    ]
    if new:
        connection.execute(insert(plan_alias), new)


def aliases_of(connection: Connection, plan_id: UUID) -> tuple[tuple[str, str], ...]:
    """Each name as the plan writes it, with the name of the party that it means."""
    rows = connection.execute(
        select(plan_alias.c.written, party.c.name)
        .join(party, party.c.id == plan_alias.c.party_id)
        .where(plan_alias.c.plan_id == plan_id)
        .order_by(plan_alias.c.written)
    )
    return tuple((row.written, row.name) for row in rows)


def add_version(connection: Connection, body_id: UUID, plan_id: UUID, item: PlanVersion) -> None:
    """One more document that was imported into the plan."""
    values = {name: value for name, value in asdict(item).items() if name != "person_name"}
    connection.execute(insert(plan_version).values(plan_id=plan_id, body_id=body_id, **values))


def latest_version(connection: Connection, plan_id: UUID) -> int:
    """The number of the plan's newest version; 0 for a plan that was never a document."""
    newest = select(func.max(plan_version.c.number)).where(plan_version.c.plan_id == plan_id)
    return connection.execute(newest).scalar() or 0


def versions(connection: Connection, plan_id: UUID) -> tuple[PlanVersion, ...]:
    """The plan's versions, newest first."""
    parts = [plan_version.c[each.name] for each in fields(PlanVersion) if each.name != "person_name"]
    rows = connection.execute(
        select(*parts, person.c.name.label("person_name"))
        .join(person, person.c.id == plan_version.c.imported_by)
        .where(plan_version.c.plan_id == plan_id)
        .order_by(plan_version.c.number.desc())
    ).mappings()
    return tuple(PlanVersion(**row) for row in rows)


def add_change(connection: Connection, change_id: UUID, plan_id: UUID, item: PlanChange) -> None:
    """What a version changed of one action."""
    connection.execute(insert(plan_change).values(id=change_id, plan_id=plan_id, **asdict(item)))


def changes(connection: Connection, plan_id: UUID, number: int) -> tuple[PlanChange, ...]:
    """What this version changed."""
    rows = connection.execute(
        select(plan_change)
        .where(plan_change.c.plan_id == plan_id, plan_change.c.number == number)
        .order_by(plan_change.c.kind, plan_change.c.id)
    ).mappings()
    return tuple(
        PlanChange(
            number=row["number"],
            action_id=row["action_id"],
            kind=row["kind"],
            changes=tuple((what, before, after) for what, before, after in row["changes"]),
            because=row["because"],
        )
        for row in rows
    )
