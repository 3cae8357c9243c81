"""A small council in a fresh database, and browsers for its people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from eia.domain.people import Actor, Role
from eia.settings import Settings, sqlite_in
from eia.store import people as people_store
from eia.store.tables import (
    action,
    action_lead,
    assessment,
    assignment,
    body,
    department,
    instance,
    metadata,
    party,
    person,
    role_grant,
)
from eia.usecases.services import Services
from eia.web import create_app
from eia.wiring import build_services

PASSWORD = "a horse, a battery and a staple"


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


class PlainPasswords:
    """As slow as nothing."""

    def hash(self, password: str) -> str:
        return f"plain {password}"

    def verify(self, password: str, kept: str | None) -> bool:
        return kept == f"plain {password}"


@dataclass
class Town:
    """Sandmere Borough Council: two departments, and people by a short name."""

    services: Services
    settings: Settings
    clock: Clock
    body_id: UUID = field(default_factory=uuid4)
    departments: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    assessments: dict[str, UUID] = field(default_factory=dict)
    parties: dict[str, UUID] = field(default_factory=dict)

    def insert(self, table: object, **values: object) -> None:
        with self.services.database.write() as work:
            work.connection.execute(insert(table).values(**values))

    def add_person(self, name: str, *roles: Role, department: str | None = "FIN") -> UUID:
        person_id = self.people[name] = uuid4()
        home = self.departments[department] if department else None
        self.insert(
            person,
            id=person_id,
            body_id=self.body_id,
            department_id=home,
            name=f"{name.title()} Example",
            job_title="Officer",
            email=f"{name}@example.org",
            password_hash=f"plain {PASSWORD}",
        )
        for role in roles:
            self.insert(
                role_grant,
                id=uuid4(),
                body_id=self.body_id,
                person_id=person_id,
                role=role,
                department_id=home if role in (Role.HEAD_OF_SERVICE, Role.DIRECTOR, Role.AUTHOR) else None,
            )
        return person_id

    def add_assessment(
        self, title: str, stage: str, *, department: str = "FIN", lead: str | None = "lea", **columns: object
    ) -> UUID:
        """An assessment at a stage; people by the names of `assignment` roles, columns as given."""
        assessment_id, number = uuid4(), len(self.assessments) + 1
        self.assessments[title] = assessment_id
        people = {Role.LEAD: lead, Role.CHAMPION: columns.pop("champion", None)}
        values = {
            "stage_since": self.clock.now(),
            "is_open": stage not in {"closed", "withdrawn", "screened_out", "superseded"},
            "lead_accepted_at": self.clock.now(),
            "financial_year": 2025,
            **columns,
        }
        self.insert(
            assessment,
            id=assessment_id,
            body_id=self.body_id,
            department_id=self.departments[department],
            reference=f"{department}-2026-{number:03d}",
            version=1,
            row_version=1,
            title=title,
            workflow="england-1",
            characteristic_list="characteristics-gb-1",
            characteristics=["age", "sex"],
            stage=stage,
            target_milestones=[],
            created_at=self.clock.now(),
            **values,
        )
        for role, name in people.items():
            if name:
                self.insert(
                    assignment, assessment_id=assessment_id, person_id=self.people[str(name)], role=role
                )
        return assessment_id

    def add_action(
        self,
        text: str,
        lead: str | None,
        by: date | None,
        *,
        assessment_id: UUID | None = None,
        **columns: object,
    ) -> UUID:
        """An open action with one confirmed lead, or none."""
        action_id = uuid4()
        values = {"state": "open", "target_raw": "", "target_kind": "day", **columns}
        self.insert(
            action,
            id=action_id,
            body_id=self.body_id,
            assessment_id=assessment_id,
            label="",
            heading="",
            text=text,
            outcome="",
            target_earliest=by,
            target_latest=by,
            target_provisional=False,
            target_milestones=[],
            done_evidence="",
            closed_because="",
            problems=[],
            created_by=self.people["olu"],
            created_at=self.clock.now(),
            row_version=1,
            **values,
        )
        if lead:
            self.insert(action_lead, action_id=action_id, party_id=self.party(lead), role="lead")
        return action_id

    def party(self, name: str) -> UUID:
        """The person as a confirmed party."""
        if name not in self.parties:
            self.parties[name] = uuid4()
            self.insert(
                party,
                id=self.parties[name],
                body_id=self.body_id,
                kind="person",
                name=f"{name.title()} Example",
                holder_id=self.people[name],
                confirmed=True,
            )
        return self.parties[name]

    def actor(self, name: str) -> Actor:
        """The person as one who asks."""
        with self.services.database.read() as connection:
            found = people_store.actor(connection, self.people[name], self.services.today())
        assert found
        return found


def make_town(directory: Path, *, kind: str = "live", language: str = "en") -> Town:
    settings = Settings(
        data_dir=directory,
        database_url=sqlite_in(directory),
        base_url="http://localhost",
        language=language,
        secret_key="s" * 32,
        limits_url="memory://",
    )
    clock = Clock()
    services = replace(build_services(settings, clock=clock), passwords=PlainPasswords())
    metadata.create_all(services.database.engine)
    town = Town(services=services, settings=settings, clock=clock)
    town.insert(instance, id=uuid4(), kind=kind, created_at=clock.now())
    town.insert(
        body,
        id=town.body_id,
        slug="sandmere",
        name="Sandmere Borough Council",
        nation="england",
        workflow="england-2",
        theme={"brand": "#123456", "on_brand": "red;} body{display:none"},
    )
    for code, name in (("FIN", "Finance"), ("HOU", "Housing")):
        town.departments[code] = uuid4()
        town.insert(department, id=town.departments[code], body_id=town.body_id, code=code, name=name)
    town.add_person("lea", Role.AUTHOR)
    town.add_person("olu", Role.EQUALITY_OFFICER, department=None)
    town.add_person("hal", Role.HEAD_OF_SERVICE)
    town.add_person("ada", Role.ADMINISTRATOR, department=None)
    town.add_person("nia")
    return town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = make_town(tmp_path)
    yield town
    town.services.database.close()


@pytest.fixture
def app(town: Town) -> Flask:
    app = create_app(town.services, town.settings)
    app.testing = True
    return app


@pytest.fixture
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    town = make_town(tmp_path_factory.mktemp("demo"), kind="demo")
    yield town
    town.services.database.close()


@pytest.fixture
def demo_app(demo: Town) -> Flask:
    app = create_app(demo.services, demo.settings)
    app.testing = True
    return app


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def browser_of(app: Flask, town: Town) -> Callable[[str], FlaskClient]:
    """A browser at which this person has signed in."""

    def sign_in(name: str) -> FlaskClient:
        browser = app.test_client()
        give(browser, "/sign-in", email=f"{name}@example.org", password=PASSWORD)
        return browser

    return sign_in


def give(browser: FlaskClient, address: str, *, page: str | None = None, **fields: str):
    """Posts a form with the CSRF token of the page it stands on."""
    shown = browser.get(page or address).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', shown)
    assert token, f"{page or address} has no form"
    return browser.post(address, data={"csrf_token": token[1], **fields})
