"""Who an action names: a person chosen from the list, or words that wait for somebody to say who is meant."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from eia.domain.action import LeadRole, Party, PartyKind
from eia.domain.errors import Invalid
from eia.domain.forms.answers import MAX_LINE
from eia.store import parties, people
from eia.store.people import ListedPerson
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.services import Services

TOO_LONG = "Enter a name: 500 characters or fewer"
NOT_ON_THE_LIST = "Choose somebody from the list"


@dataclass(frozen=True, kw_only=True)
class LeadEntry:
    """A lead as somebody chose or typed it; a name nobody knows becomes a party to be confirmed."""

    name: str
    role: LeadRole = LeadRole.LEAD
    person_id: UUID | None = None


def party_for(services: Services, work: UnitOfWork, body_id: UUID, entry: LeadEntry) -> Party:
    """The party that the entry means. Raises `Invalid` for a name too long, or a person of another body.

    A chosen person is confirmed by being chosen; a typed name is the party written so, whoever that is.
    """
    if entry.person_id is None:
        name = " ".join(entry.name.split())
        if len(name) > MAX_LINE:
            raise Invalid({"lead": TOO_LONG})
        return parties.named(work.connection, body_id, name) or _new(services, work, body_id, name, None)
    listed = people.people(work.connection, body_id, services.today())
    person = next((each for each in listed if each.id == entry.person_id and each.active), None)
    if person is None:
        raise Invalid({"lead": NOT_ON_THE_LIST})
    return _party_of(services, work, body_id, person)


def _party_of(services: Services, work: UnitOfWork, body_id: UUID, person: ListedPerson) -> Party:
    """Choosing a person never says who somebody else's words meant, even where the words are the name."""
    for name in (person.name, f"{person.name} ({person.job_title})", f"{person.name} ({person.email})"):
        known = parties.named(work.connection, body_id, name)
        if known is None:
            return _new(services, work, body_id, name, person.id)
        if known.confirmed and known.holder_id == person.id:
            return known
    raise Invalid({"lead": NOT_ON_THE_LIST})


def _new(services: Services, work: UnitOfWork, body_id: UUID, name: str, holder_id: UUID | None) -> Party:
    party = Party(
        id=services.new_id(),
        kind=PartyKind.PERSON,
        name=name,
        holder_id=holder_id,
        confirmed=holder_id is not None,
    )
    parties.add(work.connection, body_id, party)
    return party
