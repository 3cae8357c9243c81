"""Who is away and who gets their mail; no permission goes with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.events import Event
from eia.domain.people import Actor
from eia.domain.policy import TABLE, Permission, Subject, may
from eia.store import absences, people, staff
from eia.store.absences import Absence
from eia.store.people import ListedPerson
from eia.store.staff import StaffMember
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.services import Services

LONGEST = timedelta(days=366)
NOT_YOURS = "Only they, their head of service or an equality officer can say who gets their mail."


@dataclass(frozen=True, kw_only=True)
class AskedAbsence:
    """What somebody typed."""

    first_day: date | None
    last_day: date | None
    deputy_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class Cover:
    """When a person is away, and who may stand in for them."""

    person: StaffMember
    absences: tuple[Absence, ...]
    colleagues: tuple[ListedPerson, ...]


def cover(services: Services, actor: Actor, person_id: UUID) -> Cover:
    """The person's absences from now on. Raises `NotFound`, `NotAllowed`."""
    today = services.today()
    with services.database.read() as connection:
        person = staff.one(connection, actor.body_id, person_id, today)
        _check(actor, person)
        every = people.people(connection, actor.body_id, today)
        found = absences.of_person(connection, person_id, today)
    assert person is not None
    colleagues = tuple(each for each in every if each.active and each.id != person_id)
    return Cover(person=person, absences=found, colleagues=colleagues)


def be_away(services: Services, actor: Actor, person_id: UUID, asked: AskedAbsence) -> None:
    """The deputy gets the person's mail from the first day to the last. Raises `Invalid` and as `cover`."""
    known = cover(services, actor, person_id)
    with services.database.write() as work:
        planned = absences.of_person(work.connection, person_id, services.today())
        new = _checked(services, replace(known, absences=planned), asked)
        absences.add(work.connection, actor.body_id, new, by=actor.id, now=services.now())
        _log(services, work, actor, "absence_planned", new)


def be_back(services: Services, actor: Actor, person_id: UUID, absence_id: UUID) -> None:
    """The person gets their own mail again, and what went to the deputy; a second time changes nothing."""
    known = cover(services, actor, person_id)
    found = next((each for each in known.absences if each.id == absence_id), None)
    if found is None:
        return
    with services.database.write() as work:
        absences.end(work.connection, absence_id, last_day=services.today() - timedelta(days=1))
        _log(services, work, actor, "absence_ended", found)


def may_choose(actor: Actor, person_id: UUID, department_id: UUID | None) -> bool:
    """Whether the actor says who gets this person's mail."""
    subject = Subject(body_id=actor.body_id, department_id=department_id)
    return actor.id == person_id or may(actor, Permission.CHOOSE_DEPUTY, subject)


def _check(actor: Actor, person: StaffMember | None) -> None:
    if person is None:
        raise NotFound
    if not may_choose(actor, person.id, person.department_id):
        raise NotAllowed(NOT_YOURS, roles=tuple(TABLE[Permission.CHOOSE_DEPUTY]))


def _checked(services: Services, known: Cover, asked: AskedAbsence) -> Absence:
    today, first, last = services.today(), asked.first_day, asked.last_day
    deputy = next((each for each in known.colleagues if each.id == asked.deputy_id), None)
    problems = {}
    if first is None or first < today:
        problems["first_day"] = "Enter the first day away: today or later"
    if last is None or (first is not None and not first <= last < first + LONGEST):
        problems["last_day"] = "Enter the last day away: not before the first, and within a year"
    if deputy is None:
        problems["deputy"] = "Select who gets the mail meanwhile"
    if problems or first is None or last is None or deputy is None:
        raise Invalid(problems)
    if any(each.first_day <= last and first <= each.last_day for each in known.absences):
        raise Invalid({"first_day": "They are away on some of these days already: end that first"})
    return Absence(
        id=services.new_id(),
        person_id=known.person.id,
        deputy_id=deputy.id,
        deputy_name=deputy.name,
        first_day=first,
        last_day=last,
    )


def _log(services: Services, work: UnitOfWork, actor: Actor, name: str, item: Absence) -> None:
    data = {
        "person": str(item.person_id),
        "deputy": str(item.deputy_id),
        "first_day": item.first_day.isoformat(),
        "last_day": item.last_day.isoformat(),
    }
    work.record(Event(name=name, chain_id=actor.body_id, actor_id=actor.id, at=services.now(), data=data))
