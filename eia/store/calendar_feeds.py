"""Whose calendar is read from outside, and what is in it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from eia.domain.calendar import Dated
from eia.domain.facts import ActionState
from eia.domain.people import Role
from eia.store import actions
from eia.store.tables import assessment, assignment, calendar_feed
from eia.store.targets import target_value


def since(connection: Connection, person_id: UUID) -> datetime | None:
    """When the person's address was made; None when there is none."""
    found: datetime | None = connection.scalar(
        select(calendar_feed.c.made_at).where(calendar_feed.c.person_id == person_id)
    )
    return found


def whose(connection: Connection, token_hash: bytes) -> UUID | None:
    """The person whose address has this token."""
    found: UUID | None = connection.scalar(
        select(calendar_feed.c.person_id).where(calendar_feed.c.token_hash == token_hash)
    )
    return found


def renew(connection: Connection, person_id: UUID, token_hash: bytes, now: datetime) -> None:
    """The person's only address from now on."""
    stop(connection, person_id)
    connection.execute(insert(calendar_feed).values(token_hash=token_hash, person_id=person_id, made_at=now))


def stop(connection: Connection, person_id: UUID) -> bool:
    """No address of the person's works any more; whether one did."""
    result = connection.execute(delete(calendar_feed).where(calendar_feed.c.person_id == person_id))
    return bool(result.rowcount)


def dated(connection: Connection, body_id: UUID, person_id: UUID) -> tuple[Dated, ...]:
    """What the person leads and has not finished."""
    return (*_actions(connection, body_id, person_id), *_assessments(connection, person_id))


def _actions(connection: Connection, body_id: UUID, person_id: UUID) -> tuple[Dated, ...]:
    led = actions.led_by(connection, body_id, person_id)
    return tuple(
        Dated(
            kind="action",
            id=item.id,
            known_as=" ".join((item.assessment_reference or item.plan_title, item.label)).strip(),
            target=item.target,
            version=item.row_version,
        )
        for item in led
        if item.state is ActionState.OPEN
    )


def _assessments(connection: Connection, person_id: UUID) -> tuple[Dated, ...]:
    rows = connection.execute(
        select(assessment)
        .join(assignment, assignment.c.assessment_id == assessment.c.id)
        .where(assignment.c.person_id == person_id, assignment.c.role == Role.LEAD)
        .where(assessment.c.is_open, assessment.c.held_from.is_(None))
        .order_by(assessment.c.target_latest, assessment.c.id)
    ).mappings()
    return tuple(
        Dated(
            kind="assessment",
            id=row["id"],
            known_as=row["reference"],
            target=target_value(row),
            version=row["row_version"],
        )
        for row in rows
    )
