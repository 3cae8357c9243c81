"""Following an action to its outcome: progress, moved dates, done with evidence, verified by another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from eia.domain.action import Action, ProgressKind
from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.facts import ActionState
from eia.domain.people import Actor
from eia.domain.policy import Permission, may
from eia.domain.target_date import parse_target
from eia.store import actions as rows
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.actions import NOT_OPEN, log
from eia.usecases.services import Services

NOT_YOUR_ACTION = "Only the people who lead this action, or an equality officer, can update it."
CANNOT_VERIFY = (
    "Only the champion, the head of service or an equality officer can verify that an action is done."
)
YOU_LEAD_IT = "You lead this action, so somebody else must verify it."
YOU_CLOSED_IT = "You said this action was done, so somebody else must verify it."

WhyNot = Callable[[Actor, Action], str | None]


def on_track(services: Services, actor: Actor, action_id: UUID, note: str) -> None:
    """The lead says that the action will be done in time."""
    with services.database.write() as work:
        item = _open_action(work, actor, action_id)
        _note(services, work, actor, item, ProgressKind.ON_TRACK, note.strip())


def delayed(services: Services, actor: Actor, action_id: UUID, because: str) -> None:
    """The lead says that the action will be late, and why; the promised date stays."""
    _need(because, "note", "Enter why it is delayed")
    with services.database.write() as work:
        item = _open_action(work, actor, action_id)
        _note(services, work, actor, item, ProgressKind.DELAYED, because.strip())


def move_target(services: Services, actor: Actor, action_id: UUID, target: str, because: str) -> None:
    """A new promised date in the lead's words, and why; the old one stays readable in the progress."""
    _need(target, "target", "Enter the new date, such as 30 June 2027")
    _need(because, "note", "Enter why the date moves")
    with services.database.write() as work:
        item = _open_action(work, actor, action_id)
        rows.replace(work.connection, replace(item, target=parse_target(target)))
        _note(
            services,
            work,
            actor,
            item,
            ProgressKind.MOVED,
            f"{item.target.raw} → {target.strip()}. {because.strip()}",
        )


def mark_done(
    services: Services, actor: Actor, action_id: UUID, evidence: str, *, done_on: date | None = None
) -> None:
    """The lead says that it is done and what shows it; somebody else verifies."""
    _need(evidence, "evidence", "Enter what shows that it is done, such as a link or what changed")
    day = done_on or services.today()
    if day > services.today():
        raise Invalid({"done_on": "The day it was done must be today or in the past"})
    with services.database.write() as work:
        item = _open_action(work, actor, action_id)
        done = replace(
            item, state=ActionState.DONE, done_on=day, done_by=actor.id, done_evidence=evidence.strip()
        )
        rows.replace(work.connection, done)
        _note(services, work, actor, item, ProgressKind.DONE, evidence.strip())


def verify(services: Services, actor: Actor, action_id: UUID, note: str = "") -> None:
    """A second person says that the action is done indeed."""
    with services.database.write() as work:
        item = _done_action(work, actor, action_id)
        verified = replace(
            item, state=ActionState.VERIFIED, verified_by=actor.id, verified_on=services.today()
        )
        rows.replace(work.connection, verified)
        _note(services, work, actor, item, ProgressKind.VERIFIED, note.strip())


def not_verified(services: Services, actor: Actor, action_id: UUID, because: str) -> None:
    """A second person says what is still missing; the action is open again."""
    _need(because, "note", "Enter what is still missing")
    with services.database.write() as work:
        item = _done_action(work, actor, action_id)
        reopened = replace(item, state=ActionState.OPEN, done_on=None, done_by=None, done_evidence="")
        rows.replace(work.connection, reopened)
        _note(services, work, actor, item, ProgressKind.NOT_VERIFIED, because.strip())


def why_not_update(actor: Actor, item: Action) -> str | None:
    """Why the actor may not update the action now, or None when they may."""
    if not may(actor, Permission.UPDATE_ACTION, item.subject()):
        return NOT_YOUR_ACTION
    return None if item.state is ActionState.OPEN else NOT_OPEN


def why_not_verify(actor: Actor, item: Action) -> str | None:
    """Why the actor may not verify the action now, or None: whoever leads or closed it never may."""
    if item.state is not ActionState.DONE:
        return "Nobody has said yet that this action is done."
    if not may(actor, Permission.VERIFY_ACTION, item.subject()):
        return CANNOT_VERIFY
    if actor.id in item.lead_people():
        return YOU_LEAD_IT
    return YOU_CLOSED_IT if item.done_by == actor.id else None


def _open_action(work: UnitOfWork, actor: Actor, action_id: UUID) -> Action:
    return _allowed(rows.one(work.connection, actor.body_id, action_id), actor, why_not_update)


def _done_action(work: UnitOfWork, actor: Actor, action_id: UUID) -> Action:
    return _allowed(rows.one(work.connection, actor.body_id, action_id), actor, why_not_verify)


def _allowed(item: Action, actor: Actor, why_not: WhyNot) -> Action:
    if not may(actor, Permission.VIEW_ACTION, item.subject()):
        raise NotFound
    refused = why_not(actor, item)
    if refused:
        raise NotAllowed(refused)
    return item


def _note(
    services: Services, work: UnitOfWork, actor: Actor, item: Action, kind: ProgressKind, note: str
) -> None:
    rows.add_progress(work.connection, services.new_id(), item.id, kind, note, by=actor.id, at=services.now())
    log(services, work, actor, item, f"action_{kind.value}")


def _need(typed: str, field: str, sentence: str) -> None:
    if not typed.strip():
        raise Invalid({field: sentence})
