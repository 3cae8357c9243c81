"""Everything an assessment's page shows to one person, loaded in a fixed small number of queries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from eia import content
from eia.domain.comment import Thread
from eia.domain.errors import NotAllowed, NotFound
from eia.domain.facts import AssessmentFacts
from eia.domain.people import Actor, Role
from eia.domain.policy import Permission, may
from eia.domain.record import after_decision
from eia.domain.workflow.choices import Choice, open_moves
from eia.domain.workflow.definition import MoveDefinition, MoveKind, StageDefinition, WorkflowDefinition
from eia.domain.workflow.returns import BACK, PAUSES
from eia.domain.workflow.signatures import awaited
from eia.store import comments, history, scheduling, snapshots, starting
from eia.store.history import Assigned, ChainHead, Header, HistoryEntry, Version
from eia.store.load_facts import load_facts
from eia.store.snapshots import Snapshot
from eia.store.starting import Origin
from eia.usecases.assigning import may_share_out
from eia.usecases.coaching import Coaching, coaching
from eia.usecases.comparison import last_look
from eia.usecases.contributing import asked_to_write, sections_of
from eia.usecases.returns import may_open_more
from eia.usecases.sections import Section, sections, why_closed
from eia.usecases.services import LONDON, Services
from eia.usecases.writing import ended_on, subject_of

RECENT = 3
BACKWARDS = (MoveKind.RETURN, MoveKind.REFUSE, MoveKind.REOPEN)  # offered after what leads on
NOT_YOURS_TO_READ = "The history is for the lead, the champion, the department and the equality officer."


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who has the assessment now: a role, and the people who hold it here."""

    role: Role
    people: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NextSteps:
    """Moves out of the stage: those this person can make, those that wait for something, and those aside.

    `blocked` has the person's own moves with every reason, and the next steps of others with what they miss.
    """

    steps: tuple[MoveDefinition, ...]
    blocked: tuple[Choice, ...]
    aside: tuple[MoveDefinition, ...]


@dataclass(frozen=True, kw_only=True)
class AssessmentPage:
    """One assessment for one person; the template only lays it out.

    `after_decision`: the decision was, or will have been, taken before the assessment was approved.
    `returned`: the return that brought it to its stage. `last_look`: since when whoever checks it, or whoever
    puts it right, is shown what changed.
    """

    facts: AssessmentFacts
    origin: Origin | None
    header: Header
    workflow: WorkflowDefinition
    stage: StageDefinition
    held_from: StageDefinition | None
    holder: Holder | None
    is_mine: bool
    after_decision: bool
    sections: tuple[Section, ...]
    choices: tuple[Choice, ...]  # every move out of the stage, whoever may make it
    next: NextSteps
    coaching: Coaching | None
    recent: tuple[HistoryEntry, ...]
    returned: HistoryEntry | None
    may_open_more: bool  # sections that were not returned
    last_look: Snapshot | None
    versions: tuple[Version, ...]
    asks_me_to_lead: bool
    may_assign: bool
    may_share_out: bool  # say which contributor writes which sections
    threads: tuple[Thread, ...]  # of comments that nobody has resolved
    may_change_schedule: bool
    may_read_history: bool
    today: date

    def assigned(self, role: Role) -> tuple[Assigned, ...]:
        """The people assigned in this role."""
        return tuple(each for each in self.header.assigned if each.role == role)

    def asked_to_write(self, section: str) -> tuple[str, ...]:
        """The contributors for whom this section was chosen, by name."""
        asked = asked_to_write(self.facts, section)
        return tuple(each.name for each in self.assigned(Role.CONTRIBUTOR) if each.person_id in asked)

    def chosen_for(self, person_id: UUID) -> tuple[str, ...]:
        """The sections chosen for this contributor; none were when they may write them all."""
        chosen = sections_of(self.facts, person_id)
        return tuple(each.name for each in self.sections if each.name in chosen)

    def threads_on(self, section: str) -> tuple[Thread, ...]:
        """The open comments on one section."""
        return tuple(thread for thread in self.threads if thread.about.form == section)

    @property
    def newest(self) -> Version:
        """The last version under this reference."""
        return self.versions[-1]


@dataclass(frozen=True, kw_only=True)
class AssessmentHistory:
    """Every line of an assessment's history, its versions, and the hash that fixes it all."""

    facts: AssessmentFacts
    workflow: WorkflowDefinition
    lines: tuple[HistoryEntry, ...]
    versions: tuple[Version, ...]
    head: ChainHead


def assessment_page(services: Services, actor: Actor, assessment_id: UUID) -> AssessmentPage:
    """The page of this assessment. Raises `NotFound` for whoever may not see it."""
    today = services.today()
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
        _must_see(actor, facts)
        header = history.header(connection, facts.id)
        recent = history.latest(connection, facts.id, RECENT)
        versions = history.versions(connection, facts.body_id, facts.reference)
        workflow = content.workflow(facts.workflow)
        led_here = history.led_here(connection, facts.id, _pauses(workflow))
        looks = snapshots.of_assessment(connection, facts.id)
        threads = comments.still_open(connection, facts.id)
        role = _role_in_turn(workflow, facts)
        standing = scheduling.holders_for(connection, facts.body_id, role, facts.department_id, today)
        origin = starting.origin(connection, actor, facts.id, today)
    holder = _holder(role, header, standing)
    every = open_moves(workflow, facts, actor, today, everyone=True)
    return AssessmentPage(
        facts=facts,
        origin=origin,
        header=header,
        workflow=workflow,
        stage=workflow.stage(facts.stage),
        held_from=workflow.stage(facts.held_from) if facts.held_from else None,
        holder=holder,
        is_mine=_is_mine(actor, facts, role, standing),
        after_decision=_after_decision(facts, header, today),
        sections=sections(actor, facts),
        choices=every,
        next=_next_steps(every),
        coaching=coaching(actor, facts, today),
        recent=recent,
        returned=led_here if led_here and _is_return(workflow, led_here) else None,
        may_open_more=may_open_more(actor, facts),
        last_look=last_look(workflow, facts, looks),
        versions=versions,
        asks_me_to_lead=actor.id in facts.people_with(Role.LEAD) and not facts.lead_accepted,
        may_assign=may(actor, Permission.SCHEDULE, subject_of(facts)) and not workflow.is_end(facts.stage),
        may_share_out=may_share_out(actor, facts),
        threads=threads,
        may_change_schedule=why_closed(actor, facts, "schedule") is None,
        may_read_history=may(actor, Permission.READ_HISTORY, subject_of(facts)),
        today=today,
    )


def assessment_history(services: Services, actor: Actor, assessment_id: UUID) -> AssessmentHistory:
    """The whole history, newest first. Raises `NotFound` for whoever may not see the assessment at all."""
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
        _must_see(actor, facts)
        if not may(actor, Permission.READ_HISTORY, subject_of(facts)):
            raise NotAllowed(NOT_YOURS_TO_READ)
        return AssessmentHistory(
            facts=facts,
            workflow=content.workflow(facts.workflow),
            lines=history.lines(connection, facts.id),
            versions=history.versions(connection, facts.body_id, facts.reference),
            head=history.chain_head(connection, facts.id),
        )


def _next_steps(choices: tuple[Choice, ...]) -> NextSteps:
    mine = tuple(each for each in choices if each.role is not None)
    others = tuple(each for each in choices if each.role is None and each.move.kind is MoveKind.FORWARD)
    steps = (each.move for each in mine if each.is_open and not _is_aside(each.move))
    return NextSteps(
        steps=tuple(sorted(steps, key=lambda move: move.kind in BACKWARDS)),
        blocked=(
            *(each for each in mine if not each.is_open and not _is_aside(each.move)),
            *(replace(each, refused=None) for each in others if each.unmet),
        ),
        aside=tuple(each.move for each in mine if each.is_open and _is_aside(each.move)),
    )


def _pauses(workflow: WorkflowDefinition) -> tuple[str, ...]:
    return tuple(move.name for move in workflow.moves if move.kind in PAUSES)


def _is_return(workflow: WorkflowDefinition, line: HistoryEntry) -> bool:
    return any(move.name == line.move and move.kind in BACK for move in workflow.moves)


def _is_aside(move: MoveDefinition) -> bool:
    """Pausing and giving up can be done at any time, and are seldom what somebody came for."""
    return move.kind is MoveKind.HOLD or move.permission is Permission.WITHDRAW


def _must_see(actor: Actor, facts: AssessmentFacts) -> None:
    if not may(actor, Permission.VIEW, subject_of(facts)):
        raise NotFound


def _role_in_turn(workflow: WorkflowDefinition, facts: AssessmentFacts) -> Role | None:
    """The role whose turn it is: where signatures are collected, the next one awaited."""
    signing = next((move.signing for move in workflow.moves_from(facts.stage) if move.signing), None)
    waiting = awaited(signing, facts) if signing else ()
    return waiting[0] if waiting else workflow.stage(facts.stage).owner


def _holder(role: Role | None, header: Header, standing: tuple[tuple[UUID, str], ...]) -> Holder | None:
    if role is None:
        return None
    assigned = tuple(each.name for each in header.assigned if each.role is role)
    return Holder(role=role, people=assigned or tuple(name for _, name in standing))


def _is_mine(
    actor: Actor, facts: AssessmentFacts, role: Role | None, standing: tuple[tuple[UUID, str], ...]
) -> bool:
    return role is not None and (actor.id, role) in (*facts.assigned, *((item, role) for item, _ in standing))


def _after_decision(facts: AssessmentFacts, header: Header, today: date) -> bool:
    return after_decision(
        decision_on=facts.decision_on,
        begun_on=header.created_at.astimezone(LONDON).date(),
        settled_on=header.approved_on or ended_on(facts),
        today=today,
    )
