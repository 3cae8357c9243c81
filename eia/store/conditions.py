"""The actions that an approval is subject to, and who must hear of what becomes of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, exists, insert, select

from eia.domain.facts import SignatureOutcome
from eia.store.tables import action, sign_off, sign_off_condition


@dataclass(frozen=True, kw_only=True)
class Condition:
    """An action that an approval is subject to."""

    action_id: UUID
    text: str


@dataclass(frozen=True, kw_only=True)
class Approver:
    """Somebody whose approval is subject to an action, with the name and job title of that day."""

    person_id: UUID
    name: str
    job_title: str
    at: datetime


def add(connection: Connection, sign_off_id: UUID, action_ids: Collection[UUID]) -> None:
    """The signature is given subject to these actions."""
    rows = [{"sign_off_id": sign_off_id, "action_id": each} for each in sorted(action_ids)]
    if rows:
        connection.execute(insert(sign_off_condition), rows)


def of_assessment(connection: Connection, assessment_id: UUID) -> dict[UUID, tuple[Condition, ...]]:
    """What each signature of the assessment is subject to, by the signature's id."""
    found: dict[UUID, tuple[Condition, ...]] = defaultdict(tuple)
    for row in connection.execute(_OF_ASSESSMENT, {"this_id": assessment_id}):
        found[row.sign_off_id] += (Condition(action_id=row.id, text=row.text),)
    return found


def approvers(connection: Connection, action_id: UUID) -> tuple[Approver, ...]:
    """Whose approval is subject to the action, or to the promise that it carries on; each person once."""
    rows = connection.execute(_APPROVERS, {"this_id": action_id})
    found = (
        Approver(person_id=row.person_id, name=row.name, job_title=row.job_title, at=row.at) for row in rows
    )
    return tuple({each.person_id: each for each in found}.values())


_OF_ASSESSMENT = (
    select(sign_off_condition.c.sign_off_id, action.c.id, action.c.text)
    .join(sign_off, sign_off.c.id == sign_off_condition.c.sign_off_id)
    .join(action, action.c.id == sign_off_condition.c.action_id)
    .where(sign_off.c.assessment_id == bindparam("this_id"))
    .order_by(action.c.target_latest, action.c.id)
)
_STANDS = and_(sign_off.c.outcome == SignatureOutcome.SIGNED.value, ~sign_off.c.lapsed)
_PROMISE = (
    select(action.c.id, action.c.carried_from)
    .where(action.c.id == bindparam("this_id"))
    .cte("promise", recursive=True)
)
_EARLIER = action.alias("earlier")
_SAME_PROMISE = _PROMISE.union(
    select(_EARLIER.c.id, _EARLIER.c.carried_from).join(_PROMISE, _EARLIER.c.id == _PROMISE.c.carried_from)
)
_APPROVERS = (
    select(sign_off.c.person_id, sign_off.c.name, sign_off.c.job_title, sign_off.c.at)
    .join(sign_off_condition, sign_off_condition.c.sign_off_id == sign_off.c.id)
    .where(_STANDS, sign_off_condition.c.action_id.in_(select(_SAME_PROMISE.c.id)))
    .order_by(sign_off.c.at)
)
IS_CONDITION = exists().where(
    sign_off_condition.c.action_id == action.c.id,
    sign_off_condition.c.sign_off_id == sign_off.c.id,
    _STANDS,
)
"""Whether an approval that stands is subject to the action at hand."""
