"""Somebody leaves: who takes each thing that they had open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.events import Event
from eia.domain.people import Actor
from eia.domain.policy import TABLE, Permission, Subject, may
from eia.store import leavers, parties, people, staff
from eia.store.leavers import Held, Named
from eia.store.people import ListedPerson
from eia.store.staff import StaffMember
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.assigning import assign_within
from eia.usecases.services import Services

NOT_YOURS = "Only an equality officer can say who takes over."
CHOOSE = "Select who takes this, or say that nobody does yet"


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """What the person has open, and who may take it."""

    person: StaffMember
    names: tuple[Named, ...]
    assessments: tuple[Held, ...]
    colleagues: tuple[ListedPerson, ...]

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to hand over."""
        return not (self.names or self.assessments)


def leaving(services: Services, actor: Actor, person_id: UUID) -> Leaving:
    """What the person would leave behind. Raises `NotFound`, `NotAllowed`."""
    _check(actor)
    today = services.today()
    with services.database.read() as connection:
        person = staff.one(connection, actor.body_id, person_id, today)
        if person is None:
            raise NotFound
        every = people.people(connection, actor.body_id, today)
        return Leaving(
            person=person,
            names=leavers.names(connection, actor.body_id, person_id),
            assessments=leavers.assessments(connection, person_id),
            colleagues=tuple(each for each in every if each.active and each.id != person_id),
        )


def is_yours(actor: Actor) -> bool:
    """Whether the actor says who takes over."""
    return may(actor, Permission.IMPORT_PLAN, Subject(body_id=actor.body_id))


def hand_on(services: Services, actor: Actor, person_id: UUID, takers: Mapping[str, UUID | None]) -> None:
    """Each thing goes to whoever is chosen; None leaves it to the equality officer until somebody is.

    `takers` answers for every name by its id, and for every assessment by its id and role ("id:lead").
    Raises `Invalid` for what was left open, and whatever stands against a choice.
    """
    known = leaving(services, actor, person_id)
    colleagues = {each.id for each in known.colleagues}
    open_ = {str(each.id) for each in known.names} | {key(each) for each in known.assessments}
    problems = {
        each: CHOOSE for each in open_ if each not in takers or takers[each] not in {None, *colleagues}
    }
    if problems:
        raise Invalid(problems)
    with services.database.write() as work:
        for name in known.names:
            parties.confirm(work.connection, actor.body_id, name.id, takers[str(name.id)])
            _log(services, work, actor, name, takers[str(name.id)])
        for held in known.assessments:
            _assign(services, work, actor, held, takers[key(held)])


def key(held: Held) -> str:
    """By what a form answers for the assessment."""
    return f"{held.assessment_id}:{held.role}"


def _assign(services: Services, work: UnitOfWork, actor: Actor, held: Held, taker: UUID | None) -> None:
    """A role that nobody takes stays under the old name, and what it asks goes to the equality officer."""
    if taker is None:
        return
    try:
        assign_within(services, work, actor, held.assessment_id, held.role, (taker,))
    except NotAllowed as refusal:
        raise Invalid({key(held): refusal.reason}) from refusal


def _log(services: Services, work: UnitOfWork, actor: Actor, name: Named, taker: UUID | None) -> None:
    work.record(
        Event(
            name="party_confirmed" if taker else "party_released",
            chain_id=actor.body_id,
            actor_id=actor.id,
            at=services.now(),
            data={"party": str(name.id), "holder": str(taker or "")},
        )
    )


def _check(actor: Actor) -> None:
    if not is_yours(actor):
        raise NotAllowed(NOT_YOURS, roles=tuple(TABLE[Permission.IMPORT_PLAN]))
