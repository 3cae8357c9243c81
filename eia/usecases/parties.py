"""Who the names in plans are: suggested by likeness, decided by a person; mail goes nowhere before that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from eia.domain.action import Party
from eia.domain.errors import NotAllowed, NotFound
from eia.domain.events import Event
from eia.domain.party_match import Known, suggested
from eia.domain.people import Actor, Role
from eia.domain.policy import Permission, Subject, may
from eia.store import parties, people, scheduling
from eia.store.people import ListedPerson
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.assigning import assign_within
from eia.usecases.services import Services

NOT_YOURS = "Only an equality officer can say who a name in a plan is."


@dataclass(frozen=True, kw_only=True)
class PartyToConfirm:
    """A party as written, whom its mail reaches now, and whom the name may mean."""

    party: Party
    holder_name: str | None
    suggestions: tuple[Known, ...]
    open_actions: int = 0


def known_parties(services: Services, actor: Actor) -> tuple[PartyToConfirm, ...]:
    """Every party of the body, those that nobody has confirmed first. Raises `NotAllowed`."""
    _check(actor)
    with services.database.read() as connection:
        known = _known(people.people(connection, actor.body_id, services.today()))
        found = parties.of_body(connection, actor.body_id)
        waiting = parties.open_actions(connection, actor.body_id)
    names = {person.id: person.name for person in known}
    rows = [
        PartyToConfirm(
            party=party,
            holder_name=names.get(party.holder_id) if party.holder_id else None,
            suggestions=() if party.confirmed else suggested(party.name, known),
            open_actions=waiting.get(party.id, 0),
        )
        for party in found
    ]
    return tuple(sorted(rows, key=lambda row: (row.party.confirmed, row.party.name)))


def party_to_confirm(
    services: Services, actor: Actor, party_id: UUID
) -> tuple[PartyToConfirm, tuple[Known, ...]]:
    """One of them, and everybody it may be. Raises `NotAllowed`, `NotFound`."""
    found = next((each for each in known_parties(services, actor) if each.party.id == party_id), None)
    if found is None:
        raise NotFound
    with services.database.read() as connection:
        return found, _known(people.people(connection, actor.body_id, services.today()))


def confirm_party(services: Services, actor: Actor, party_id: UUID, holder_id: UUID | None) -> None:
    """Mail for the party reaches this person from now on; None takes it away from whoever it was.

    Raises `NotAllowed`, or `NotFound` when the party or the person is not of the actor's body.
    """
    _check(actor)
    with services.database.write() as work:
        known = {
            person.id for person in _known(people.people(work.connection, actor.body_id, services.today()))
        }
        if holder_id is not None and holder_id not in known:
            raise NotFound
        every = parties.of_body(work.connection, actor.body_id)
        party = next((item for item in every if item.id == party_id), None)
        if party is None:
            raise NotFound
        if party.holder_id == holder_id and party.confirmed == (holder_id is not None):
            return  # said before
        parties.confirm(work.connection, actor.body_id, party_id, holder_id)
        if holder_id is not None:
            _ask_to_lead(services, work, actor, party.name, holder_id)
        work.record(
            Event(
                name="party_confirmed" if holder_id else "party_released",
                chain_id=actor.body_id,
                actor_id=actor.id,
                at=services.now(),
                data={"party": str(party_id), "holder": str(holder_id or "")},
            )
        )


def _ask_to_lead(services: Services, work: UnitOfWork, actor: Actor, name: str, holder_id: UUID) -> None:
    """Whoever a plan named as an assessment's lead is asked to lead it, now that somebody knows who it is."""
    for assessment_id in scheduling.without_lead(work.connection, actor.body_id, name):
        assign_within(services, work, actor, assessment_id, Role.LEAD, (holder_id,))


def _check(actor: Actor) -> None:
    if not may(actor, Permission.IMPORT_PLAN, Subject(body_id=actor.body_id)):
        raise NotAllowed(NOT_YOURS)


def _known(listed: Iterable[ListedPerson]) -> tuple[Known, ...]:
    return tuple(
        Known(id=person.id, name=person.name, job_title=person.job_title)
        for person in listed
        if person.active
    )
