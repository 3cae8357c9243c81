"""The record of one assessment for paper, Word and machines, loaded in a fixed small number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from eia import content
from eia.domain.action import Action, Party
from eia.domain.attachment import Attachment
from eia.domain.consultation import Consultation
from eia.domain.evidence import Evidence
from eia.domain.facts import ActionState, AssessmentFacts, SignatureOutcome
from eia.domain.people import Actor, Role
from eia.domain.record import (
    AttachedFile,
    Heard,
    Promise,
    Record,
    RecordKind,
    SignatureLine,
    Source,
    after_decision,
)
from eia.domain.workflow.definition import WorkflowDefinition
from eia.store import (
    actions,
    attachments,
    conditions,
    consultations,
    evidence,
    history,
    parties,
    people,
    sign_offs,
)
from eia.store.conditions import Condition
from eia.store.history import Header
from eia.store.load_facts import load_facts
from eia.store.sign_offs import Signature
from eia.usecases.record_answers import Answers, Wording, names_parties
from eia.usecases.sections import AREAS
from eia.usecases.services import LONDON, Services
from eia.usecases.writing import ended_on, must_see


@dataclass(frozen=True, kw_only=True)
class _Loaded:
    facts: AssessmentFacts
    body: str
    header: Header
    sources: tuple[Evidence, ...]
    consultations: tuple[Consultation, ...]
    actions: tuple[Action, ...]
    signatures: tuple[Signature, ...]
    conditions: Mapping[UUID, tuple[Condition, ...]]
    files: tuple[Attachment, ...]
    parties: tuple[Party, ...]


def record(services: Services, actor: Actor, assessment_id: UUID, *, wording: Wording) -> Record:
    """The whole record of this version as it stands. Raises `NotFound` for whoever may not see it."""
    loaded = _load(services, actor, assessment_id)
    named = {str(party.id): party.name for party in loaded.parties}
    answers = Answers(facts=loaded.facts, wording=wording, parties=named)
    return _record(loaded, answers, actor.language, services.today())


def _load(services: Services, actor: Actor, assessment_id: UUID) -> _Loaded:
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
        must_see(actor, facts)
        return _Loaded(
            facts=facts,
            body=people.find_body(connection, facts.body_id).name,
            header=history.header(connection, facts.id),
            sources=evidence.of_assessment(connection, facts.id),
            consultations=consultations.of_assessment(connection, facts.id),
            actions=actions.of_assessment(connection, facts.id),
            signatures=sign_offs.of_assessment(connection, facts.id),
            conditions=conditions.of_assessment(connection, facts.id),
            files=attachments.of_assessment(connection, facts.id) if facts.files else (),
            parties=parties.of_body(connection, facts.body_id) if names_parties(facts) else (),
        )


def _record(loaded: _Loaded, answers: Answers, language: str, today: date) -> Record:
    facts, header = loaded.facts, loaded.header
    workflow, stage = content.workflow(facts.workflow), content.workflow(facts.workflow).stage(facts.stage)
    return Record(
        kind=RecordKind.WHOLE,
        language=language,
        body=loaded.body,
        reference=facts.reference,
        title=facts.title,
        version=facts.version,
        department=header.department,
        stage=answers.wording.say(stage.title, stage.title_cy),
        ended_on=ended_on(facts),
        leads=_assigned(header, Role.LEAD),
        champions=_assigned(header, Role.CHAMPION),
        decision_body=facts.decision_body,
        decision_on=facts.decision_on,
        decision_outcome=_outcome(workflow, header, answers.wording),
        approved_on=header.approved_on,
        review_on=facts.review_on,
        after_decision=after_decision(
            decision_on=facts.decision_on,
            begun_on=header.created_at.astimezone(LONDON).date(),
            settled_on=header.approved_on or ended_on(facts),
            today=today,
        ),
        content_hash=facts.content_hash,
        printed_on=today,
        parts=answers.parts(),
        findings=answers.findings(),
        heard=tuple(_heard(item, answers) for item in loaded.consultations),
        sources=_sources(loaded, answers),
        promises=tuple(_promise(item, answers, today) for item in _soonest_first(loaded.actions)),
        signatures=tuple(
            _line(item, facts, loaded.conditions.get(item.id, ())) for item in loaded.signatures
        ),
        attested=next((item.attestation for item in loaded.signatures if item.attestation), ""),
        files=tuple(_file(item, answers) for item in loaded.files),
    )


def _assigned(header: Header, role: Role) -> tuple[str, ...]:
    found = (each for each in header.assigned if each.role is role)
    return tuple(f"{each.name}, {each.job_title}" if each.job_title else each.name for each in found)


def _outcome(workflow: WorkflowDefinition, header: Header, wording: Wording) -> str:
    chosen = (each for each in workflow.decision_outcomes if each.code == header.decision_outcome)
    return next((wording.say(each.title, each.title_cy) for each in chosen), "")


def _heard(item: Consultation, answers: Answers) -> Heard:
    return Heard(
        method=item.method,
        invited=item.invited,
        opens_on=item.opens_on,
        closes_on=item.closes_on,
        groups=answers.names_of(item.characteristics),
        heard=answers.names_of(item.heard),
        summary=item.summary,
        changed=item.changed,
        not_heard_because=item.not_heard_because,
    )


def _sources(loaded: _Loaded, answers: Answers) -> tuple[Source, ...]:
    closing = {item.id: item.text for item in loaded.actions}
    return tuple(
        Source(
            title=item.title,
            kind=item.kind,
            published_on=item.published_on,
            groups=answers.names_of(item.characteristics),
            finding=item.finding,
            link=item.link,
            closed_by=closing.get(item.action_id, "") if item.action_id else "",
            lead=item.lead,
            target=item.target.raw if item.target else "",
        )
        for item in loaded.sources
    )


def _soonest_first(items: tuple[Action, ...]) -> list[Action]:
    return sorted(items, key=lambda item: (item.target.latest or date.max, item.text))


def _promise(item: Action, answers: Answers, today: date) -> Promise:
    return Promise(
        what=item.text,
        leads=tuple(lead.party.name for lead in item.leads),
        target=item.target.raw,
        latest=item.target.latest,
        state=item.state,
        is_overdue=item.is_overdue(today),
        group=", ".join(answers.names_of((item.characteristic,))) if item.characteristic else "",
        outcome=item.outcome,
        note=item.done_evidence if item.state in _KEPT else item.closed_because,
        slips=item.slips.times,
        slip_days=item.slips.days,
    )


def _file(item: Attachment, answers: Answers) -> AttachedFile:
    return AttachedFile(
        section=item.section,
        part="" if item.section in AREAS else answers.title_of(item.section),
        name=item.name,
        kind=item.kind,
        size=item.size,
        sha256=item.sha256,
    )


def _line(item: Signature, facts: AssessmentFacts, subject_to: tuple[Condition, ...]) -> SignatureLine:
    is_this = item.content_hash == facts.content_hash and not item.lapsed
    return SignatureLine(
        name=item.name,
        job_title=item.job_title,
        role=item.role,
        outcome=item.outcome,
        on=item.at.astimezone(LONDON).date(),
        content_hash=item.content_hash,
        counts=is_this and item.outcome is SignatureOutcome.SIGNED,
        comment=item.comment,
        subject_to=tuple(each.text for each in subject_to),
    )


_KEPT = (ActionState.DONE, ActionState.VERIFIED)
