"""People come, change their work and leave; nobody says here what they may do themselves."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.events import Event, Notice
from eia.domain.people import Actor, Role
from eia.domain.policy import TABLE, Permission, Subject, may
from eia.store import installation, people, scheduling, staff, welcomes
from eia.store.installation import NewPerson
from eia.store.people import Department
from eia.store.staff import Held, StaffMember
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.begin import SHORTEST_PASSWORD
from eia.usecases.services import Services

WELCOME_FOR = timedelta(days=7)
IN_A_DEPARTMENT = (Role.AUTHOR, Role.HEAD_OF_SERVICE, Role.DIRECTOR)
IN_THE_BODY = (Role.CHAMPION, Role.EQUALITY_OFFICER, Role.COMMITTEE, Role.CABINET_MEMBER, Role.ADMINISTRATOR)
NOT_YOURS = "Your roles do not let you change people."
NOT_YOUR_OWN = "Nobody changes their own roles: ask another administrator or equality officer."
# What every mail server takes: one that cannot be written into a header must not get as far as the outbox.
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*", re.ASCII | re.IGNORECASE)
NOT_TO_AN_ADMINISTRATOR = "Only an administrator can do this to an administrator."
RESET_BY_ADMINISTRATORS = "They have a password already: only an administrator can let them set another."
ADMINISTRATORS_ONLY = "Only an administrator can make somebody an administrator, or stop them being one."


@dataclass(frozen=True, kw_only=True)
class PersonEntry:
    """What somebody typed about a person."""

    name: str
    job_title: str
    email: str
    department_id: UUID | None
    roles: frozenset[Role]
    active: bool = True


def departments(services: Services, actor: Actor) -> tuple[Department, ...]:
    """The body's departments, by name."""
    _check(actor)
    with services.database.read() as connection:
        return people.departments(connection, actor.body_id)


def member(services: Services, actor: Actor, person_id: UUID) -> StaffMember:
    """One person. Raises `NotFound`, `NotAllowed`."""
    _check(actor)
    with services.database.read() as connection:
        return _found(staff.one(connection, actor.body_id, person_id, services.today()))


def add_person(services: Services, actor: Actor, entry: PersonEntry) -> UUID:
    """Somebody new; they cannot sign in before they have set a password by a welcome link."""
    _check(actor)
    with services.database.write() as work:
        _check_entry(work, actor, entry, None)
        _check_roles(actor, None, frozenset(), entry.roles)
        person_id = services.new_id()
        installation.add_person(
            work.connection,
            NewPerson(
                id=person_id,
                body_id=actor.body_id,
                name=" ".join(entry.name.split()),
                job_title=" ".join(entry.job_title.split()),
                email=entry.email.strip(),
                department_id=entry.department_id,
            ),
        )
        staff.replace_roles(work.connection, actor.body_id, person_id, _held(services, entry))
        _log(services, work, actor, "person_added", person_id, entry)
    return person_id


def change_person(services: Services, actor: Actor, person_id: UUID, entry: PersonEntry) -> None:
    """The person as they now are. Whoever has left can sign in no more; records keep their name."""
    _check(actor)
    with services.database.write() as work:
        before = _found(staff.one(work.connection, actor.body_id, person_id, services.today()))
        _check_entry(work, actor, entry, person_id)
        moved = before.department_id != entry.department_id and bool(entry.roles & set(IN_A_DEPARTMENT))
        changed = frozenset(before.roles) != entry.roles or moved or before.active != entry.active
        _check_roles(actor, person_id if changed else None, frozenset(before.roles), entry.roles)
        if before.active != entry.active:
            _check_administrator(actor, before)
        staff.replace(work.connection, _member(person_id, entry))
        if changed:
            held = _held_after(services, before, entry)
            staff.replace_roles(work.connection, actor.body_id, person_id, held)
        _log(services, work, actor, "person_changed", person_id, entry)


def add_department(services: Services, actor: Actor, code: str, name: str) -> UUID:
    """A department; references of its assessments begin with the code, such as FIN."""
    _check(actor)
    code, name = code.strip().upper(), " ".join(name.split())
    with services.database.write() as work:
        problems = {}
        if not (code.isalnum() and code.isascii() and 2 <= len(code) <= 6):
            problems["code"] = "Enter a code of 2 to 6 letters or digits, such as FIN"
        elif staff.code_taken(work.connection, actor.body_id, code):
            problems["code"] = "Another department has this code: choose another"
        if not name:
            problems["name"] = "Enter the department's name"
        if problems:
            raise Invalid(problems)
        department_id = services.new_id()
        installation.add_department(work.connection, actor.body_id, department_id, code, name)
        data = {"department": str(department_id), "code": code}
        work.record(
            Event(
                name="department_added",
                chain_id=actor.body_id,
                actor_id=actor.id,
                at=services.now(),
                data=data,
            )
        )
    return department_id


def welcome(services: Services, actor: Actor, person_id: UUID) -> str:
    """A fresh token, shown once, with which the person sets a password within seven days."""
    _check(actor)
    token = secrets.token_urlsafe(32)
    with services.database.write() as work:
        person = _found(staff.one(work.connection, actor.body_id, person_id, services.today()))
        if person_id == actor.id or not person.active:
            raise NotAllowed("A welcome link is for somebody else, who works here.")
        _check_administrator(actor, person)  # whoever holds the link can sign in as them
        if person.has_password and Role.ADMINISTRATOR not in actor.roles():
            raise NotAllowed(RESET_BY_ADMINISTRATORS)
        welcomes.add(work.connection, _hash(token), person_id, services.now() + WELCOME_FOR)
        _log(services, work, actor, "welcome_made", person_id, None)
        _tell_the_others(services, work, actor, person_id)
    return token


def is_welcome(services: Services, token: str) -> bool:
    """Whether the link still opens the page that sets a password."""
    with services.database.read() as connection:
        return welcomes.whose(connection, _hash(token), services.now()) is not None


def set_password(services: Services, token: str, password: str) -> None:
    """The password of whom the link is for. Raises `NotFound` for a spent link, `Invalid` for a short one."""
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid(
            {"password": "Use at least 12 characters, such as four words that do not belong together"}
        )
    if not is_welcome(services, token):
        raise NotFound
    password_hash = services.passwords.hash(password)  # slow on purpose: never while a transaction is open
    with services.database.write() as work:
        found = welcomes.whose(work.connection, _hash(token), services.now())
        if found is None:
            raise NotFound
        welcomes.use(work.connection, found.person_id, password_hash)
        work.record(
            Event(
                name="password_set",
                chain_id=found.body_id,
                actor_id=found.person_id,
                at=services.now(),
            )
        )


def _tell_the_others(services: Services, work: UnitOfWork, actor: Actor, person_id: UUID) -> None:
    """Whoever makes a link could use it themselves, so everybody else who could have made it hears of it."""
    roles = (Role.EQUALITY_OFFICER, Role.ADMINISTRATOR)
    held = (
        scheduling.holders_for(work.connection, actor.body_id, role, None, services.today()) for role in roles
    )
    told = {holder_id for holders in held for holder_id, _ in holders} - {actor.id, person_id}
    notices = [
        Notice(kind="welcome_made", recipient_id=each, person_id=person_id) for each in sorted(told, key=str)
    ]
    work.notify(actor.body_id, notices, now=services.now())


def _check(actor: Actor) -> None:
    if not may(actor, Permission.MANAGE_PEOPLE, Subject(body_id=actor.body_id)):
        raise NotAllowed(NOT_YOURS, roles=tuple(TABLE[Permission.MANAGE_PEOPLE]))


def _check_entry(work: UnitOfWork, actor: Actor, entry: PersonEntry, person_id: UUID | None) -> None:
    problems = {}
    if not entry.name.strip():
        problems["name"] = "Enter the person's name"
    if not _ADDRESS.fullmatch(entry.email.strip()):
        problems["email"] = "Enter an email address, such as name@example.org"
    elif staff.address_taken(work.connection, entry.email.strip().lower(), but=person_id):
        problems["email"] = "Somebody else has this email address"
    known = {each.id for each in people.departments(work.connection, actor.body_id)}
    if entry.department_id is not None and entry.department_id not in known:
        problems["department"] = "Select the department"
    if entry.roles & set(IN_A_DEPARTMENT) and entry.department_id is None:
        problems["department"] = "Select the department in which they hold the role"
    if problems:
        raise Invalid(problems)


def _check_roles(actor: Actor, changed: UUID | None, before: frozenset[Role], after: frozenset[Role]) -> None:
    if changed == actor.id:
        raise NotAllowed(NOT_YOUR_OWN)
    if Role.ADMINISTRATOR in before ^ after and Role.ADMINISTRATOR not in actor.roles():
        raise NotAllowed(ADMINISTRATORS_ONLY)


def _check_administrator(actor: Actor, person: StaffMember) -> None:
    if Role.ADMINISTRATOR in person.roles and Role.ADMINISTRATOR not in actor.roles():
        raise NotAllowed(NOT_TO_AN_ADMINISTRATOR)


def _elsewhere(before: StaffMember, entry: PersonEntry) -> tuple[Held, ...]:
    """What they hold in departments other than their own, which the form does not show: it stays so."""
    homes = (before.department_id, entry.department_id)
    return tuple(
        each
        for each in before.held
        if each.role in entry.roles and each.role in IN_A_DEPARTMENT and each.department_id not in homes
    )


def _held(services: Services, entry: PersonEntry, before: Sequence[Held] = ()) -> tuple[Held, ...]:
    """What they hold in the body and in their own department; what was to end on a day still does."""
    until = {each.role: each.until for each in before}
    return tuple(
        Held(
            id=services.new_id(),
            role=role,
            department_id=entry.department_id if role in IN_A_DEPARTMENT else None,
            until=until.get(role),
        )
        for role in sorted(entry.roles)
    )


def _held_after(services: Services, before: StaffMember, entry: PersonEntry) -> tuple[Held, ...]:
    """A role held only elsewhere stays there, and is not given at home besides."""
    elsewhere = _elsewhere(before, entry)
    here = [each for each in before.held if each not in elsewhere]
    only_elsewhere = {each.role for each in elsewhere} - {each.role for each in here}
    at_home = replace(entry, roles=entry.roles - only_elsewhere)
    return (*elsewhere, *_held(services, at_home, here))


def _member(person_id: UUID, entry: PersonEntry) -> StaffMember:
    return StaffMember(
        id=person_id,
        name=" ".join(entry.name.split()),
        job_title=" ".join(entry.job_title.split()),
        email=entry.email.strip().lower(),
        department_id=entry.department_id,
        active=entry.active,
        roles=tuple(sorted(entry.roles)),
    )


def _found(person: StaffMember | None) -> StaffMember:
    if person is None:
        raise NotFound
    return person


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _log(
    services: Services, work: UnitOfWork, actor: Actor, name: str, person_id: UUID, entry: PersonEntry | None
) -> None:
    data = {"person": str(person_id)}
    if entry is not None:
        data |= {"roles": ",".join(sorted(entry.roles)), "active": "yes" if entry.active else "no"}
    work.record(Event(name=name, chain_id=actor.body_id, actor_id=actor.id, at=services.now(), data=data))
