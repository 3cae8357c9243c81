"""Who imports a plan at the command line, and for which department: by address and by code."""

from __future__ import annotations

from uuid import UUID

from eia.domain.errors import Invalid, NotAllowed
from eia.domain.people import Actor, Role
from eia.store import people
from eia.usecases.plan_readings import NOT_YOURS, departments_to_import_for, may_import
from eia.usecases.services import Services


def importer(services: Services, email: str | None) -> Actor:
    """The person with this address, or else the only equality officer there is.

    Raises `Invalid` with the key "as" when that is nobody or not one person, and `NotAllowed`.
    """
    person_id = _by_address(services, email) if email else _only_officer(services)
    with services.database.read() as connection:
        actor = people.actor(connection, person_id, services.today())
    if actor is None:
        raise Invalid({"as": "Nobody with this address can sign in."})
    if not may_import(actor):
        raise NotAllowed(NOT_YOURS)
    return actor


def department_called(services: Services, actor: Actor, code: str) -> UUID:
    """The department with this code, in any case. Raises `Invalid` naming the codes there are."""
    known = {each.code.upper(): each.id for each in departments_to_import_for(services, actor)}
    if code.upper() not in known:
        listed = ", ".join(sorted(known)) or "none"
        raise Invalid({"department": f"There is no department {code}. There is: {listed}."})
    return known[code.upper()]


def _by_address(services: Services, email: str) -> UUID:
    with services.database.read() as connection:
        account = people.account(connection, email)
    if account is None:
        raise Invalid({"as": f"Nobody has the address {email}."})
    return account.person_id


def _only_officer(services: Services) -> UUID:
    with services.database.read() as connection:
        body = people.only_body(connection)
        listed = people.people(connection, body.id, services.today()) if body else ()
    officers = [each for each in listed if each.active and (Role.EQUALITY_OFFICER, "") in each.grants]
    if len(officers) != 1:
        raise Invalid({"as": "Say who imports it, with the address of an equality officer: --as EMAIL"})
    return officers[0].id
