"""The demonstration's council, with somebody in it for each role."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import insert, select, update

from eia.settings import Settings, sqlite_in
from eia.store.tables import (
    action,
    action_lead,
    answer_history,
    assessment,
    assignment,
    body,
    comment_thread,
    party,
    person,
    plan_reading,
    plan_version,
)
from eia.usecases.demo.build import build_demo
from eia.usecases.services import Services
from eia.usecases.sign_in import sign_in_to_demo
from eia.web import create_app
from eia.wiring import build_services

ROLES = {
    "equality officer": "Samira Elbaz",
    "author": "Hamish Kildare",
    "champion": "Leila Farahani",
    "head of service": "Rita Okonjo",
    "director": "Kwabena Asante",
    "committee": "Patrick Oldershaw",
    "administrator": "Ingrid Solheim",
    "contributor": "Connie Tribute",
    "action lead": "Axel Leeds",
    "newcomer": "Newt Comer",
}
"""Who shows what a role sees; we add the last three, and the last holds nothing at all."""


@dataclass(frozen=True, kw_only=True)
class Demo:
    """A demonstration of one's own, to do with as one likes."""

    services: Services
    settings: Settings
    people: dict[str, UUID]

    def app(self) -> Flask:
        return create_app(self.services, self.settings)

    def token(self, role: str) -> str:
        """The session of whoever shows this role."""
        return sign_in_to_demo(self.services, self.people[ROLES[role]])

    def standings(self) -> dict[str, str]:
        """How each assessment and each action stands: what makes the pages about them different."""
        with self.services.database.read() as connection:
            stages = connection.execute(select(assessment.c.id, assessment.c.stage))
            states = connection.execute(select(action.c.id, action.c.state, action.c.plan_id))
            actions = {str(key): f"{state} {'of a plan' if plan else ''}" for key, state, plan in states}
            return actions | {str(key): stage for key, stage in stages}

    def worked_on_together(self) -> list[str]:
        """Where somebody commented, and somebody wrote over what another had written."""
        with self.services.database.read() as connection:
            commented = connection.scalar(select(comment_thread.c.assessment_id))
            written = connection.execute(
                select(answer_history.c.assessment_id, answer_history.c.form)
            ).first()
            shared = connection.scalar(
                select(assignment.c.assessment_id)
                .join(assessment)
                .where(assignment.c.role == "contributor", assessment.c.stage == "analysis")
            )
        assert written
        answered = f"/assessments/{written[0]}/{written[1]}/check"
        return [f"/assessments/{commented}/comments", answered, f"/assessments/{shared}"]

    def come_in_twice(self) -> list[str]:
        """A plan that stands in its second version, and the reading of one that would be the next."""
        with self.services.database.read() as connection:
            plan = connection.scalar(select(plan_version.c.plan_id).where(plan_version.c.number == 2))
            checking = plan_reading.c.plan_id.is_not(None) & (plan_reading.c.state == "open")
            reading = connection.scalar(select(plan_reading.c.id).where(checking))
        return [f"/plans/{plan}", f"/plans/readings/{reading}"]


def build_once(shared: Path) -> Path:
    """The demonstration's database, made by whichever test process comes first."""
    made = shared / "demonstration.sqlite"
    if not made.exists():
        making = shared / f"making-{os.getpid()}"
        making.mkdir()
        services = build_services(Settings(data_dir=making, database_url=sqlite_in(making)))
        with services.database.in_a_hurry():
            build_demo(services)
        services.database.close()
        (making / "attachments").rename(shared / "attachments")
        (making / "eia.sqlite").rename(made)
    return made


@contextmanager
def demo_in(directory: Path, made: Path) -> Iterator[Demo]:
    """A copy of the demonstration, with everybody in it."""
    shutil.copy(made, directory / "eia.sqlite")
    shutil.copytree(made.with_name("attachments"), directory / "attachments")
    settings = Settings(data_dir=directory, database_url=sqlite_in(directory), secret_key="s" * 32)
    services = build_services(settings)
    _invite(services)
    with services.database.read() as connection:
        people = {row.name: row.id for row in connection.execute(select(person.c.name, person.c.id))}
    yield Demo(services=services, settings=settings, people=people)
    services.database.close()


def _invite(services: Services) -> None:
    """Somebody who helps with an analysis, somebody who leads an action, and somebody with nothing."""
    with services.database.write() as work:
        council = work.connection.scalar(select(body.c.id))
        ids = {}
        for name in list(ROLES.values())[-3:]:
            ids[name] = uuid4()
            email = f"{name.partition(' ')[0].lower()}@example.org"
            given = {
                "id": ids[name],
                "body_id": council,
                "name": name,
                "job_title": "Officer",
                "email": email,
            }
            work.connection.execute(insert(person).values(**given))
        helped = work.connection.scalar(select(assessment.c.id).where(assessment.c.stage == "analysis"))
        helps = {"assessment_id": helped, "person_id": ids[ROLES["contributor"]], "role": "contributor"}
        work.connection.execute(insert(assignment).values(**helps))
        _promise(work.connection, council, ids[ROLES["action lead"]])


def _promise(connection, council: UUID, leader: UUID) -> None:
    led, place = uuid4(), action.c.assessment_id.is_not(None)
    name = ROLES["action lead"]
    connection.execute(
        insert(party).values(
            id=led, body_id=council, kind="person", name=name, holder_id=leader, confirmed=True
        )
    )
    promised = connection.scalar(select(action.c.id).where(action.c.state == "open", place))
    connection.execute(update(action_lead).where(action_lead.c.action_id == promised).values(party_id=led))
