"""Actions of an assessment: promised, put into other words, dropped with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from eia import content
from eia.domain.action import Action, ActionLead, LeadRole, ProgressKind
from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.events import Event
from eia.domain.facts import ActionState, AssessmentFacts, given_up
from eia.domain.people import Actor
from eia.domain.policy import Permission, may
from eia.domain.target_date import TargetDate, parse_target
from eia.store import action_progress, evidence, history
from eia.store import actions as rows
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.conditions import tell_approvers
from eia.usecases.leads import LeadEntry, party_for
from eia.usecases.sections import why_closed
from eia.usecases.services import Services
from eia.usecases.writing import open_for_writing, why_shut, wrote

SECTION = "actions"
NOT_YOURS_TO_CLOSE = (
    "Only the assessment's lead, the head of service or an equality officer can close an action."
)
APPROVED_WORDS = "These words were approved and stay. Drop the action with a reason, and add another"
NOT_OPEN = "This action is no longer open."
PROMISED = "There is an action to close this gap already."


@dataclass(frozen=True, kw_only=True)
class ActionEntry:
    """What somebody typed about an action; `target` is the date in their own words."""

    text: str
    target: str
    leads: tuple[LeadEntry, ...]
    outcome: str = ""
    characteristic: str | None = None
    label: str = ""
    heading: str = ""


def read_action(services: Services, actor: Actor, action_id: UUID) -> Action:
    """The action, for whoever leads it or may see the assessment or plan that it belongs to."""
    with services.database.read() as connection:
        item = rows.one(connection, actor.body_id, action_id)
    if not may(actor, Permission.VIEW_ACTION, item.subject()):
        raise NotFound
    return item


def my_actions(services: Services, actor: Actor) -> tuple[Action, ...]:
    """Everything this person leads, over all plans and assessments."""
    with services.database.read() as connection:
        return rows.led_by(connection, actor.body_id, actor.id)


def add_action(
    services: Services,
    actor: Actor,
    assessment_id: UUID,
    entry: ActionEntry,
    *,
    closes_gap: UUID | None = None,
) -> UUID:
    """A new action of the assessment, which may be the one that closes an admitted gap; its id."""
    _check(entry)
    with services.database.write() as work:
        facts = open_for_writing(work, actor, assessment_id, SECTION, Permission.MANAGE_ACTIONS)
        item = _new_action(services, work, actor, facts, entry)
        rows.add(work.connection, item, at=services.now())
        data = {"action": str(item.id)}
        if closes_gap is not None:
            _close_gap(work, actor, facts, closes_gap, item.id)
            data["evidence"] = str(closes_gap)
        wrote(services, work, actor, facts, "action_added", data)
    return item.id


def change_action(
    services: Services, actor: Actor, action_id: UUID, entry: ActionEntry, *, page_version: int
) -> None:
    """The action's words, leads and, until the assessment is approved, its date.

    An approved promise is moved by `move_target`, which asks for a reason. Raises `Stale` when somebody
    changed the action after the page was shown.
    """
    _check(entry)
    with services.database.write() as work:
        item, facts = _assessments_action(work, actor, action_id)
        _check_approved_words(facts, item, entry)
        changed = replace(
            item,
            text=entry.text.strip(),
            outcome=entry.outcome.strip(),
            characteristic=entry.characteristic,
            leads=_leads_after(services, work, actor, item, entry),
            target=_target_after(work, item, entry),
            row_version=page_version,
        )
        rows.replace(work.connection, changed)
        wrote(services, work, actor, facts, "action_changed", {"action": str(action_id)})


def drop_action(services: Services, actor: Actor, action_id: UUID, because: str) -> None:
    """An action that will not be done, with the reason the record will show."""
    _close(services, actor, action_id, ActionState.DROPPED, ProgressKind.DROPPED, because)


def carry_forward(services: Services, actor: Actor, action_id: UUID, because: str) -> None:
    """An action that goes on in another plan or version, with where it went."""
    _close(services, actor, action_id, ActionState.CARRIED_FORWARD, ProgressKind.CARRIED_FORWARD, because)


def why_not_close(actor: Actor, item: Action, facts: AssessmentFacts | None) -> str | None:
    """Why the actor may not drop the action or carry it forward, or None when they may.

    Until its assessment is settled a promise is part of what is checked and signed, like any other words.
    """
    if not may(actor, Permission.MANAGE_ACTIONS, item.subject()):
        return NOT_YOURS_TO_CLOSE
    if item.state is not ActionState.OPEN:
        return NOT_OPEN
    return why_shut(facts, SECTION) if facts is not None and not _is_settled(facts) else None


def _is_settled(facts: AssessmentFacts) -> bool:
    return facts.approved_on is not None or content.workflow(facts.workflow).is_end(facts.stage)


def log(
    services: Services,
    work: UnitOfWork,
    actor: Actor,
    item: Action,
    event: str,
    data: Mapping[str, str | int] | None = None,
) -> None:
    """What happened to an action, in the chain of its assessment, or of its plan when it has none."""
    if item.assessment_id is not None:
        work.assessment(item.body_id, item.assessment_id)
    work.record(
        Event(
            name=event,
            chain_id=item.assessment_id or item.plan_id or item.body_id,
            actor_id=actor.id,
            at=services.now(),
            data={"action": str(item.id), **(data or {})},
        )
    )


def _assessments_action(work: UnitOfWork, actor: Actor, action_id: UUID) -> tuple[Action, AssessmentFacts]:
    item = rows.one(work.connection, actor.body_id, action_id)
    if not may(actor, Permission.VIEW_ACTION, item.subject()):
        raise NotFound
    if item.assessment_id is None:
        raise NotAllowed("The words of an imported plan are kept as they were approved.")
    return item, open_for_writing(work, actor, item.assessment_id, SECTION, Permission.MANAGE_ACTIONS)


def _close(
    services: Services, actor: Actor, action_id: UUID, state: ActionState, kind: ProgressKind, because: str
) -> None:
    if not because.strip():
        raise Invalid({"because": "Enter why, so that the record shows it"})
    with services.database.write() as work:
        item = rows.one(work.connection, actor.body_id, action_id)
        if not may(actor, Permission.VIEW_ACTION, item.subject()):
            raise NotFound
        facts = work.assessment(item.body_id, item.assessment_id) if item.assessment_id else None
        if refused := why_not_close(actor, item, facts):
            raise NotAllowed(refused)
        rows.replace(work.connection, replace(item, state=state, closed_because=because.strip()))
        action_progress.add(
            work.connection, services.new_id(), item.id, kind, because.strip(), by=actor.id, at=services.now()
        )
        log(services, work, actor, item, f"action_{state.value}")
        tell_approvers(services, work, actor, item, kind)


def _new_action(
    services: Services, work: UnitOfWork, actor: Actor, facts: AssessmentFacts, entry: ActionEntry
) -> Action:
    return Action(
        id=services.new_id(),
        body_id=facts.body_id,
        assessment_id=facts.id,
        assessment_reference=facts.reference,
        assessment_title=facts.title,
        plan_id=None,
        plan_title="",
        department_id=facts.department_id,
        assigned=facts.assigned,
        label=entry.label.strip(),
        heading=entry.heading.strip(),
        text=entry.text.strip(),
        outcome=entry.outcome.strip(),
        characteristic=entry.characteristic,
        target=parse_target(entry.target),
        state=ActionState.OPEN,
        leads=_leads(services, work, actor, entry.leads),
        done_on=None,
        done_by=None,
        done_evidence="",
        verified_by=None,
        verified_on=None,
        closed_because="",
        problems=(),
        created_by=actor.id,
        row_version=1,
    )


def _leads(
    services: Services, work: UnitOfWork, actor: Actor, entries: Sequence[LeadEntry]
) -> tuple[ActionLead, ...]:
    found = [
        ActionLead(party=party_for(services, work, actor.body_id, entry), role=entry.role)
        for entry in entries
        if entry.name.strip() or entry.person_id
    ]
    return tuple({lead.party.id: lead for lead in found}.values())


def _leads_after(
    services: Services, work: UnitOfWork, actor: Actor, item: Action, entry: ActionEntry
) -> tuple[ActionLead, ...]:
    """Whoever the entry names leads from now on; those who only support stay."""
    named = _leads(services, work, actor, entry.leads)
    replaced = {LeadRole.LEAD, *(lead.role for lead in named)}
    ids = {lead.party.id for lead in named}
    kept = (lead for lead in item.leads if lead.role not in replaced and lead.party.id not in ids)
    return (*named, *kept)


def _target_after(work: UnitOfWork, item: Action, entry: ActionEntry) -> TargetDate:
    if entry.target.strip() == item.target.raw:
        return item.target
    if item.assessment_id and history.header(work.connection, item.assessment_id).approved_on:
        raise Invalid({"target": "This date was approved. Use “Move the date”, and say why it moves"})
    return parse_target(entry.target)


def _check_approved_words(facts: AssessmentFacts, item: Action, entry: ActionEntry) -> None:
    """What was signed stays: another lead may do it, but nobody may make it say something else."""
    before = item.text, item.outcome, item.characteristic
    after = entry.text.strip(), entry.outcome.strip(), entry.characteristic
    if facts.approved_on is not None and after != before:
        raise Invalid({"text": APPROVED_WORDS})


def _close_gap(
    work: UnitOfWork, actor: Actor, facts: AssessmentFacts, evidence_id: UUID, action_id: UUID
) -> None:
    if refused := why_closed(actor, facts, "evidence"):
        raise NotAllowed(refused)
    known = {item.id: item for item in evidence.of_assessment(work.connection, facts.id) if item.is_gap}
    if evidence_id not in known:
        raise NotFound
    closing = known[evidence_id].action_id
    if closing is not None and closing not in given_up(facts.actions):
        raise NotAllowed(PROMISED)
    evidence.replace(work.connection, facts.id, replace(known[evidence_id], action_id=action_id))


def _check(entry: ActionEntry) -> None:
    problems = {}
    if not entry.text.strip():
        problems["text"] = "Enter what will be done"
    if not any(lead.name.strip() or lead.person_id for lead in entry.leads):
        problems["lead"] = "Select or enter who will do it"
    if not entry.target.strip():
        problems["target"] = "Enter when it will be done, such as 31 March 2027, or 'ongoing'"
    if problems:
        raise Invalid(problems)
