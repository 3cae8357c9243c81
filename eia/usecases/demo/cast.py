"""The people of the demonstration, and who does what among them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from eia.domain.people import Actor, Role
from eia.store import installation, people
from eia.store.installation import NewBody, NewPerson
from eia.usecases.services import Services

_HERE = Path(__file__).parent
WIDE = frozenset(
    {Role.EQUALITY_OFFICER, Role.ADMINISTRATOR, Role.COMMITTEE, Role.CABINET_MEMBER, Role.CHAMPION}
)
"""Roles held in the whole body; the others are held in one's own department."""


@cache
def read(name: str) -> dict[str, Any]:
    """A data file of the demonstration."""
    return tomllib.loads((_HERE / f"{name}.toml").read_text("utf-8"))


@dataclass
class Cast:
    """Everybody by their short name, and the departments by code."""

    services: Services
    body_id: UUID
    departments: dict[str, UUID] = field(default_factory=dict)
    _ids: dict[str, UUID] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Actor:
        """The person, as they sign in."""
        if key not in self._actors:
            with self.services.database.read() as connection:
                found = people.actor(connection, self._ids[key], self.services.today())
            if found is None:
                raise KeyError(key)
            self._actors[key] = found
        return self._actors[key]

    def with_role(self, role: Role, department: str | None = None) -> list[Actor]:
        """The people who hold the role, in the file's order."""
        return [
            self[person["key"]]
            for person in read("council")["person"]
            if role.value in person["roles"] and department in (None, person.get("department"))
        ]

    def holding(self, person_id: UUID | None) -> Actor | None:
        """The person with this id."""
        return next((self[key] for key, known in self._ids.items() if known == person_id), None)


def engage(services: Services) -> Cast:
    """The council, its departments and its people, in a database that is a demonstration for good."""
    council = read("council")
    cast = Cast(services=services, body_id=services.new_id())
    with services.database.write() as work:
        installation.begin(work.connection, services.new_id(), "demo", services.now())
        installation.add_body(
            work.connection,
            NewBody(id=cast.body_id, name=council["name"], nation=council["nation"], theme=council["theme"]),
        )
        for each in council["department"]:
            cast.departments[each["code"]] = services.new_id()
            installation.add_department(
                work.connection, cast.body_id, cast.departments[each["code"]], each["code"], each["name"]
            )
        for each in council["person"]:
            cast._ids[each["key"]] = services.new_id()
            installation.add_person(work.connection, _person(cast, each))
            for role in map(Role, each["roles"]):
                installation.grant(
                    work.connection,
                    services.new_id(),
                    cast.body_id,
                    cast._ids[each["key"]],
                    role,
                    department_id=None if role in WIDE else cast.departments[each["department"]],
                )
    return cast


def _person(cast: Cast, each: dict[str, Any]) -> NewPerson:
    return NewPerson(
        id=cast._ids[each["key"]],
        body_id=cast.body_id,
        name=each["name"],
        job_title=each["job_title"],
        email=f"{'.'.join(each['name'].lower().replace(chr(39), '').split())}@ashmere.example.org",
        department_id=cast.departments.get(each.get("department", "")),
    )
