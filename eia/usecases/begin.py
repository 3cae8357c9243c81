"""An empty database becomes an installation: its kind, its body and its first administrator."""

from __future__ import annotations

from dataclasses import dataclass

from eia.domain.errors import Invalid
from eia.domain.people import Role
from eia.store import installation
from eia.store.installation import NewBody, NewPerson
from eia.usecases import upkeep
from eia.usecases.services import Services

SHORTEST_PASSWORD = 12


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What an installation begins with."""

    body_name: str
    nation: str
    person_name: str
    email: str
    password: str


def kind(services: Services) -> str | None:
    """Whether it is "demo" or "live"; None before anybody has begun."""
    with services.database.read() as connection:
        return installation.kind(connection)


def begin(services: Services, asked: Beginning) -> None:
    """A live installation with one body, and one person who looks after its people and settings.

    Raises Invalid when it has begun already, or when what was asked cannot be taken.
    """
    upkeep.upgrade(services)
    _check(asked)
    now, body_id, person_id = services.now(), services.new_id(), services.new_id()
    password_hash = services.passwords.hash(asked.password)
    with services.database.write() as work:
        if installation.kind(work.connection) is not None:
            raise Invalid({"database": "This database has been begun already."})
        installation.begin(work.connection, services.new_id(), "live", now)
        installation.add_body(
            work.connection, NewBody(id=body_id, name=asked.body_name.strip(), nation=asked.nation)
        )
        installation.add_person(
            work.connection,
            NewPerson(
                id=person_id,
                body_id=body_id,
                name=asked.person_name.strip(),
                job_title="",
                email=asked.email,
                password_hash=password_hash,
            ),
        )
        installation.grant(work.connection, services.new_id(), body_id, person_id, Role.ADMINISTRATOR)


def _check(asked: Beginning) -> None:
    problems = {}
    if not asked.body_name.strip():
        problems["body"] = "Give the body's name."
    if not asked.person_name.strip():
        problems["name"] = "Give the administrator's name."
    if "@" not in asked.email:
        problems["email"] = "Give an email address, such as name@example.org."
    if len(asked.password) < SHORTEST_PASSWORD:
        problems["password"] = f"Use a password of at least {SHORTEST_PASSWORD} characters."
    if problems:
        raise Invalid(problems)
