"""Whether the clock runs and mail goes, and what a person does when it does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eia.domain.errors import Invalid, NotAllowed
from eia.domain.events import Event
from eia.domain.people import Actor
from eia.domain.policy import TABLE, Permission, Subject, may
from eia.store import outbox, sweeps
from eia.usecases.reminders import SWEEP
from eia.usecases.services import Services


@dataclass(frozen=True, kw_only=True)
class OperationsState:
    """What `/readyz` and the operations page tell. While mail is on hold, `held` is all that waits."""

    last_sweep_at: datetime | None
    pending: int
    oldest_pending_at: datetime | None
    failed: int
    held: int
    hold_reason: str | None
    hold_since: datetime | None


def operations_state(services: Services) -> OperationsState:
    """How the clock and the mail stand now."""
    with services.database.read() as connection:
        last = sweeps.last(connection, SWEEP)
        waiting = outbox.backlog(connection)
        hold = outbox.current_hold(connection)
    return OperationsState(
        last_sweep_at=last.finished_at if last else None,
        pending=waiting.pending,
        oldest_pending_at=waiting.oldest,
        failed=waiting.failed,
        held=waiting.pending if hold else 0,
        hold_reason=hold.reason if hold else None,
        hold_since=hold.since if hold else None,
    )


def release_mail(services: Services, actor: Actor, *, because: str) -> None:
    """Let mail go again, with the reason; it is kept in the body's history that somebody did."""
    if not may(actor, Permission.SEE_OPERATIONS, Subject(body_id=actor.body_id)):
        raise NotAllowed(
            "Your roles do not let you release mail.", roles=tuple(TABLE[Permission.SEE_OPERATIONS])
        )
    if not because.strip():
        raise Invalid({"because": "Enter why mail may go again"})
    now = services.now()
    with services.database.write() as work:
        released = outbox.release(work.connection, by=actor.id, because=because.strip(), now=now)
        if released:
            work.record(Event(name="mail_released", chain_id=actor.body_id, actor_id=actor.id, at=now))
