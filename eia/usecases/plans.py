"""Plans in: read, shown, and imported in one transaction; the same file again changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from eia.documents.plan_reading import plan_text, read_plan
from eia.domain.action import Action, ActionLead, Party, PartyKind
from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.events import Event
from eia.domain.facts import ActionState
from eia.domain.people import Actor
from eia.domain.plan import PlanAction, PlanLead, PlannedAssessment, PlanRead
from eia.domain.policy import Permission, Subject, may
from eia.domain.target_date import Period
from eia.store import actions, parties, people, plans
from eia.store.people import Department
from eia.store.plans import Plan, PlanLine
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.plan_visibility import may_see_plan, visible_departments
from eia.usecases.scheduling import ScheduleRequest, propose
from eia.usecases.services import Services

NOT_YOURS = "Only an equality officer can import a plan."
DEPARTMENT_MISSING = "Select the department whose plan this is"


@dataclass(frozen=True, kw_only=True)
class PlanFile:
    """A document somebody wants to import, with what its words leave open."""

    name: str
    content: bytes
    department_id: UUID | None
    period: Period | None = None


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import made; `already` when exactly this file had been imported before and nothing changed."""

    plan_id: UUID
    actions: int
    assessments: int
    problems: tuple[str, ...]
    already: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    """One plan with everything that came of it."""

    plan: Plan
    department: str
    actions: tuple[Action, ...]
    shown: frozenset[UUID]  # the actions whose own pages the person may see
    assessments: tuple[plans.ScheduledAssessment, ...]
    today: date

    def headings(self) -> tuple[tuple[str, tuple[Action, ...]], ...]:
        """The actions under the headings of the document, in its order."""
        return tuple((name, tuple(items)) for name, items in groupby(self.actions, lambda item: item.heading))


def preview_plan(services: Services, actor: Actor, file: PlanFile) -> PlanRead:
    """What would be imported. Raises `NotAllowed`, and `Invalid` when the file cannot be read as text."""
    _check(actor)
    return read_plan(plan_text(file.content), period=file.period)


def import_plan(services: Services, actor: Actor, file: PlanFile) -> Imported:
    """Everything the plan promises, in one transaction: its actions, its assessments and who is named.

    Raises `NotAllowed`, and `Invalid` with the key "file" when it holds no action at all.
    """
    found = preview_plan(services, actor, file)
    if not found.actions and not found.assessments:
        raise Invalid({"file": "No action was found in this file. " + " ".join(found.problems)})
    if file.department_id is None:
        raise Invalid({"department": DEPARTMENT_MISSING})
    with services.database.write() as work:
        sha256 = hashlib.sha256(file.content).hexdigest()
        if file.department_id not in {each.id for each in people.departments(work.connection, actor.body_id)}:
            raise Invalid({"department": DEPARTMENT_MISSING})
        known = plans.with_source(work.connection, actor.body_id, sha256)
        if known is not None:
            return _already(work, known)
        return _Import(services, work, actor, file, found, sha256).run()


def may_import(actor: Actor) -> bool:
    """Whether importing plans is the actor's to do."""
    return may(actor, Permission.IMPORT_PLAN, Subject(body_id=actor.body_id))


def departments_to_import_for(services: Services, actor: Actor) -> tuple[Department, ...]:
    """The departments whose plan a file may be. Raises `NotAllowed`."""
    _check(actor)
    with services.database.read() as connection:
        return people.departments(connection, actor.body_id)


def plan_lines(services: Services, actor: Actor) -> tuple[PlanLine, ...]:
    """The plans the actor may see, newest period first."""
    with services.database.read() as connection:
        return plans.lines(
            connection, actor.body_id, departments=visible_departments(actor), today=services.today()
        )


def plan_page(services: Services, actor: Actor, plan_id: UUID) -> PlanPage:
    """One plan. Raises `NotFound` for whoever may not see it."""
    with services.database.read() as connection:
        plan = plans.one(connection, actor.body_id, plan_id)
        if plan is None:
            raise NotFound
        if not may_see_plan(actor, plan.department_id):
            raise NotFound
        promised = actions.of_plan(connection, plan_id)
        names = {each.id: each.name for each in people.departments(connection, actor.body_id)}
        return PlanPage(
            plan=plan,
            department=names.get(plan.department_id, "") if plan.department_id else "",
            actions=promised,
            shown=frozenset(
                item.id for item in promised if may(actor, Permission.VIEW_ACTION, item.subject())
            ),
            assessments=plans.assessments_of(connection, plan_id, actor, services.today()),
            today=services.today(),
        )


class _Import:
    """One file on its way in; a name that occurs twice becomes one party."""

    def __init__(
        self,
        services: Services,
        work: UnitOfWork,
        actor: Actor,
        file: PlanFile,
        found: PlanRead,
        sha256: str,
    ) -> None:
        self._services, self._work, self._actor = services, work, actor
        self._file, self._found, self._sha256 = file, found, sha256
        self._plan_id = services.new_id()
        self._parties = {party.name: party for party in parties.of_body(work.connection, actor.body_id)}

    def run(self) -> Imported:
        """The plan first, then what it promises, then the event that says so."""
        plans.add(self._work.connection, self._actor.body_id, self._plan(), at=self._services.now())
        for place, planned in enumerate(self._found.actions):
            # A microsecond apart: that is the order of the document, which labels and ids do not keep.
            at = self._services.now() + timedelta(microseconds=place)
            actions.add(self._work.connection, self._action(planned), at=at)
        for promised in self._found.assessments:
            propose(self._services, self._work, self._actor, self._request(promised))
        actions_read, promised_read = len(self._found.actions), len(self._found.assessments)
        self._work.record(
            Event(
                name="plan_imported",
                chain_id=self._plan_id,
                actor_id=self._actor.id,
                at=self._services.now(),
                data={"sha256": self._sha256, "actions": actions_read, "assessments": promised_read},
            )
        )
        return Imported(
            plan_id=self._plan_id,
            actions=actions_read,
            assessments=promised_read,
            problems=self._problems(),
        )

    def _plan(self) -> Plan:
        return Plan(
            id=self._plan_id,
            department_id=self._file.department_id,
            title=self._found.title or self._file.name,
            period_from=self._found.period_from,
            period_to=self._found.period_to,
            source_name=self._file.name,
            source_sha256=self._sha256,
            problems=self._problems(),
            imported_by=self._actor.id,
        )

    def _problems(self) -> tuple[str, ...]:
        of_assessments = (
            f"{promised.subject}: {problem}"
            for promised in self._found.assessments
            for problem in promised.problems
        )
        return (*map(str, self._found.conflicts), *self._found.problems, *of_assessments)

    def _action(self, planned: PlanAction) -> Action:
        return Action(
            id=self._services.new_id(),
            body_id=self._actor.body_id,
            assessment_id=None,
            assessment_reference="",
            assessment_title="",
            plan_id=self._plan_id,
            plan_title=self._found.title,
            department_id=self._file.department_id,
            assigned=(),
            label=planned.label,
            heading=planned.heading,
            text=planned.text,
            outcome=planned.outcome,
            characteristic=None,
            target=planned.target,
            state=ActionState.OPEN,
            leads=tuple(self._leads(planned.leads)),
            done_on=None,
            done_by=None,
            done_evidence="",
            verified_by=None,
            verified_on=None,
            closed_because="",
            problems=planned.problems,
            created_by=self._actor.id,
            row_version=1,
        )

    def _leads(self, written: Iterable[PlanLead]) -> Iterable[ActionLead]:
        named = {lead.name: lead for lead in written}
        for lead in named.values():
            yield ActionLead(party=self._party(lead.name, lead.party), role=lead.role)

    def _party(self, name: str, kind: PartyKind = PartyKind.PERSON) -> Party:
        known = self._parties.get(name)
        if known is not None:
            return known
        party = Party(id=self._services.new_id(), kind=kind, name=name, holder_id=None, confirmed=False)
        parties.add(self._work.connection, self._actor.body_id, party)
        self._parties[name] = party
        return party

    def _request(self, promised: PlannedAssessment) -> ScheduleRequest:
        lead = self._party(promised.lead_name) if promised.lead_name else None
        return ScheduleRequest(
            title=promised.subject,
            department_id=self._file.department_id,
            financial_year=_financial_year(promised.due or self._found.period_from or self._services.today()),
            lead_id=lead.holder_id if lead and lead.confirmed else None,
            lead_as_written=promised.lead_name or "",
            target=promised.target.raw,
            plan_id=self._plan_id,
        )


def _already(work: UnitOfWork, known: Plan) -> Imported:
    return Imported(
        plan_id=known.id,
        actions=len(actions.of_plan(work.connection, known.id)),
        assessments=plans.count_assessments(work.connection, known.id),
        problems=known.problems,
        already=True,
    )


def _financial_year(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def _check(actor: Actor) -> None:
    if not may_import(actor):
        raise NotAllowed(NOT_YOURS)
