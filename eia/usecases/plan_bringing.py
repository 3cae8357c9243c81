"""How the parts of a checked document come into a plan, be it a new one or a newer version of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from eia.domain.action import Action
from eia.domain.events import Event
from eia.domain.facts import ActionState
from eia.domain.people import Actor
from eia.domain.plan import PlanAction, PlannedAssessment, PlanRead
from eia.store import actions, plan_parts
from eia.store.plan_parts import PlanVersion
from eia.store.plan_readings import Reading, ReadingState
from eia.store.plans import Plan
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.plan_names import Parties
from eia.usecases.plan_outline import Outline
from eia.usecases.plan_readings import settle_reading
from eia.usecases.scheduling import ScheduleRequest, propose
from eia.usecases.services import Services


class Bringing:
    """One reading on its way into a plan; whoever continues it says in which order things come."""

    def __init__(
        self, services: Services, work: UnitOfWork, actor: Actor, reading: Reading, plan_id: UUID
    ) -> None:
        self.services, self.work, self.actor, self.reading = services, work, actor, reading
        self.plan_id = plan_id
        self.checked: PlanRead = reading.check.as_checked()
        self.parties = Parties(services, work, reading)
        self.outline = Outline(services, work, plan_id)
        self._lines = {line.number: line.text for line in reading.found.lines}

    def add_action(self, planned: PlanAction, place: int) -> UUID:
        """One action with its leads, its objective, and the recommendations that it answers."""
        item = self.action(planned)
        # A microsecond apart: that is the order of the document, which labels and ids do not keep.
        actions.add(self.work.connection, item, at=self.services.now() + timedelta(microseconds=place))
        answered = dict.fromkeys(self.outline.recommendation(each) for each in planned.recommendations)
        plan_parts.answer(self.work.connection, item.id, tuple(answered))
        return item.id

    def action(self, planned: PlanAction) -> Action:
        """The action as it begins."""
        return Action(
            id=self.services.new_id(),
            body_id=self.actor.body_id,
            assessment_id=None,
            assessment_reference="",
            assessment_title="",
            plan_id=self.plan_id,
            plan_title=self.checked.title,
            department_id=self.reading.department_id,
            assigned=(),
            label=planned.label,
            heading=planned.heading,
            text=planned.text,
            outcome=planned.outcome,
            characteristic=None,
            target=planned.target,
            state=ActionState.OPEN,
            leads=self.parties.leads(planned.leads),
            done_on=None,
            done_by=None,
            done_evidence="",
            verified_by=None,
            verified_on=None,
            closed_because="",
            problems=planned.problems,
            created_by=self.actor.id,
            row_version=1,
            objective_id=self.outline.objective(planned.heading),
            passage=self.passage(planned),
        )

    def passage(self, planned: PlanAction) -> str:
        """The document's own words for it."""
        numbers = range(planned.passage.first_line, planned.passage.last_line + 1)
        return "\n".join(self._lines[number] for number in numbers if number in self._lines)

    def plan(self) -> Plan:
        """What the document says of the plan as a whole."""
        return Plan(
            id=self.plan_id,
            department_id=self.reading.department_id,
            title=self.checked.title or self.reading.source_name,
            period_from=self.checked.period_from,
            period_to=self.checked.period_to,
            source_name=self.reading.source_name,
            source_sha256=self.reading.source_sha256,
            problems=self.problems(),
            imported_by=self.actor.id,
            kind=self.reading.kind,
        )

    def problems(self) -> tuple[str, ...]:
        """What stays to be confirmed of the plan as a whole: a conflict that somebody decided does not."""
        undecided = tuple(str(each.conflict) for each in self.reading.check.conflicts if not each.is_settled)
        of_assessments = (
            f"{promised.subject}: {problem}"
            for promised in self.checked.assessments
            for problem in promised.problems
        )
        return (*undecided, *self.checked.problems, *of_assessments)

    def add_version(self) -> int:
        """This document as the newest of the plan's versions; its number."""
        number = plan_parts.latest_version(self.work.connection, self.plan_id) + 1
        version = PlanVersion(
            number=number,
            reading_id=self.reading.id,
            source_name=self.reading.source_name,
            source_sha256=self.reading.source_sha256,
            imported_by=self.actor.id,
            imported_at=self.services.now(),
        )
        plan_parts.add_version(self.work.connection, self.actor.body_id, self.plan_id, version)
        return number

    def schedule(self, promised: PlannedAssessment) -> None:
        """An assessment that the plan promises, proposed."""
        lead = self.parties.named(promised.lead_name) if promised.lead_name else None
        year = promised.due or self.checked.period_from or self.services.today()
        request = ScheduleRequest(
            title=promised.subject,
            department_id=self.reading.department_id,
            financial_year=year.year if year.month >= 4 else year.year - 1,
            lead_id=lead.holder_id if lead and lead.confirmed else None,
            lead_as_written=lead.name if lead else "",
            support_as_written=", ".join(promised.support),
            target=promised.target.raw,
            plan_id=self.plan_id,
        )
        propose(self.services, self.work, self.actor, request)

    def finish(self, event: str, data: Mapping[str, str | int]) -> None:
        """The names as this plan writes them, the reading settled, and the event that says so."""
        plan_parts.add_aliases(self.work.connection, self.plan_id, self.parties.aliases)
        done = replace(self.reading, state=ReadingState.IMPORTED, plan_id=self.plan_id)
        settle_reading(self.services, self.work, self.actor, done)
        self.work.record(
            Event(
                name=event,
                chain_id=self.plan_id,
                actor_id=self.actor.id,
                at=self.services.now(),
                data={"sha256": self.reading.source_sha256, "reading": str(self.reading.id), **data},
            )
        )
