"""A council in which assessments are scheduled and begun, for tests of what is done with them."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import update

from eia.domain.facts import AssessmentFacts
from eia.domain.people import Actor, Role
from eia.store import people, tables
from eia.store.database import Database
from eia.usecases.assigning import accept_lead
from eia.usecases.moves import make_move
from eia.usecases.scheduling import ScheduleRequest, schedule_assessment
from tests.usecases.council import Council, council

TODAY = date(2026, 5, 4)


class Scene:
    """The council with a champion and an author, and one assessment to try things on."""

    def __init__(self, database: Database) -> None:
        self.council: Council = council(database, today=TODAY)
        self.services = self.council.services
        self.champion = self.council.person("Cleo Champion", Role.CHAMPION)
        self.author = self.council.person("Abe Author", Role.AUTHOR, department_id=self.council.department_id)
        self.assessment_id = uuid4()  # until a test has one
        self.helper = self.council.person("Hope Helper")

    def actor(self, person_id: UUID) -> Actor:
        with self.services.database.read() as connection:
            found = people.actor(connection, person_id, TODAY)
        assert found is not None
        return found

    @property
    def officer(self) -> Actor:
        return self.actor(self.council.officer)

    @property
    def lead(self) -> Actor:
        return self.actor(self.council.lead)

    def request(self, **changes: object) -> ScheduleRequest:
        given: dict[str, object] = {
            "title": "Charges for garden waste",
            "department_id": self.council.department_id,
            "financial_year": 2026,
            "lead_id": self.council.lead,
            "champion_id": self.champion,
            "decision_body": "Cabinet",
            "decision_on": date(2027, 3, 1),
            "target": "autumn 2026",
        }
        return ScheduleRequest(**{**given, **changes})  # type: ignore[arg-type]

    def schedule(self, actor: Actor | None = None, **changes: object) -> UUID:
        return schedule_assessment(self.services, actor or self.officer, self.request(**changes))

    def facts(self, assessment_id: UUID) -> AssessmentFacts:
        with self.services.database.write() as work:
            return work.assessment(self.council.body_id, assessment_id)

    def move_to(self, stage: str) -> None:
        """The assessment simply stands at this stage, whatever led there."""
        with self.services.database.write() as work:
            values = {"stage": stage}
            work.connection.execute(update(tables.assessment).values(values))

    def begun(self) -> UUID:
        """An assessment at screening."""
        assessment_id = self.schedule()
        make_move(self.services, self.officer, assessment_id, "schedule")
        accept_lead(self.services, self.lead, assessment_id)
        make_move(self.services, self.lead, assessment_id, "begin_screening")
        return assessment_id
