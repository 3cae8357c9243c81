"""Plans in: what was read and checked becomes actions and assessments, in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from eia.documents.plan_reading import document_of
from eia.domain.action import Action, ActionLead, Party, PartyKind
from eia.domain.errors import Invalid
from eia.domain.events import Event
from eia.domain.facts import ActionState
from eia.domain.people import Actor
from eia.domain.plan import PlanAction, PlanLead, PlannedAssessment, PlanRead, Recommendation
from eia.domain.plan_heading import levels_of
from eia.store import actions, parties, plan_parts, plans
from eia.store.plan_parts import Objective, PlanRecommendation, PlanVersion
from eia.store.plan_readings import Reading, ReadingState
from eia.store.plans import Plan
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.plan_checks import rest_as_read
from eia.usecases.plan_readings import PlanFile, keep_reading, must_import, open_reading, settle_reading
from eia.usecases.scheduling import ScheduleRequest, propose
from eia.usecases.services import Services

NOTHING_FOUND = "No action was found in this file."
TO_CHECK = "Some of it is not checked yet. Check it, or say that the rest is right as it was read"
IS_A_VERSION = "This is a newer version of a plan: look at what it changes, and import it there"


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import made; `already` when exactly this file had been imported before and nothing changed."""

    plan_id: UUID
    actions: int
    assessments: int
    problems: tuple[str, ...]
    already: bool = False


def import_plan(services: Services, actor: Actor, file: PlanFile) -> Imported:
    """A file read and imported in one go, everything in it as it was read.

    Raises `NotAllowed`, and `Invalid` with the key "file" when it holds no action at all.
    """
    must_import(actor)
    document = document_of(file.content)
    with services.database.write() as work:
        begun = keep_reading(services, work, actor, file, document)
        if begun.reading_id is None:
            return _already(work, actor, begun.plan_id)
        reading = open_reading(work, actor, begun.reading_id)
        checks = rest_as_read(services, actor, reading)
        settle_reading(services, work, actor, replace(reading, checks=checks))
        return _bring_in(services, work, actor, begun.reading_id)


def import_reading(services: Services, actor: Actor, reading_id: UUID) -> Imported:
    """A checked reading as a plan: its actions, its assessments and who is named.

    Raises `Invalid` while anything uncertain is unasked, or when nothing is left to import.
    """
    with services.database.write() as work:
        return _bring_in(services, work, actor, reading_id)


def _bring_in(services: Services, work: UnitOfWork, actor: Actor, reading_id: UUID) -> Imported:
    reading = ready_reading(work, actor, reading_id)
    if reading.plan_id is not None:
        raise Invalid({"file": IS_A_VERSION})
    known = plans.with_source(work.connection, actor.body_id, reading.source_sha256)
    return _counted(work, known) if known else _Import(services, work, actor, reading).run()


def ready_reading(work: UnitOfWork, actor: Actor, reading_id: UUID) -> Reading:
    """An open reading with nothing left to ask. Raises `Invalid`, `NotAllowed`, `NotFound`."""
    reading = open_reading(work, actor, reading_id)
    if reading.check.to_check:
        raise Invalid({"rest": TO_CHECK})
    plan = reading.check.as_checked()
    if not plan.actions and not plan.assessments:
        raise Invalid({"file": " ".join([NOTHING_FOUND, *plan.problems])})
    return reading


class Parties:
    """Who is named: a name that occurs twice, or stands for another in this plan, is one party."""

    def __init__(self, services: Services, work: UnitOfWork, reading: Reading) -> None:
        self._services, self._work, self._body_id = services, work, reading.body_id
        self._meant = {each.initials: each.name for each in reading.found.legend} | dict(
            reading.checks.aliases
        )
        self._known = {party.name: party for party in parties.of_body(work.connection, reading.body_id)}
        self.aliases: dict[str, UUID] = {}

    def named(self, written: str, kind: PartyKind = PartyKind.PERSON) -> Party:
        """The party that these words mean, known or new."""
        name = self._meant.get(written, written)
        party = self._known.get(name) or self._new(name, kind)
        if name != written:
            self.aliases[written] = party.id
        return party

    def leads(self, written: Iterable[PlanLead]) -> tuple[ActionLead, ...]:
        """Everybody's part in an action; whoever is named twice has the first part that was named."""
        found: dict[UUID, ActionLead] = {}
        for lead in written:
            party = self.named(lead.name, lead.party)
            found.setdefault(party.id, ActionLead(party=party, role=lead.role, post=lead.post))
        return tuple(found.values())

    def _new(self, name: str, kind: PartyKind) -> Party:
        party = Party(id=self._services.new_id(), kind=kind, name=name, holder_id=None, confirmed=False)
        parties.add(self._work.connection, self._body_id, party)
        self._known[name] = party
        return party


class Outline:
    """The objectives and recommendations of a plan, each written once, when it is first met."""

    def __init__(self, services: Services, work: UnitOfWork, plan_id: UUID) -> None:
        self._services, self._connection, self._plan_id = services, work.connection, plan_id
        known = plan_parts.objectives(work.connection, plan_id)
        self._objectives = {(each.parent_id, each.label, each.title): each.id for each in known}
        asked = plan_parts.recommendations(work.connection, plan_id)
        self._asked = {(each.heading, each.label, each.text): each.id for each in asked}

    def objective(self, heading: str) -> UUID | None:
        """The lowest level that the heading names."""
        parent: UUID | None = None
        for level in levels_of(heading):
            parent = self._level(parent, level.label, level.title)
        return parent

    def _level(self, parent: UUID | None, label: str, title: str) -> UUID:
        key = (parent, label, title)
        if key not in self._objectives:
            item = Objective(
                id=self._services.new_id(),
                parent_id=parent,
                label=label,
                title=title,
                place=len(self._objectives),
            )
            plan_parts.add_objective(self._connection, self._plan_id, item)
            self._objectives[key] = item.id
        return self._objectives[key]

    def recommendation(self, asked: Recommendation) -> UUID:
        """The recommendation with these words under this heading."""
        key = (asked.heading, asked.label, asked.text)
        if key not in self._asked:
            item = PlanRecommendation(
                id=self._services.new_id(),
                heading=asked.heading,
                label=asked.label,
                text=asked.text,
                place=len(self._asked),
            )
            plan_parts.add_recommendation(self._connection, self._plan_id, item)
            self._asked[key] = item.id
        return self._asked[key]


class Bringing:
    """What is the same for a new plan and for a newer version of one: how its parts come in."""

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


class _Import(Bringing):
    """A document that becomes a plan."""

    def __init__(self, services: Services, work: UnitOfWork, actor: Actor, reading: Reading) -> None:
        super().__init__(services, work, actor, reading, services.new_id())

    def run(self) -> Imported:
        """The plan first, then what it promises, then the event that says so."""
        plans.add(self.work.connection, self.actor.body_id, self.plan(), at=self.services.now())
        self.add_version()
        for asked in self.checked.recommendations:
            self.outline.recommendation(asked)
        for place, action in enumerate(self.checked.actions):
            self.add_action(action, place)
        for assessment in self.checked.assessments:
            self.schedule(assessment)
        promised, planned = len(self.checked.assessments), len(self.checked.actions)
        self.finish("plan_imported", {"actions": planned, "assessments": promised})
        return Imported(plan_id=self.plan_id, actions=planned, assessments=promised, problems=self.problems())


def _already(work: UnitOfWork, actor: Actor, plan_id: UUID | None) -> Imported:
    known = plans.one(work.connection, actor.body_id, plan_id) if plan_id else None
    if known is None:
        raise Invalid({"file": NOTHING_FOUND})
    return _counted(work, known)


def _counted(work: UnitOfWork, known: Plan) -> Imported:
    return Imported(
        plan_id=known.id,
        actions=len(actions.of_plan(work.connection, known.id)),
        assessments=plans.count_assessments(work.connection, known.id),
        problems=known.problems,
        already=True,
    )
