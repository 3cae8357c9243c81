"""Who leads an assessment, who contributes and who is its champion; and whether the lead accepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from eia import content
from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.events import Event, Notice
from eia.domain.facts import AssessmentFacts
from eia.domain.people import Actor, Role
from eia.domain.policy import Permission, may, roles_that_may
from eia.store import scheduling
from eia.store.scheduling import HistoryLine
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.changes import must_be_current
from eia.usecases.sections import names, needs
from eia.usecases.services import Services
from eia.usecases.writing import subject_of

ASSIGNABLE = (Role.LEAD, Role.CONTRIBUTOR, Role.CHAMPION)
BEFORE_WORK = ("proposed", "scheduled")
NOT_YOURS_TO_ASSIGN = "Only the equality officer or the department may say who works on this assessment."
NOT_TO_YOURSELF = "You cannot make yourself the champion once work has begun: ask somebody else to assign it."
NOT_BY_WRITERS = "Whoever writes an assessment does not choose who checks it: ask the equality officer."
WROTE_IT = "A champion cannot have written any part of the assessment. Choose somebody else."
NOT_YOURS_TO_SHARE_OUT = "Only the lead, the department or the equality officer says who writes what."
OVER = "The assessment is over: who worked on it stays as it was."
NOT_THE_LEAD = "Only the person who is asked to lead this assessment may answer."


def assign(
    services: Services,
    actor: Actor,
    assessment_id: UUID,
    role: Role,
    people: Sequence[UUID],
    *,
    page_version: int | None = None,
) -> None:
    """These people, and nobody else, hold the role on the assessment; a new lead is asked to accept.

    Nobody re-points the review at themselves once work has begun, and no author becomes champion.
    """
    with services.database.write() as work:
        assign_within(services, work, actor, assessment_id, role, people, page_version=page_version)


def assign_within(
    services: Services,
    work: UnitOfWork,
    actor: Actor,
    assessment_id: UUID,
    role: Role,
    people: Sequence[UUID],
    *,
    page_version: int | None = None,
) -> None:
    """The same within a transaction that does more, such as saying who a name in a plan is."""
    facts = _visible(work, actor, assessment_id)
    if not may(actor, Permission.SCHEDULE, subject_of(facts)):
        raise NotAllowed(NOT_YOURS_TO_ASSIGN)
    if content.workflow(facts.workflow).is_end(facts.stage):
        raise NotAllowed(OVER)
    must_be_current(work, facts, page_version)
    _check(work, actor, facts, role, people)
    if set(people) != set(facts.people_with(role)):
        _reassign(services, work, actor, facts, role, people)


def may_share_out(actor: Actor, facts: AssessmentFacts) -> bool:
    """Whether the actor may say which contributor writes which sections, while the assessment lives."""
    shares = Permission.SCHEDULE, Permission.SUBMIT
    is_over = content.workflow(facts.workflow).is_end(facts.stage)
    return not is_over and any(may(actor, each, subject_of(facts)) for each in shares)


def sections_to_share(facts: AssessmentFacts) -> tuple[str, ...]:
    """The sections that a contributor can be asked to write, in order."""
    workflow = content.workflow(facts.workflow)
    return tuple(name for name in names(workflow) if Permission.EDIT_ANSWERS in needs(name, workflow))


def share_out(
    services: Services,
    actor: Actor,
    assessment_id: UUID,
    chosen: Mapping[UUID, Sequence[str]],
    *,
    page_version: int | None = None,
) -> None:
    """Each of these contributors writes these sections and no others; one for whom none is chosen, all.

    Saying what was said already changes nothing. Raises `Invalid` for anybody who is no contributor.
    """
    with services.database.write() as work:
        facts = _visible(work, actor, assessment_id)
        if not may_share_out(actor, facts):
            raise NotAllowed(NOT_YOURS_TO_SHARE_OUT)
        must_be_current(work, facts, page_version)
        if not set(chosen) <= set(facts.people_with(Role.CONTRIBUTOR)):
            raise Invalid({"people": "Choose somebody from the list"})
        if not {name for each in chosen.values() for name in each} <= set(sections_to_share(facts)):
            raise Invalid({"sections": "Choose from the answers on the page"})
        pairs = {(person_id, name) for person_id, each in chosen.items() for name in each}
        others = {pair for pair in facts.contributor_sections if pair[0] not in chosen}
        if pairs | others != set(facts.contributor_sections):
            scheduling.share_out(work.connection, facts.id, pairs | others)
            data: dict[str, str | int] = {"sections": ",".join(sorted({name for _, name in pairs}))}
            work.change(facts, _event(services, actor, facts, "people_shared_out", data))


def accept_lead(services: Services, actor: Actor, assessment_id: UUID) -> None:
    """The lead says yes; saying it twice changes nothing."""
    with services.database.write() as work:
        facts = _visible(work, actor, assessment_id)
        _is_lead(actor, facts)
        if not facts.lead_accepted:
            if content.workflow(facts.workflow).is_end(facts.stage):
                raise NotAllowed(OVER)
            _line(services, work, actor, facts, "accept_lead", Role.LEAD)
            work.change(
                facts,
                _event(services, actor, facts, "lead_accepted"),
                fields={"lead_accepted_at": services.now()},
            )


def decline_lead(services: Services, actor: Actor, assessment_id: UUID, because: str) -> None:
    """The lead says no, and why; the equality officers hear of it and find another."""
    if not because.strip():
        raise Invalid(
            {"because": "Say why you cannot lead this assessment, so that somebody else can be found"}
        )
    with services.database.write() as work:
        facts = _visible(work, actor, assessment_id)
        _is_lead(actor, facts)
        if facts.stage not in BEFORE_WORK:
            raise NotAllowed("Work has begun: ask the equality officer to find another lead.")
        scheduling.assign(work.connection, facts.id, Role.LEAD, ())
        _line(services, work, actor, facts, "decline_lead", Role.LEAD, because.strip())
        officers = scheduling.holders_for(
            work.connection, actor.body_id, Role.EQUALITY_OFFICER, None, services.today()
        )
        work.change(
            facts,
            _event(services, actor, facts, "lead_declined"),
            fields={"lead_accepted_at": None},
            notices=[_notice("lead_declined", person_id, facts) for person_id, _ in officers],
        )


def _visible(work: UnitOfWork, actor: Actor, assessment_id: UUID) -> AssessmentFacts:
    facts = work.assessment(actor.body_id, assessment_id)
    if not may(actor, Permission.VIEW, subject_of(facts)):
        raise NotFound
    return facts


def _is_lead(actor: Actor, facts: AssessmentFacts) -> None:
    if actor.id not in facts.people_with(Role.LEAD):
        raise NotAllowed(NOT_THE_LEAD)


def _check(
    work: UnitOfWork, actor: Actor, facts: AssessmentFacts, role: Role, people: Sequence[UUID]
) -> None:
    if role not in ASSIGNABLE:
        raise Invalid({"role": "Choose lead, contributor or champion"})
    if not scheduling.people_in_body(work.connection, facts.body_id, people):
        raise Invalid({"people": "Choose somebody from the list"})
    if role is Role.CHAMPION:
        _check_champion(actor, facts, people)
    elif set(people) & set(facts.people_with(Role.CHAMPION)):
        raise Invalid({"people": "The champion reviews this assessment and cannot also write it"})


def _check_champion(actor: Actor, facts: AssessmentFacts, people: Sequence[UUID]) -> None:
    new = set(people) - set(facts.people_with(Role.CHAMPION))
    begun = facts.stage not in BEFORE_WORK
    writers = facts.answerable | frozenset(facts.people_with(Role.CONTRIBUTOR))
    if begun and actor.id in writers:
        raise NotAllowed(NOT_BY_WRITERS)
    if begun and actor.id in new:
        raise NotAllowed(NOT_TO_YOURSELF)
    if new & writers:
        raise Invalid({"people": WROTE_IT})


def _reassign(
    services: Services,
    work: UnitOfWork,
    actor: Actor,
    facts: AssessmentFacts,
    role: Role,
    people: Sequence[UUID],
) -> None:
    scheduling.assign(work.connection, facts.id, role, people)
    held = min(roles_that_may(actor, Permission.SCHEDULE, subject_of(facts)))
    _line(services, work, actor, facts, f"assign_{role.value}", held)
    asked = (set(people) - set(facts.people_with(role))) - {actor.id}
    kind = "lead_asked" if role is Role.LEAD else "assigned"
    work.change(
        facts,
        _event(services, actor, facts, "people_assigned", {"role": role.value, "people": len(people)}),
        fields={"lead_accepted_at": services.now() if actor.id in people else None}
        if role is Role.LEAD
        else None,
        notices=[_notice(kind, person_id, facts) for person_id in sorted(asked)],
    )


def _line(
    services: Services,
    work: UnitOfWork,
    actor: Actor,
    facts: AssessmentFacts,
    name: str,
    role: Role,
    comment: str = "",
) -> None:
    line = HistoryLine(
        name=name,
        from_stage=facts.stage,
        stage=facts.stage,
        person_id=actor.id,
        role=role,
        at=services.now(),
        comment=comment,
    )
    scheduling.insert_line(work.connection, facts.id, line)


def _event(
    services: Services,
    actor: Actor,
    facts: AssessmentFacts,
    name: str,
    data: dict[str, str | int] | None = None,
) -> Event:
    return Event(name=name, chain_id=facts.id, actor_id=actor.id, at=services.now(), data=data or {})


def _notice(kind: str, person_id: UUID, facts: AssessmentFacts) -> Notice:
    return Notice(kind=kind, recipient_id=person_id, assessment_id=facts.id)
