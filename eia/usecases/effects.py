"""What a move records beside the new stage: signatures, dates, hashes, a new version."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from eia import content
from eia.domain.events import Event
from eia.domain.facts import AssessmentFacts, SignatureOutcome
from eia.domain.people import Actor
from eia.domain.workflow.choices import Decision
from eia.domain.workflow.definition import Effect, WorkflowDefinition
from eia.domain.workflow.returns import is_submission, returned_after
from eia.store import assessments, conditions, scheduling, sign_offs, snapshots
from eia.store.assessments import NextVersion
from eia.store.scheduling import HistoryLine
from eia.store.sign_offs import Signature
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.conditions import check
from eia.usecases.services import Services
from eia.usecases.stage_due import stage_due_on

OUTCOMES = {Effect.SIGNATURE: SignatureOutcome.SIGNED, Effect.REFUSAL: SignatureOutcome.REFUSED}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Columns of the assessment to set, what its event says besides, and the new version if there is one."""

    fields: dict[str, object]
    data: dict[str, str | int]
    new_version: UUID | None = None


def carry_out(
    services: Services,
    work: UnitOfWork,
    facts: AssessmentFacts,
    actor: Actor | None,
    definition: WorkflowDefinition,
    decision: Decision,
) -> Outcome:
    """Writes the rows that the move's effects ask for, and says what is left for the assessment's own row."""
    fields = _fields(services, facts, definition, decision)
    data: dict[str, str | int] = {}
    if is_submission(definition, decision.move):
        data["snapshot"] = _keep(services, work, facts, decision)
    if Effect.RECOMMENDATION in decision.effects:
        data["content_hash"] = facts.content_hash
    if actor and (outcome := _outcome(decision)):
        data |= _sign(services, work, facts, actor, decision, outcome)
    if Effect.LAPSE_SIGNATURES in decision.effects:
        sign_offs.lapse(work.connection, facts.id)
    if actor is None or Effect.NEW_VERSION not in decision.effects:
        return Outcome(fields=fields, data=data)
    new_version = _begin_next_version(services, work, facts, actor, definition, decision)
    return Outcome(fields=fields, data={**data, "new_version": str(new_version)}, new_version=new_version)


def _keep(services: Services, work: UnitOfWork, facts: AssessmentFacts, decision: Decision) -> int:
    """What is handed in now, so that the next time it can be told what changed."""
    return snapshots.take(
        work.connection, facts, move=decision.move.name, stage=decision.to_stage, at=services.now()
    )


def _fields(
    services: Services, facts: AssessmentFacts, definition: WorkflowDefinition, decision: Decision
) -> dict[str, object]:
    fields: dict[str, object] = {
        "held_from": decision.held_from,
        "returned_sections": list(returned_after(facts, decision.move, decision.sections)),
        "is_open": not definition.is_end(decision.to_stage),
        "stage_due_on": stage_due_on(services, definition, decision.to_stage, facts.decision_on),
    }
    if Effect.RECOMMENDATION in decision.effects:
        fields["recommended_hash"] = facts.content_hash
    if Effect.APPROVAL in decision.effects:
        today = services.today()
        fields["approved_on"] = today
        counted_from = max(today, facts.decision_on or today)
        fields["review_on"] = facts.review_on or months_after(counted_from, definition.review_after_months)
    return fields


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _outcome(decision: Decision) -> SignatureOutcome | None:
    return next((OUTCOMES[effect] for effect in decision.effects if effect in OUTCOMES), None)


def _sign(
    services: Services,
    work: UnitOfWork,
    facts: AssessmentFacts,
    actor: Actor,
    decision: Decision,
    outcome: SignatureOutcome,
) -> dict[str, str | int]:
    signature = Signature(
        id=services.new_id(),
        person_id=actor.id,
        role=decision.role,
        name=actor.name,
        job_title=actor.job_title,
        outcome=outcome,
        attestation=decision.move.attestation_words(actor.language),
        comment=decision.comment,
        content_hash=facts.content_hash,
        lapsed=False,
        at=services.now(),
    )
    sign_offs.add(work.connection, facts.id, signature)
    said: dict[str, str | int] = {
        "signature": str(signature.id),
        "outcome": outcome.value,
        "content_hash": facts.content_hash,
    }
    if outcome is SignatureOutcome.SIGNED and decision.subject_to:
        check(facts, decision.subject_to)
        conditions.add(work.connection, signature.id, decision.subject_to)
        said["subject_to"] = ",".join(str(each) for each in decision.subject_to)
    return said


def _begin_next_version(
    services: Services,
    work: UnitOfWork,
    facts: AssessmentFacts,
    actor: Actor,
    definition: WorkflowDefinition,
    decision: Decision,
) -> UUID:
    groups = content.characteristics(definition.characteristics).in_force(services.today())
    new = NextVersion(
        id=services.new_id(),
        previous_id=facts.id,
        workflow=definition.name,
        stage=definition.new_version_starts_at,
        characteristics=tuple(dict.fromkeys(item.id for item in groups)),
        kept_forms=_forms_before(definition),
        created_at=services.now(),
    )
    assessments.begin_next_version(work.connection, new, services.new_id)
    line = HistoryLine(
        name=decision.move.name,
        from_stage=None,
        stage=new.stage,
        person_id=actor.id,
        role=decision.role,
        at=services.now(),
        comment=decision.comment,
    )
    scheduling.insert_line(work.connection, new.id, line)
    data: dict[str, str | int] = {
        "previous": str(facts.id),
        "version": facts.version + 1,
        "workflow": new.workflow,
        "stage": new.stage,
    }
    work.record(Event(name="version_begun", chain_id=new.id, actor_id=actor.id, at=services.now(), data=data))
    return new.id


def _forms_before(definition: WorkflowDefinition) -> tuple[str, ...]:
    """What was asked before the stage at which a new version starts; everything later is asked again."""
    names = [stage.name for stage in definition.stages]
    earlier = definition.stages[: names.index(definition.new_version_starts_at)]
    return tuple(dict.fromkeys(section for stage in earlier for section in stage.sections))
