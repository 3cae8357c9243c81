"""What stops all mail: a clock that jumped, a backup that was restored, a copy; and who lets it go again."""

from __future__ import annotations

from datetime import datetime

from eia.domain.errors import Invalid, NotAllowed
from eia.domain.events import Event
from eia.domain.mail_hold import PAUSE, HoldKind, clock_jumped
from eia.domain.people import Actor
from eia.domain.policy import TABLE, Permission, Subject, may
from eia.store import mail_holds, outbox, place, sweeps
from eia.store.mail_holds import Hold
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.services import Services


def watch(services: Services, work: UnitOfWork) -> Hold | None:
    """The hold in force, after a look at the place, the mark and the clock; what waits is held with it."""
    now = services.now()
    found = mail_holds.current(work.connection, now)
    if found is None or found.until is not None:
        wrong = _what_is_wrong(services, work, now)
        if wrong is not None:
            mail_holds.add(work.connection, services.new_id(), wrong)
            found = wrong
    if found is None:
        outbox.let_go(work.connection, now)  # whoever let mail go may have missed what was just being held
    elif found.until is None:
        _set_aside(services, work, found, now)
    return found


def _set_aside(services: Services, work: UnitOfWork, hold: Hold, now: datetime) -> None:
    """What was on its way when a backup was made has gone since, for all we know."""
    if hold.kind is HoldKind.RESTORED or not services.mail_rules.resend_when_in_doubt:
        outbox.doubt(work.connection, now)
    outbox.set_aside(work.connection, now)


def _what_is_wrong(services: Services, work: UnitOfWork, now: datetime) -> Hold | None:
    return (
        _copied(services, work, now) or _restored(services, work, now) or _clock_jumped(services, work, now)
    )


def _copied(services: Services, work: UnitOfWork, now: datetime) -> Hold | None:
    """The first place that looks at a database is its home; to any other it is a copy."""
    found, here = place.standing(work.connection), services.place.id()
    if found is None or not here or found.home == here:
        return None
    if found.home is None:
        place.move(work.connection, here)
        return None
    reason = f"This database mails from {found.home}; this is {here}"
    return Hold(kind=HoldKind.COPIED, reason=reason, since=now, detail=here)


def _restored(services: Services, work: UnitOfWork, now: datetime) -> Hold | None:
    found, seen = place.standing(work.connection), services.place.mark()
    if found is None or seen <= found.mark:
        return None
    reason = f"The database is at {found.mark}, and has been at {seen}"
    return Hold(kind=HoldKind.RESTORED, reason=reason, since=now, detail=str(seen))


def _clock_jumped(services: Services, work: UnitOfWork, now: datetime) -> Hold | None:
    last = sweeps.latest(work.connection)
    accepted = mail_holds.clock_accepted(work.connection)
    if accepted is not None and accepted <= now:
        # Rounds that a wrong clock dated later than now count for nothing once a person has said so.
        last = max(filter(None, (accepted, sweeps.latest(work.connection, upto=now))))
    reason = clock_jumped(last, now)
    return Hold(kind=HoldKind.CLOCK, reason=reason, since=now) if reason else None


def hold(services: Services, kind: HoldKind, reason: str) -> None:
    """Nothing goes until a person says so; what nobody answered to is tried again in five minutes."""
    now = services.now()
    until = now + PAUSE if kind is HoldKind.UNREACHABLE else None
    with services.database.write() as work:
        if until is None or mail_holds.current(work.connection, now) is None:
            stop = Hold(kind=kind, reason=reason, since=now, until=until)
            mail_holds.add(work.connection, services.new_id(), stop)


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
        for each in mail_holds.unreleased(work.connection):
            _accept(work, each)
        released = mail_holds.release(work.connection, by=actor.id, because=because.strip(), now=now)
        outbox.let_go(work.connection, now)
        if released:
            work.record(Event(name="mail_released", chain_id=actor.body_id, actor_id=actor.id, at=now))


def _accept(work: UnitOfWork, hold: Hold) -> None:
    """Whoever lets mail go says that this is the place, or that the backup is what counts now."""
    if hold.kind is HoldKind.COPIED:
        place.move(work.connection, hold.detail)
    if hold.kind is HoldKind.RESTORED:
        place.raise_mark(work.connection, at_least=int(hold.detail))
