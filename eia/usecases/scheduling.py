"""Scheduling: an assessment is proposed, with a lead, a target date and a decision in view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from uuid import UUID

from eia import content
from eia.domain.errors import Invalid, NotAllowed
from eia.domain.events import Event, Notice
from eia.domain.facts import AnswerKey, AnswerValue
from eia.domain.people import Actor, Role
from eia.domain.policy import Permission, Subject, may, roles_that_may
from eia.domain.target_date import TargetDate, financial_year, parse_target
from eia.store import answers as answer_rows
from eia.store import people, scheduling
from eia.store.people import Department, ListedPerson
from eia.store.scheduling import BodyRules, HistoryLine, NewAssessment
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.services import Services
from eia.usecases.starting import Start, begin_from

FORM = "schedule"
NOT_YOUR_DEPARTMENT = "You may propose assessments for your own department only."


@dataclass(frozen=True, kw_only=True)
class ScheduleRequest:
    """What somebody typed to propose an assessment; `target` is the date in their own words."""

    title: str
    department_id: UUID | None
    financial_year: int  # 2026 for 2026/27
    lead_id: UUID | None = None
    champion_id: UUID | None = None
    decision_body: str = ""
    decision_on: date | None = None
    target: str = ""
    priority: int | None = None  # 1 comes first
    answers: Mapping[AnswerKey, AnswerValue] = field(default_factory=lambda: MappingProxyType({}))
    plan_id: UUID | None = None
    lead_as_written: str = ""  # a plan's own words, until somebody says who that is
    support_as_written: str = ""
    start: Start | None = None  # the earlier assessment that it takes over


@dataclass(frozen=True, kw_only=True)
class ScheduleChoices:
    """Whom and what a new assessment can be given: the departments the actor may propose for, and people."""

    departments: tuple[Department, ...]
    people: tuple[ListedPerson, ...]
    champions: tuple[ListedPerson, ...]


def schedule_choices(services: Services, actor: Actor) -> ScheduleChoices:
    """What the schedule page offers. Raises `NotAllowed` for whoever may propose for no department."""
    with services.database.read() as connection:
        every = people.departments(connection, actor.body_id)
        everybody = people.people(connection, actor.body_id, services.today())
    mine = tuple(item for item in every if _may_propose(actor, item.id))
    if not mine:
        raise NotAllowed(NOT_YOUR_DEPARTMENT)
    active = tuple(item for item in everybody if item.active)
    champions = tuple(item for item in active if any(role is Role.CHAMPION for role, _ in item.grants))
    return ScheduleChoices(departments=mine, people=active, champions=champions or active)


def read_target(services: Services, actor: Actor, words: str, year: int) -> TargetDate:
    """How a target date will be understood, before anything is kept."""
    with services.database.read() as connection:
        rules = scheduling.body_rules(connection, actor.body_id)
    return target_of(words, year, rules)


def schedule_assessment(services: Services, actor: Actor, request: ScheduleRequest) -> UUID:
    """A new assessment at the workflow's first stage, with its reference; its id.

    Raises `Invalid` when title, department or year cannot be taken; all else may follow before it is
    scheduled.
    """
    with services.database.write() as work:
        return propose(services, work, actor, request)


def propose(services: Services, work: UnitOfWork, actor: Actor, request: ScheduleRequest) -> UUID:
    """The same within a transaction that does more, such as the import of a plan."""
    department_id = _checked(actor, request)
    rules = scheduling.body_rules(work.connection, actor.body_id)
    _check_people(work, actor, request)
    new = _new_assessment(services, work, actor, request, department_id, rules)
    scheduling.insert_assessment(work.connection, new)
    _assign(work, actor, new, request)
    taken = _begin_from(services, work, actor, new, request)
    _keep_answers(services, work, actor, new, request)
    _record(services, work, actor, new, request, taken)
    return new.id


def problems_with(request: ScheduleRequest) -> dict[str, str]:
    """Everything in the request that cannot be taken, each with a sentence that says how to fix it."""
    problems = {}
    if not request.title.strip():
        problems["title"] = "Enter the function, policy or decision that is to be assessed"
    if request.department_id is None:
        problems["department"] = "Select the department"
    if not 2000 <= request.financial_year <= 2100:
        problems["financial_year"] = "Select the financial year"
    if request.priority is not None and request.priority not in (1, 2, 3):
        problems["priority"] = "Select a priority from 1 to 3"
    if request.lead_id is not None and request.lead_id == request.champion_id:
        problems["champion"] = "Choose a champion who is not the lead: nobody reviews their own assessment"
    return problems


def _checked(actor: Actor, request: ScheduleRequest) -> UUID:
    problems = problems_with(request)
    if problems or request.department_id is None:
        raise Invalid(problems)
    if not _may_propose(actor, request.department_id):
        raise NotAllowed(NOT_YOUR_DEPARTMENT)
    return request.department_id


def _may_propose(actor: Actor, department_id: UUID) -> bool:
    return may(actor, Permission.SCHEDULE, Subject(body_id=actor.body_id, department_id=department_id))


def _check_people(work: UnitOfWork, actor: Actor, request: ScheduleRequest) -> None:
    for name, person_id in (("lead", request.lead_id), ("champion", request.champion_id)):
        if person_id and not scheduling.people_in_body(work.connection, actor.body_id, (person_id,)):
            raise Invalid({name: "Choose somebody from the list"})
    if request.department_id not in {item.id for item in people.departments(work.connection, actor.body_id)}:
        raise Invalid({"department": "Select the department"})


def _new_assessment(
    services: Services,
    work: UnitOfWork,
    actor: Actor,
    request: ScheduleRequest,
    department_id: UUID,
    rules: BodyRules,
) -> NewAssessment:
    workflow = content.workflow(rules.workflow)
    groups = content.characteristics(workflow.characteristics).in_force(services.today())
    return NewAssessment(
        id=services.new_id(),
        body_id=actor.body_id,
        department_id=department_id,
        plan_id=request.plan_id,
        reference=scheduling.allocate_reference(work.connection, department_id, request.financial_year),
        title=" ".join(request.title.split()),
        workflow=rules.workflow,
        characteristic_list=workflow.characteristics,
        characteristics=tuple(dict.fromkeys(item.id for item in groups)),
        stage=workflow.starts_at,
        target=target_of(request.target, request.financial_year, rules),
        decision_body=request.decision_body.strip(),
        decision_on=request.decision_on,
        priority=request.priority,
        financial_year=request.financial_year,
        created_at=services.now(),
        lead_as_written=request.lead_as_written,
        support_as_written=request.support_as_written,
        lead_accepted_at=services.now() if request.lead_id == actor.id else None,  # nobody asks themselves
    )


def target_of(words: str, year: int, rules: BodyRules) -> TargetDate:
    """A target date as written, read as words of this financial year's programme."""
    month, day = (int(part) for part in rules.municipal_year_starts.split("-"))
    starts = {each: date(each, month, day) for each in range(year - 1, year + 6)}
    return parse_target(words, period=financial_year(year), municipal_year_starts=starts)


def _assign(work: UnitOfWork, actor: Actor, new: NewAssessment, request: ScheduleRequest) -> None:
    """Whoever would lose sight of what they propose, having no other part in it, helps to write it."""
    chosen = ((Role.LEAD, request.lead_id), (Role.CHAMPION, request.champion_id))
    assigned = [(person_id, role) for role, person_id in chosen if person_id is not None]
    subject = Subject(body_id=new.body_id, department_id=new.department_id, assigned=tuple(assigned))
    if not may(actor, Permission.VIEW, subject):
        assigned.append((actor.id, Role.CONTRIBUTOR))
    for person_id, role in assigned:
        scheduling.assign(work.connection, new.id, role, (person_id,))


def _begin_from(
    services: Services, work: UnitOfWork, actor: Actor, new: NewAssessment, request: ScheduleRequest
) -> dict[str, str | int]:
    if request.start is None:
        return {}
    return begin_from(
        services, work, actor, new.id, request.start, workflow=new.workflow, champion_id=request.champion_id
    )


def _keep_answers(
    services: Services, work: UnitOfWork, actor: Actor, new: NewAssessment, request: ScheduleRequest
) -> None:
    """Scheduling says when and by whom, not what the impact is: whoever does it is no author yet."""
    kept = {key: value for key, value in request.answers.items() if key.form == FORM}
    answer_rows.put(work.connection, new.id, kept, by=actor.id, at=services.now())


def _record(
    services: Services,
    work: UnitOfWork,
    actor: Actor,
    new: NewAssessment,
    request: ScheduleRequest,
    taken: Mapping[str, str | int],
) -> None:
    subject = Subject(body_id=actor.body_id, department_id=new.department_id)
    role = min(roles_that_may(actor, Permission.SCHEDULE, subject))
    line = HistoryLine(
        name="propose", from_stage=None, stage=new.stage, person_id=actor.id, role=role, at=services.now()
    )
    scheduling.insert_line(work.connection, new.id, line)
    data = {"reference": new.reference, "workflow": new.workflow, "stage": new.stage, **taken}
    work.record(
        Event(name="assessment_proposed", chain_id=new.id, actor_id=actor.id, at=services.now(), data=data)
    )
    work.notify(actor.body_id, _notices(actor, new.id, request), now=services.now())


def _notices(actor: Actor, assessment_id: UUID, request: ScheduleRequest) -> tuple[Notice, ...]:
    if request.lead_id is None or request.lead_id == actor.id:
        return ()
    return (Notice(kind="lead_asked", recipient_id=request.lead_id, assessment_id=assessment_id),)
