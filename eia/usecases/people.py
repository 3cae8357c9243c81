"""Who works here and what they hold."""

from __future__ import annotations

from eia.domain.errors import NotAllowed
from eia.domain.people import Actor
from eia.domain.policy import TABLE, Permission, Subject, may
from eia.store import people
from eia.store.people import ListedPerson
from eia.usecases.services import Services


def list_people(services: Services, actor: Actor) -> tuple[ListedPerson, ...]:
    """Everybody of the actor's body, by name."""
    if not may(actor, Permission.MANAGE_PEOPLE, Subject(body_id=actor.body_id)):
        raise NotAllowed(
            "Your roles do not let you see this list.", roles=tuple(TABLE[Permission.MANAGE_PEOPLE])
        )
    with services.database.read() as connection:
        return people.people(connection, actor.body_id, services.today())
