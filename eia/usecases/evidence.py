"""Evidence on an assessment: sources entered, gaps admitted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from eia.domain.errors import Invalid, NotFound
from eia.domain.evidence import Evidence, EvidenceKind
from eia.domain.people import Actor
from eia.store import evidence as rows
from eia.usecases.services import Services
from eia.usecases.writing import open_for_writing, wrote

SECTION = "evidence"


@dataclass(frozen=True, kw_only=True)
class EvidenceEntry:
    """What somebody typed about a source or a gap."""

    title: str
    kind: EvidenceKind
    characteristics: tuple[str, ...]
    finding: str
    published_on: date | None = None
    link: str = ""
    action_id: UUID | None = None


def add_evidence(services: Services, actor: Actor, assessment_id: UUID, entry: EvidenceEntry) -> UUID:
    """A new source or gap on the assessment; its id."""
    _check(entry, services.today())
    with services.database.write() as work:
        facts = open_for_writing(work, actor, assessment_id, SECTION)
        item = _evidence(services.new_id(), entry)
        rows.add(work.connection, facts.id, item, by=actor.id, at=services.now())
        wrote(
            services,
            work,
            actor,
            facts,
            "evidence_added",
            {"evidence": str(item.id), "kind": item.kind.value},
        )
    return item.id


def change_evidence(
    services: Services, actor: Actor, assessment_id: UUID, evidence_id: UUID, entry: EvidenceEntry
) -> None:
    """The source or gap as it now reads."""
    _check(entry, services.today())
    with services.database.write() as work:
        facts = open_for_writing(work, actor, assessment_id, SECTION)
        if not rows.replace(work.connection, facts.id, _evidence(evidence_id, entry)):
            raise NotFound
        wrote(services, work, actor, facts, "evidence_changed", {"evidence": str(evidence_id)})


def remove_evidence(services: Services, actor: Actor, assessment_id: UUID, evidence_id: UUID) -> None:
    """Take a source or gap out; the history keeps that it was there."""
    with services.database.write() as work:
        facts = open_for_writing(work, actor, assessment_id, SECTION)
        if not rows.remove(work.connection, facts.id, evidence_id):
            raise NotFound
        wrote(services, work, actor, facts, "evidence_removed", {"evidence": str(evidence_id)})


def close_gap_with(
    services: Services, actor: Actor, assessment_id: UUID, evidence_id: UUID, action_id: UUID
) -> None:
    """Say which action will close an admitted gap."""
    with services.database.write() as work:
        facts = open_for_writing(work, actor, assessment_id, SECTION)
        gaps = {item.id: item for item in rows.of_assessment(work.connection, facts.id) if item.is_gap}
        if evidence_id not in gaps or action_id not in {item.id for item in facts.actions}:
            raise NotFound
        rows.replace(work.connection, facts.id, replace(gaps[evidence_id], action_id=action_id))
        data = {"evidence": str(evidence_id), "action": str(action_id)}
        wrote(services, work, actor, facts, "gap_given_action", data)


def _evidence(evidence_id: UUID, entry: EvidenceEntry) -> Evidence:
    return Evidence(
        id=evidence_id,
        title=entry.title.strip(),
        kind=entry.kind,
        published_on=entry.published_on,
        characteristics=entry.characteristics,
        finding=entry.finding.strip(),
        link=entry.link.strip(),
        is_gap=entry.kind is EvidenceKind.GAP,
        action_id=entry.action_id,
    )


def _check(entry: EvidenceEntry, today: date) -> None:
    problems = {}
    if not entry.title.strip():
        problems["title"] = "Enter what the source is called, or what you have no data on"
    if not entry.characteristics:
        problems["characteristics"] = "Select at least one group that this is about"
    if not entry.finding.strip():
        problems["finding"] = "Enter what the source tells you, or why there is a gap"
    if entry.published_on is not None and entry.published_on > today:
        problems["published_on"] = "The date of the source must be today or in the past"
    if entry.link.strip() and not entry.link.strip().startswith(("https://", "http://")):
        problems["link"] = "A link must start with https:// or http://"
    if problems:
        raise Invalid(problems)
