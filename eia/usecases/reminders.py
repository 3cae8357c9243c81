"""The reminder sweep: what should exist by now, recorded once, one digest a person a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from eia.domain.cover import goes_to
from eia.domain.digest import line
from eia.domain.mail_hold import FREEZES, STORM_DAYS, STORM_FLOOR, HoldKind, storm
from eia.domain.reminders import still_holds
from eia.store import mail_holds, outbox, promises, sweeps
from eia.store import reminders as ledger
from eia.store.mail_holds import Hold
from eia.store.reminder_queries import LedgerRow
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.cover import catch_up, hand_over
from eia.usecases.due_reminders import PolicyOf, Rules, ledger_rows, released_policy
from eia.usecases.mail_holds import watch
from eia.usecases.services import LONDON, Services

SWEEP = "reminders"
DIGESTS = uuid5(NAMESPACE_URL, "eia:digest")


@dataclass(frozen=True, kw_only=True)
class SweepResult:
    """What a sweep did; `held` says why mail waits, `nobody` counts what no one could be told of."""

    as_of: date
    created: int = 0
    superseded: int = 0
    cancelled: int = 0
    recipients: int = 0
    nobody: int = 0
    held: str | None = None


def sweep(
    services: Services, *, as_of: date | None = None, policy_of: PolicyOf = released_policy
) -> SweepResult:
    """Record what should exist by `as_of` (today) and does not; a second time the same day nothing is new."""
    now, today = services.now(), as_of or services.today()
    rules = Rules(today=today, bank_holidays=services.bank_holidays, policy_of=policy_of)
    with services.database.write() as work:
        sweeps.alone(work.connection, SWEEP)
        stopped = watch(services, work)
        if stopped is not None and stopped.kind in FREEZES:
            return SweepResult(as_of=today, held=stopped.reason)
        cancelled = _cancel_what_no_longer_holds(work, today)
        deputies = hand_over(work, today)
        findings = ledger.find(work.connection, rules.questions, today)
        rows, nobody = ledger_rows(findings)
        rows = _with_digests(work, [*rows, *catch_up(work, today)], deputies, today, now)
        ledger.add(work.connection, rows, now=now)
        queued = sum(1 for row in rows if row.state == "queued")
        result = SweepResult(
            as_of=today,
            created=queued,
            superseded=len(rows) - queued,
            cancelled=cancelled,
            recipients=len({row.recipient_id for row in rows if row.state == "queued"}),
            nobody=nobody,
            held=stopped.reason if stopped else None,
        )
        return _record(services, work, result, now)


def _cancel_what_no_longer_holds(work: UnitOfWork, today: date) -> int:
    gone = [
        item.id
        for item in ledger.doubtful(work.connection)
        if not (item.is_open and still_holds(item.rule, item.occurrence, item.target))
    ]
    gone += _occasions_gone(work, today)
    ledger.cancel(work.connection, gone)
    return len(gone)


def _occasions_gone(work: UnitOfWork, today: date) -> list[UUID]:
    """Of what has not been sent: the move is made, the day moved, it is answered, or somebody else has it."""
    pending = ledger.pending_occasions(work.connection)
    about = {(row.subject_kind, row.subject_id) for row in pending}
    known = promises.promises(work.connection, about, today)
    return [
        row.id
        for row in pending
        if line(row.rule, row.occurrence, known[row.subject_kind, row.subject_id], row.recipient_id) is None
    ]


def _with_digests(
    work: UnitOfWork,
    rows: Sequence[LedgerRow],
    deputies: Mapping[UUID, UUID],
    today: date,
    now: datetime,
) -> list[LedgerRow]:
    """The rows with the digest each goes with: its reader's unsent one, else today's if still there."""
    waiting = ledger.waiting_recipients(work.connection)
    due = waiting | {(row.body_id, row.recipient_id) for row in rows if row.state == "queued"}
    wanted = {(body_id, goes_to(person_id, deputies)) for body_id, person_id in due}
    carries: dict[UUID, UUID | None] = dict(outbox.open_digests(work.connection)) if wanted else {}
    new = {
        uuid5(DIGESTS, f"{body_id}/{person_id}/{today}"): (body_id, person_id)
        for body_id, person_id in wanted
        if person_id not in carries
    }
    gone = outbox.of_day(work.connection, today) if new else frozenset()
    fresh = [(digest_id, *whose) for digest_id, whose in new.items() if digest_id not in gone]
    outbox.add_digests(work.connection, fresh, day=today, now=now)
    carries.update({person_id: digest_id for digest_id, _, person_id in fresh})
    for _, person_id in waiting:
        digest_id = carries.get(goes_to(person_id, deputies))
        if digest_id is not None:
            ledger.attach(work.connection, person_id, digest_id)
    return [
        row._replace(outbox_id=carries.get(goes_to(row.recipient_id, deputies)))
        if row.state == "queued"
        else row
        for row in rows
    ]


def _record(services: Services, work: UnitOfWork, result: SweepResult, now: datetime) -> SweepResult:
    too_many = _storm(work, result.created, now)
    if too_many:
        stop = Hold(kind=HoldKind.STORM, reason=too_many, since=now)
        mail_holds.add(work.connection, services.new_id(), stop)
    sweeps.record(
        work.connection,
        services.new_id(),
        sweeps.Sweep(
            name=SWEEP,
            started_at=now,
            finished_at=services.now(),
            created=result.created,
            note=f"as of {result.as_of}",
        ),
    )
    return replace(result, held=too_many or result.held)


def _storm(work: UnitOfWork, created: int, now: datetime) -> str | None:
    """The first sweep of an instance has nothing to compare with and is let go: it is one digest a person."""
    if created <= STORM_FLOOR or sweeps.last(work.connection, SWEEP) is None:
        return None
    earlier = sweeps.since(work.connection, SWEEP, now - timedelta(days=STORM_DAYS))
    by_day = [(each.started_at.astimezone(LONDON).date(), each.created) for each in earlier]
    return storm(created, by_day, now.astimezone(LONDON).date())
