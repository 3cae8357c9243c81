"""Documents on their way to be plans: read, kept, and looked at until a person has checked them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from eia.documents.plan_reading import Document, document_of, read_document
from eia.documents.plan_reading.columns import Column
from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.events import Event
from eia.domain.people import Actor
from eia.domain.plain import from_plain
from eia.domain.plan import PlanRead
from eia.domain.plan_check import PlanCheck, read_again
from eia.domain.plan_decision import Checks
from eia.domain.plan_kind import PlanKind
from eia.domain.policy import Permission, Subject, may
from eia.domain.target_date import Period, parse_period
from eia.store import people, plan_readings, plans
from eia.store.people import Department
from eia.store.plan_readings import Reading, ReadingLine, ReadingState
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.services import Services

NOT_YOURS = "Only an equality officer can import a plan."
NOT_OPEN = "This reading is no longer open."
DEPARTMENT_MISSING = "Select the department whose plan this is"

Headings = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PlanFile:
    """A document somebody wants to import, with what its words leave open."""

    name: str
    content: bytes
    department_id: UUID | None
    period: str = ""  # the years it covers, as typed; "": as its title says
    kind: PlanKind = PlanKind.EQUALITY_ACTION_PLAN
    version_of: UUID | None = None  # the plan of which it is a newer version

    @cached_property
    def sha256(self) -> str:
        """By which exactly this file is known again."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Begun:
    """Where to go on with a file: the reading to check, or the plan that it already became."""

    reading_id: UUID | None = None
    plan_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ReadingPage:
    """A reading with what its pages show beside it."""

    reading: Reading
    check: PlanCheck
    department: str
    version_of: str  # the title of the plan that it is a newer version of
    meanings: tuple[str, ...] = tuple(Column)

    def passage(self, first: int, last: int) -> tuple[str, ...]:
        """The document's own words from line to line."""
        return tuple(line.text for line in self.reading.found.lines if first <= line.number <= last)

    def place(self, line: int) -> str:
        """Where a person finds the line."""
        return next((each.place for each in self.reading.found.lines if each.number == line), "")


def begin_reading(services: Services, actor: Actor, file: PlanFile) -> Begun:
    """Reads the file and keeps how it was understood; the same file again goes on where somebody left off.

    Raises `NotAllowed`, and `Invalid` for a file, department or period that cannot be taken.
    """
    must_import(actor)
    document = document_of(file.content)
    with services.database.write() as work:
        return keep_reading(services, work, actor, file, document)


def keep_reading(
    services: Services, work: UnitOfWork, actor: Actor, file: PlanFile, document: Document
) -> Begun:
    """Begins a reading within a transaction that may do more, such as an import in one go."""
    found = read_document(document, period=period_of(file.period))
    department = _department(work, actor, file.department_id)
    known = plans.with_source(work.connection, actor.body_id, file.sha256)
    if known is not None:
        return Begun(plan_id=known.id)
    begun = plan_readings.open_for(work.connection, actor.body_id, file.sha256)
    if begun is not None:
        return Begun(reading_id=begun)
    if file.version_of and plans.one(work.connection, actor.body_id, file.version_of) is None:
        raise NotFound
    reading = _begun(services, actor, file, department, found)
    plan_readings.add(work.connection, reading, document)
    _record(services, work, actor, "plan_reading_begun", reading.id)
    return Begun(reading_id=reading.id)


def _begun(services: Services, actor: Actor, file: PlanFile, department_id: UUID, found: PlanRead) -> Reading:
    """Nobody has said anything of it yet."""
    return Reading(
        id=services.new_id(),
        body_id=actor.body_id,
        department_id=department_id,
        kind=file.kind,
        source_name=file.name,
        source_sha256=file.sha256,
        period=file.period.strip(),
        found=found,
        checks=Checks(),
        meanings={},
        state=ReadingState.OPEN,
        plan_id=file.version_of,
        changed_by=actor.id,
        changed_at=services.now(),
        row_version=1,
    )


def reading_page(services: Services, actor: Actor, reading_id: UUID) -> ReadingPage:
    """The reading as it stands. Raises `NotAllowed`, `NotFound`."""
    must_import(actor)
    with services.database.read() as connection:
        reading = plan_readings.one(connection, actor.body_id, reading_id)
        names = {each.id: each.name for each in people.departments(connection, actor.body_id)}
        older = plans.one(connection, actor.body_id, reading.plan_id) if reading.plan_id else None
    return ReadingPage(
        reading=reading,
        check=reading.check,
        department=names.get(reading.department_id, ""),
        version_of=older.title if older else "",
    )


def open_readings(services: Services, actor: Actor) -> Sequence[ReadingLine]:
    """Readings that wait to be checked; none for whoever imports no plans."""
    if not may_import(actor):
        return ()
    with services.database.read() as connection:
        return plan_readings.open_lines(connection, actor.body_id)


def say_columns(
    services: Services, actor: Actor, reading_id: UUID, meanings: Mapping[Headings, Sequence[str]]
) -> None:
    """What the columns under these headings hold; the document is read again with that in mind."""
    said = {headings: tuple(_column(each) for each in columns) for headings, columns in meanings.items()}
    for headings, columns in said.items():
        if len(columns) != len(headings) or Column.ACTION not in columns:
            raise Invalid({"columns": "Say which column holds the actions"})
    with services.database.write() as work:
        reading = open_reading(work, actor, reading_id)
        kept = {"\n".join(headings): [str(each) for each in columns] for headings, columns in said.items()}
        _read_again(services, work, actor, replace(reading, meanings={**reading.meanings, **kept}))


def say_about(
    services: Services,
    actor: Actor,
    reading_id: UUID,
    *,
    department_id: UUID | None,
    kind: PlanKind,
    period: str,
) -> None:
    """Whose plan it is, what sort of plan, and the years it covers; its dates are read again with those."""
    period_of(period)
    with services.database.write() as work:
        reading = open_reading(work, actor, reading_id)
        department = _department(work, actor, department_id)
        changed = replace(reading, department_id=department, kind=kind, period=period.strip())
        _read_again(services, work, actor, changed)


def say_names(services: Services, actor: Actor, reading_id: UUID, aliases: Mapping[str, str]) -> None:
    """Which written names mean which others in this plan: initials, and other spellings of one person."""
    said = {written: " ".join(name.split()) for written, name in aliases.items()}
    meant = {written: name for written, name in said.items() if name and name != written}
    with services.database.write() as work:
        reading = open_reading(work, actor, reading_id)
        checks = replace(reading.checks, aliases=meant)
        settle_reading(services, work, actor, replace(reading, checks=checks))


def put_aside(services: Services, actor: Actor, reading_id: UUID) -> None:
    """Nobody will import this reading; the file can be read afresh."""
    with services.database.write() as work:
        reading = open_reading(work, actor, reading_id)
        settle_reading(services, work, actor, replace(reading, state=ReadingState.PUT_ASIDE))
        _record(services, work, actor, "plan_reading_put_aside", reading.id)


def open_reading(work: UnitOfWork, actor: Actor, reading_id: UUID) -> Reading:
    """The reading, ours until the end. Raises `NotAllowed` when it was imported or put aside."""
    must_import(actor)
    reading = plan_readings.locked(work.connection, actor.body_id, reading_id)
    if reading.state is not ReadingState.OPEN:
        raise NotAllowed(NOT_OPEN)
    return reading


def settle_reading(services: Services, work: UnitOfWork, actor: Actor, reading: Reading) -> None:
    """The reading as it now stands, and who brought it there."""
    changed = replace(reading, changed_by=actor.id, changed_at=services.now())
    plan_readings.replace(work.connection, changed)


def may_import(actor: Actor) -> bool:
    """Whether importing plans is the actor's to do."""
    return may(actor, Permission.IMPORT_PLAN, Subject(body_id=actor.body_id))


def must_import(actor: Actor) -> None:
    """Raises `NotAllowed` for whoever imports no plans."""
    if not may_import(actor):
        raise NotAllowed(NOT_YOURS)


def departments_to_import_for(services: Services, actor: Actor) -> tuple[Department, ...]:
    """The departments whose plan a file may be. Raises `NotAllowed`."""
    must_import(actor)
    with services.database.read() as connection:
        return people.departments(connection, actor.body_id)


def period_of(words: str) -> Period | None:
    """The years that somebody typed, None where they left it to the title. Raises `Invalid`."""
    return parse_period(words) if words.strip() else None


def _read_again(services: Services, work: UnitOfWork, actor: Actor, reading: Reading) -> None:
    document = from_plain(Document, plan_readings.pieces(work.connection, reading.id))
    meanings = {
        tuple(headings.split("\n")): tuple(Column(each) for each in columns)
        for headings, columns in reading.meanings.items()
    }
    found = read_document(document, period=period_of(reading.period), meanings=meanings)
    check = read_again(reading.check, found)
    settle_reading(services, work, actor, replace(reading, found=check.found, checks=check.checks))


def _department(work: UnitOfWork, actor: Actor, department_id: UUID | None) -> UUID:
    known = {each.id for each in people.departments(work.connection, actor.body_id)}
    if department_id is None or department_id not in known:
        raise Invalid({"department": DEPARTMENT_MISSING})
    return department_id


def _column(name: str) -> Column:
    try:
        return Column(name)
    except ValueError:
        raise Invalid({"columns": "Choose what each column holds from the list"}) from None


def _record(services: Services, work: UnitOfWork, actor: Actor, name: str, reading_id: UUID) -> None:
    work.record(
        Event(
            name=name,
            chain_id=actor.body_id,
            actor_id=actor.id,
            at=services.now(),
            data={"reading": str(reading_id)},
        )
    )
