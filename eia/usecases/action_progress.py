"""Following an action to its outcome: progress, moved dates, done with evidence, verified by another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from eia.domain.action import Action, ProgressKind
from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.events import NOTHING
from eia.domain.facts import ActionState
from eia.domain.people import Actor
from eia.domain.policy import Permission, may
from eia.domain.target_date import parse_target
from eia.store import action_progress
from eia.store import actions as rows
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.actions import NOT_OPEN, log
from eia.usecases.conditions import tell_approvers
from eia.usecases.services import Services

NOT_YOUR_ACTION = "Only the people who lead this action, or an equality officer, can update it."
CANNOT_VERIFY = (
    "Only the champion, the head of service or an equality officer can verify that an action is done."
)
YOU_LEAD_IT = "You lead this action, so somebody else must verify it."
YOU_CLOSED_IT = "You said this action was done, so somebody else must verify it."

WhyNot = Callable[[Actor, Action], str | None]


@dataclass(frozen=True, kw_only=True)
class Update:
    """How an action is going, as its lead says: on track, delayed because, or done with evidence.

    `done_on` is for what is done; without one it was done today.
    """

    kind: ProgressKind
    note: str = ""
    done_on: date | None = None


def on_track(services: Services, actor: Actor, action_id: UUID, note: str) -> None:
    """The lead says that the action will be done in time."""
    with services.database.write() as work:
        update(services, work, actor, action_id, Update(kind=ProgressKind.ON_TRACK, note=note))


def delayed(services: Services, actor: Actor, action_id: UUID, because: str) -> None:
    """The lead says that the action will be late, and why; the promised date stays."""
    with services.database.write() as work:
        update(services, work, actor, action_id, Update(kind=ProgressKind.DELAYED, note=because))


def mark_done(
    services: Services, actor: Actor, action_id: UUID, evidence: str, *, done_on: date | None = None
) -> None:
    """The lead says that it is done and what shows it; somebody else verifies."""
    said = Update(kind=ProgressKind.DONE, note=evidence, done_on=done_on)
    with services.database.write() as work:
        update(services, work, actor, action_id, said)


def update(
    services: Services,
    work: UnitOfWork,
    actor: Actor,
    action_id: UUID,
    said: Update,
    *,
    data: Mapping[str, str | int] = NOTHING,
) -> None:
    """The same within a transaction that does more; `data` is what the audit event says besides.

    Raises `Invalid` when a reason or evidence is missing, `NotAllowed` for whoever does not lead it.
    """
    _check(services, said)
    item = _allowed(rows.one(work.connection, actor.body_id, action_id), actor, why_not_update)
    if said.kind is ProgressKind.DONE:
        rows.replace(work.connection, _done(item, actor, said, services.today()))
    _note(services, work, actor, item, said.kind, said.note.strip(), data=data)


def move_target(services: Services, actor: Actor, action_id: UUID, target: str, because: str) -> None:
    """A new promised date in the lead's words, and why; the old one stays readable in the progress."""
    _need(target, "target", "Enter the new date, such as 30 June 2027")
    _need(because, "note", "Enter why the date moves")
    with services.database.write() as work:
        item = _allowed(rows.one(work.connection, actor.body_id, action_id), actor, why_not_update)
        moved = replace(item, target=parse_target(target))
        counted = item.slips.after(item.deadline, moved.deadline)
        rows.replace(work.connection, replace(moved, slips=counted))
        _note(
            services,
            work,
            actor,
            item,
            ProgressKind.MOVED,
            f"{item.target.raw} → {target.strip()}. {because.strip()}",
        )


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


def _done_action(work: UnitOfWork, actor: Actor, action_id: UUID) -> Action:
    return _allowed(rows.one(work.connection, actor.body_id, action_id), actor, why_not_verify)


def _allowed(item: Action, actor: Actor, why_not: WhyNot) -> Action:
    if not may(actor, Permission.VIEW_ACTION, item.subject()):
        raise NotFound
    refused = why_not(actor, item)
    if refused:
        raise NotAllowed(refused)
    return item


def _check(services: Services, said: Update) -> None:
    if said.kind is ProgressKind.DELAYED:
        _need(said.note, "note", "Enter why it is delayed")
    if said.kind is ProgressKind.DONE:
        _need(said.note, "evidence", "Enter what shows that it is done, such as a link or what changed")
    if said.done_on is not None and said.done_on > services.today():
        raise Invalid({"done_on": "The day it was done must be today or in the past"})


def _done(item: Action, actor: Actor, said: Update, today: date) -> Action:
    return replace(
        item,
        state=ActionState.DONE,
        done_on=said.done_on or today,
        done_by=actor.id,
        done_evidence=said.note.strip(),
    )


def _note(
    services: Services,
    work: UnitOfWork,
    actor: Actor,
    item: Action,
    kind: ProgressKind,
    note: str,
    *,
    data: Mapping[str, str | int] = NOTHING,
) -> None:
    action_progress.add(
        work.connection, services.new_id(), item.id, kind, note, by=actor.id, at=services.now()
    )
    log(services, work, actor, item, f"action_{kind.value}", data)
    tell_approvers(services, work, actor, item, kind)


def _need(typed: str, field: str, sentence: str) -> None:
    if not typed.strip():
        raise Invalid({field: sentence})
