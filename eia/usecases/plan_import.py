"""Plans in: what was read and checked becomes actions and assessments, in one transaction or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from eia.documents.plan_reading import document_of
from eia.domain.errors import Invalid
from eia.domain.people import Actor
from eia.store import actions, plans
from eia.store.plan_readings import Reading
from eia.store.plans import Plan
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.plan_bringing import Bringing
from eia.usecases.plan_checks import rest_as_read
from eia.usecases.plan_readings import PlanFile, keep_reading, must_import, open_reading, settle_reading
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
