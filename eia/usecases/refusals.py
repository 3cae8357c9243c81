"""What follows when somebody cannot be reached by mail: no action falls silent."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from eia.domain.events import Notice
from eia.domain.people import Role
from eia.store import addresses, outbox
from eia.store import reminders as ledger
from eia.store.outbox import OutboxItem
from eia.store.reminders import Standing
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.services import Services

ADDRESS_REFUSED = "address_refused"
MAIL_FAILED = "mail_failed"
IN_DEPARTMENT = (Role.HEAD_OF_SERVICE, Role.DIRECTOR)
IN_BODY = (Role.EQUALITY_OFFICER, Role.ADMINISTRATOR)


def tell_the_next_post(
    services: Services, work: UnitOfWork, item: OutboxItem, error: str, *, address_refused: bool
) -> None:
    """What the mail asked for is asked again by the next sweep, and the next post up hears why it was not.

    A refused address is flagged on the person: until mail reaches them again, whoever would be told of an
    action without a lead is told of theirs.
    """
    now = services.now()
    carried = outbox.reminders_of(work.connection, [item.id]).get(item.id, ())
    ledger.cancel(work.connection, [one.id for one in carried])
    if address_refused:
        addresses.refuse(work.connection, item.recipient_id, because=error, now=now)
    if item.address_refused or item.payload.get("kind") in (ADDRESS_REFUSED, MAIL_FAILED):
        return  # they know, or could not be told either: the operations page lists it
    above = next_post(
        ledger.standings(work.connection, services.today()),
        item.body_id,
        addresses.department_of(work.connection, item.recipient_id),
        but=item.recipient_id,
    )
    kind = ADDRESS_REFUSED if address_refused else MAIL_FAILED
    notices = [Notice(kind=kind, recipient_id=one, person_id=item.recipient_id) for one in above]
    work.notify(item.body_id, notices, now=now)


def next_post(
    standings: Iterable[Standing], body_id: UUID, department_id: UUID | None, *, but: UUID
) -> tuple[UUID, ...]:
    """Whoever holds the next post up: in the department, else in the body; never the person it is about."""
    others = [one for one in standings if one.body_id == body_id and one.person_id != but]
    for role in (*IN_DEPARTMENT, *IN_BODY):
        found = [
            one.person_id
            for one in others
            if one.role is role and (role in IN_BODY or one.department_id == department_id)
        ]
        if found:
            return tuple(dict.fromkeys(found))
    return ()
