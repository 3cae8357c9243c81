"""An invented council for tests: people by what they do, and assessments put where a test wants them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4, uuid5

from sqlalchemy import insert

from eia import content
from eia.domain.events import Event
from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.people import Actor, Grant, Role
from eia.store import tables
from eia.store.database import Database
from eia.usecases.services import Services

NAMES = UUID("00000000-0000-4000-8000-00000000c0de")
BODY = uuid5(NAMES, "body")
FINANCE = uuid5(NAMES, "finance")
HOUSING = uuid5(NAMES, "housing")
GROUPS = ("age", "disability", "race")
WORKFLOW = "england-1"

IN_FINANCE = {
    "author": Role.AUTHOR,
    "lead": Role.AUTHOR,
    "contributor": Role.AUTHOR,
    "champion": Role.AUTHOR,
    "head": Role.HEAD_OF_SERVICE,
    "director": Role.DIRECTOR,
}
IN_THE_BODY = {"officer": Role.EQUALITY_OFFICER, "administrator": Role.ADMINISTRATOR}


@dataclass
class SetClock:
    """A clock that stands still until it is told to go on."""

    time: datetime = field(default=datetime(2026, 3, 2, 9, 30, tzinfo=UTC))

    def now(self) -> datetime:
        return self.time

    def go_on(self, **by: float) -> None:
        self.time += timedelta(**by)


class Council:
    """The body with its people, in a database of its own."""

    def __init__(self, database: Database, *, existing: bool = False) -> None:
        self.clock = SetClock()
        self.services = Services(database=database, clock=self.clock, new_id=uuid4)
        self._people = {name: self._actor(name) for name in (*IN_FINANCE, *IN_THE_BODY, "stranger")}
        if existing:
            return
        with database.write() as work:
            for table, rows in self._rows().items():
                work.connection.execute(insert(table), rows)

    def __getitem__(self, name: str) -> Actor:
        """The person who does this: "lead", "champion", "head" ..."""
        return self._people[name]

    def having(self, name: str, *grants: Grant) -> Actor:
        """The person with further grants, as if somebody had just given them."""
        return replace(self[name], grants=(*self[name].grants, *grants))

    def assessment(
        self,
        stage: str,
        *,
        answers: Mapping[AnswerKey, AnswerValue] | None = None,
        authors: tuple[str, ...] = ("lead",),
        assigned: Mapping[str, Role] | None = None,
        **columns: object,
    ) -> UUID:
        """An assessment of the finance department that stands at this stage; its id."""
        with self.services.database.write() as work:
            assessment_id, now = uuid4(), self.clock.now()
            row = self._assessment_row(assessment_id, stage, now) | columns
            work.connection.execute(insert(tables.assessment), [row])
            assigned = {"lead": Role.LEAD, "champion": Role.CHAMPION} if assigned is None else assigned
            people = [
                {"assessment_id": assessment_id, "person_id": self[name].id, "role": role.value}
                for name, role in assigned.items()
            ]
            written = [
                {"assessment_id": assessment_id, "person_id": self[name].id, "first_at": now}
                for name in authors
            ]
            if people:
                work.connection.execute(insert(tables.assignment), people)
            if written:
                work.connection.execute(insert(tables.authorship), written)
            self._answer(work.connection, assessment_id, answers or {})
            work.record(
                Event(
                    name="assessment_proposed",
                    chain_id=assessment_id,
                    actor_id=self["officer"].id,
                    at=now,
                    data={"stage": stage},
                )
            )
        return assessment_id

    def answer(self, assessment_id: UUID, answers: Mapping[AnswerKey, AnswerValue], by: str = "lead") -> None:
        """Somebody changes answers, as the pages would."""
        with self.services.database.write() as work:
            facts = work.assessment(BODY, assessment_id)
            self._answer(work.connection, assessment_id, answers)
            event = Event(
                name="answers_saved", chain_id=assessment_id, actor_id=self[by].id, at=self.clock.now()
            )
            work.change(facts, event)

    def action(self, assessment_id: UUID, lead: str | None = "lead", **columns: object) -> UUID:
        """An open action of the assessment, promised for the end of the year."""
        action_id = uuid4()
        with self.services.database.write() as work:
            work.connection.execute(
                insert(tables.action), [self._action_row(action_id, assessment_id) | columns]
            )
            if lead is not None:
                party_id = uuid4()
                party = {"id": party_id, "body_id": BODY, "kind": "person", "name": f"{lead} {party_id}"}
                holder = {"holder_id": self[lead].id, "confirmed": True}
                work.connection.execute(insert(tables.party), [party | holder])
                led = {"action_id": action_id, "party_id": party_id, "role": "lead"}
                work.connection.execute(insert(tables.action_lead), [led])
            at, actor_id = self.clock.now(), self["lead"].id
            work.record(Event(name="action_added", chain_id=assessment_id, actor_id=actor_id, at=at))
        return action_id

    def evidence(self, assessment_id: UUID, *groups: str, **columns: object) -> UUID:
        """A source that covers these groups."""
        evidence_id = uuid4()
        row = {
            "id": evidence_id,
            "assessment_id": assessment_id,
            "title": "Census",
            "kind": "census",
            "published_on": None,
            "characteristics": list(groups),
            "finding": "What it says",
            "link": "",
            "is_gap": False,
            "action_id": None,
            "written_by": self["lead"].id,
            "written_at": self.clock.now(),
        }
        with self.services.database.write() as work:
            work.connection.execute(insert(tables.evidence), [row | columns])
            at, actor_id = self.clock.now(), self["lead"].id
            work.record(Event(name="evidence_added", chain_id=assessment_id, actor_id=actor_id, at=at))
        return evidence_id

    def _answer(
        self, connection: object, assessment_id: UUID, answers: Mapping[AnswerKey, AnswerValue]
    ) -> None:
        from eia.store import answers as rows

        if answers:
            rows.put(connection, assessment_id, answers, by=self["lead"].id, at=self.clock.now())

    def _actor(self, name: str) -> Actor:
        grants = (Grant(role=IN_FINANCE[name], department_id=FINANCE),) if name in IN_FINANCE else ()
        grants += (Grant(role=IN_THE_BODY[name]),) if name in IN_THE_BODY else ()
        return Actor(
            id=uuid5(NAMES, name),
            body_id=BODY,
            name=f"{name.title()} Adeyemi",
            job_title=f"{name.title()} of everything",
            email=f"{name}@example.org",
            department_id=None if name in IN_THE_BODY else FINANCE,
            grants=grants,
        )

    def _rows(self) -> dict[object, list[dict[str, object]]]:
        people = self._people.values()
        departments = ((FINANCE, "FIN", "Finance"), (HOUSING, "HOU", "Housing"))
        body = {"id": BODY, "slug": "northgate", "name": "Northgate Council", "nation": "england"}
        return {
            tables.body: [body | {"workflow": WORKFLOW, "theme": {}}],
            tables.department: [
                {"id": key, "body_id": BODY, "code": code, "name": name} for key, code, name in departments
            ],
            tables.person: [
                {
                    "id": person.id,
                    "body_id": BODY,
                    "department_id": person.department_id,
                    "name": person.name,
                    "job_title": person.job_title,
                    "email": person.email,
                }
                for person in people
            ],
            tables.role_grant: [
                {
                    "id": uuid5(person.id, grant.role),
                    "body_id": BODY,
                    "person_id": person.id,
                    "role": grant.role.value,
                    "department_id": grant.department_id,
                }
                for person in people
                for grant in person.grants
            ],
        }

    def _assessment_row(self, assessment_id: UUID, stage: str, now: datetime) -> dict[str, object]:
        return {
            "id": assessment_id,
            "body_id": BODY,
            "department_id": FINANCE,
            "reference": f"FIN-2026-{assessment_id.hex[:6]}",
            "version": 1,
            "row_version": 1,
            "title": "Opening hours of the libraries",
            "workflow": WORKFLOW,
            "characteristic_list": content.workflow(WORKFLOW).characteristics,
            "characteristics": list(GROUPS),
            "stage": stage,
            "stage_since": now,
            "is_open": not content.workflow(WORKFLOW).is_end(stage),
            "financial_year": 2026,
            "lead_accepted_at": now,
            "target_raw": "",
            "target_kind": "unknown",
            "target_milestones": [],
            "decision_body": "Cabinet",
            "decision_on": date(2026, 9, 1),
            "created_at": now,
        }

    def _action_row(self, action_id: UUID, assessment_id: UUID) -> dict[str, object]:
        return {
            "id": action_id,
            "body_id": BODY,
            "assessment_id": assessment_id,
            "label": "1.1",
            "heading": "",
            "text": "Keep one evening open",
            "outcome": "",
            "characteristic": "age",
            "target_raw": "31 December 2026",
            "target_kind": "day",
            "target_earliest": date(2026, 12, 31),
            "target_latest": date(2026, 12, 31),
            "target_provisional": False,
            "target_milestones": [],
            "state": "open",
            "done_evidence": "",
            "closed_because": "",
            "problems": [],
            "created_by": self["lead"].id,
            "created_at": self.clock.now(),
            "row_version": 1,
        }
