"""Whether the clock runs and mail goes, for whoever looks after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eia.domain.mail_hold import HoldKind
from eia.store import mail_holds, outbox, sweeps
from eia.usecases.audit import ROUND as CHECKPOINT
from eia.usecases.outbox import ROUND as OUTBOX
from eia.usecases.reminders import SWEEP
from eia.usecases.rounds import is_late, next_sweep
from eia.usecases.services import LONDON, Services


@dataclass(frozen=True, kw_only=True)
class OperationsState:
    """What `/readyz` and the operations page tell."""

    last_sweep_at: datetime | None
    last_delivery_at: datetime | None
    last_checkpoint_at: datetime | None
    pending: int
    oldest_pending_at: datetime | None
    queued_since: datetime | None  # when the mail that may go and waits longest could have gone
    sent_today: int
    failed: int
    expired: int
    in_doubt: int
    held: int
    hold_kind: HoldKind | None
    hold_reason: str | None
    hold_since: datetime | None
    hold_until: datetime | None
    next_sweep_at: datetime
    sweep_is_late: bool

    @property
    def unsettled(self) -> int:
        """How many mails wait for a person."""
        return self.failed + self.expired + self.in_doubt + self.held


def operations_state(services: Services) -> OperationsState:
    """How the clock and the mail stand now."""
    now = services.now()
    with services.database.read() as connection:
        rounds = {name: sweeps.last(connection, name) for name in (SWEEP, OUTBOX, CHECKPOINT)}
        waiting = outbox.backlog(connection)
        hold = mail_holds.current(connection, now)
        queued_since = outbox.queued_since(connection, now)
        sent_today = outbox.sent_since(connection, _midnight(now))
    at = {name: found.finished_at if found else None for name, found in rounds.items()}
    return OperationsState(
        last_sweep_at=at[SWEEP],
        last_delivery_at=at[OUTBOX],
        last_checkpoint_at=at[CHECKPOINT],
        pending=waiting.of(*outbox.WAITING, *outbox.LEASED),
        oldest_pending_at=waiting.oldest,
        queued_since=queued_since,
        sent_today=sent_today,
        failed=waiting.of("failed"),
        expired=waiting.of("expired"),
        in_doubt=waiting.of("in_doubt"),
        held=waiting.of("held"),
        hold_kind=hold.kind if hold else None,
        hold_reason=hold.reason if hold else None,
        hold_since=hold.since if hold else None,
        hold_until=hold.until if hold else None,
        next_sweep_at=next_sweep(now),
        sweep_is_late=is_late(at[SWEEP], now),
    )


def _midnight(now: datetime) -> datetime:
    return now.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
