"""What a person does about mail that did not simply go."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from eia.domain.errors import Invalid, NotAllowed, NotFound, NotReady
from eia.domain.events import Event
from eia.domain.people import Actor
from eia.domain.policy import TABLE, Permission
from eia.domain.unmet import Unmet
from eia.store import addresses, promises, unsettled
from eia.store.outbox import UNSETTLED, OutboxItem
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.letters import unwritten
from eia.usecases.mails import OutboxMessage, sees_all, shown
from eia.usecases.services import Services

MOST = 200
HELD = "This mail is held with all others, and goes when mail is let go"


class Choice(StrEnum):
    """What is to become of a mail."""

    AGAIN = "again"
    DELIVERED = "delivered"
    GIVE_UP = "give_up"


EVENTS = {
    Choice.AGAIN: "mail_sent_again",
    Choice.DELIVERED: "mail_said_delivered",
    Choice.GIVE_UP: "mail_given_up",
}


def unsettled_mails(services: Services, actor: Actor) -> tuple[OutboxMessage, ...]:
    """The body's mails that wait for a person, oldest first. Raises `NotAllowed`."""
    _check(actor)
    with services.database.read() as connection:
        items = unsettled.of_body(connection, actor.body_id, limit=MOST)
        spoken_of = promises.contents(connection, items, services.today())
        return tuple(shown(services, item, spoken_of[item.id]) for item in items)


def choices(message: OutboxMessage) -> tuple[Choice, ...]:
    """What can be done about it; what is held goes when mail is let go."""
    if message.state not in UNSETTLED:
        return ()
    return tuple(each for each in Choice if each is not Choice.AGAIN or message.state != "held")


def settle(services: Services, actor: Actor, outbox_id: UUID, choice: Choice, *, because: str) -> None:
    """One mail is dealt with. Raises `NotReady` when somebody has done so already."""
    _check(actor)
    _check_reason(choice, because)
    with services.database.write() as work:
        if not _settle(services, work, actor, [outbox_id], choice, because.strip()):
            raise NotReady((Unmet(guard="mail_waits", message="Somebody has dealt with this mail already"),))


def settle_all(services: Services, actor: Actor, state: str, choice: Choice, *, because: str) -> int:
    """Every mail in one state is dealt with alike; how many there were. Twice does no harm."""
    _check(actor)
    if state not in UNSETTLED or (state == "held" and choice is Choice.AGAIN):
        raise NotFound
    _check_reason(choice, because)
    with services.database.write() as work:
        ids = unsettled.in_state(work.connection, actor.body_id, state)
        return _settle(services, work, actor, ids, choice, because.strip())


def _settle(
    services: Services,
    work: UnitOfWork,
    actor: Actor,
    ids: Collection[UUID],
    choice: Choice,
    because: str,
) -> int:
    now = services.now()
    found = unsettled.locked(work.connection, actor.body_id, ids)
    if choice is Choice.AGAIN and any(item.state == "held" for item in found):
        raise Invalid({"choice": HELD})
    for item in found:
        if choice is Choice.AGAIN:
            _again(services, work, item, because)
        elif choice is Choice.DELIVERED:
            unsettled.close(work.connection, item, "sent", because=because, sent_at=now)
        else:
            unsettled.close(work.connection, item, "cancelled", because=because, sent_at=None)
        data = {"mail": str(item.id)}
        work.record(Event(name=EVENTS[choice], chain_id=actor.body_id, actor_id=actor.id, at=now, data=data))
    return len(found)


def _again(services: Services, work: UnitOfWork, item: OutboxItem, because: str) -> None:
    """What may have gone goes as it was; what was refused is written anew, and the address tried again."""
    same = item.state == "in_doubt"
    payload = dict(item.payload if same else unwritten(item.payload))
    unsettled.again(work.connection, item, payload=payload, because=because, now=services.now())
    addresses.accept(work.connection, item.recipient_id)


def _check(actor: Actor) -> None:
    if not sees_all(actor):
        raise NotAllowed(
            "Your roles do not let you decide about mail.", roles=tuple(TABLE[Permission.SEE_OPERATIONS])
        )


def _check_reason(choice: Choice, because: str) -> None:
    if choice is not Choice.AGAIN and not because.strip():
        raise Invalid({"because": "Enter why, for whoever asks later"})
