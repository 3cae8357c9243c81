"""A small invented council in the database, for tests of the clock and of mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from sqlalchemy import insert

from eia.domain.mail import Letterhead
from eia.domain.people import Role
from eia.domain.target_date import TargetDate, TargetKind
from eia.store import tables
from eia.store.database import Database
from eia.store.targets import target_columns
from eia.usecases.services import Services

LONG_AGO = datetime(2008, 1, 2, 9, tzinfo=UTC)


@dataclass
class SetClock:
    """A clock that stands where it was put."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass(kw_only=True)
class Council:
    """A body with one department, its head, its equality officer and a lead; more is added as a test asks."""

    services: Services
    clock: SetClock
    body_id: UUID = field(default_factory=uuid4)
    department_id: UUID = field(default_factory=uuid4)

    def __post_init__(self) -> None:
        self.add(
            tables.body,
            id=self.body_id,
            slug=self.body_id.hex[:8],
            name="Harbourside Council",
            nation="england",
            workflow="england-1",
            theme={},
        )
        self.add(tables.department, id=self.department_id, body_id=self.body_id, code="FIN", name="Finance")
        self.head = self.person("Head of Finance", Role.HEAD_OF_SERVICE, department_id=self.department_id)
        self.officer = self.person("Equality Officer", Role.EQUALITY_OFFICER)
        self.lead = self.person("Rowan Lead")

    def add(self, table: object, **values: object) -> None:
        with self.services.database.write() as work:
            work.connection.execute(insert(table).values(**values))  # type: ignore[arg-type]

    def person(self, name: str, *roles: Role, department_id: UUID | None = None, active: bool = True) -> UUID:
        person_id = uuid4()
        self.add(
            tables.person,
            id=person_id,
            body_id=self.body_id,
            department_id=department_id,
            name=name,
            job_title=name,
            email=f"{person_id.hex[:10]}@harbourside.example.org",
            active=active,
        )
        for role in roles:
            self.add(
                tables.role_grant,
                id=uuid4(),
                body_id=self.body_id,
                person_id=person_id,
                role=role.value,
                department_id=department_id,
            )
        return person_id

    def party(self, holder_id: UUID | None, *, confirmed: bool = True) -> UUID:
        party_id = uuid4()
        self.add(
            tables.party,
            id=party_id,
            body_id=self.body_id,
            kind="post",
            name=f"Post {party_id.hex[:6]}",
            holder_id=holder_id,
            confirmed=confirmed,
        )
        return party_id

    def plan(self) -> UUID:
        plan_id = uuid4()
        self.add(
            tables.plan,
            id=plan_id,
            body_id=self.body_id,
            department_id=self.department_id,
            title="Finance equality action plan",
            source_name="plan.txt",
            source_sha256=plan_id.hex,
            problems=[],
            imported_by=self.officer,
            imported_at=LONG_AGO,
        )
        return plan_id

    def action(
        self,
        target: TargetDate,
        *,
        parties: Sequence[UUID] = (),
        plan_id: UUID | None = None,
        state: str = "open",
        created_at: datetime = LONG_AGO,
        text: str = "Publish the fees policy in plain English",
    ) -> UUID:
        action_id = uuid4()
        self.add(
            tables.action,
            id=action_id,
            body_id=self.body_id,
            plan_id=plan_id,
            label="1.1",
            heading="",
            text=text,
            outcome="",
            **target_columns(target),
            state=state,
            done_evidence="",
            closed_because="",
            problems=[],
            created_by=self.officer,
            created_at=created_at,
            row_version=1,
        )
        for party_id in parties:
            self.add(tables.action_lead, action_id=action_id, party_id=party_id, role="lead")
        return action_id

    def assessment(
        self,
        target: TargetDate,
        *,
        lead_id: UUID | None = None,
        is_open: bool = True,
        held_from: str | None = None,
    ) -> UUID:
        assessment_id = uuid4()
        self.add(
            tables.assessment,
            id=assessment_id,
            body_id=self.body_id,
            department_id=self.department_id,
            reference=f"FIN-{assessment_id.hex[:6]}",
            version=1,
            row_version=1,
            title="Charges for garden waste",
            workflow="england-1",
            characteristic_list="characteristics-gb-1",
            characteristics=[],
            stage="screening",
            stage_since=LONG_AGO,
            held_from=held_from,
            is_open=is_open,
            financial_year=2026,
            created_at=LONG_AGO,
            **target_columns(target),
        )
        if lead_id is not None:
            self.add(tables.assignment, assessment_id=assessment_id, person_id=lead_id, role="lead")
        return assessment_id


def council(database: Database, *, today: date) -> Council:
    """The council at ten in the morning of the day."""
    clock = SetClock(datetime(today.year, today.month, today.day, 10, tzinfo=UTC))
    letterhead = Letterhead(base_url="https://eia.harbourside.example.org")
    return Council(
        services=Services(database=database, clock=clock, new_id=uuid4, letterhead=letterhead), clock=clock
    )


def on(day: date, **more: object) -> TargetDate:
    """A target date that is one day."""
    words = f"{day.day}.{day.month}.{day.year}"
    return TargetDate(raw=words, kind=TargetKind.DAY, earliest=day, latest=day, **more)  # type: ignore[arg-type]
