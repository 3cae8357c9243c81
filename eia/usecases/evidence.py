"""Evidence on an assessment: sources entered, gaps admitted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from eia.domain.errors import Invalid, NotFound, Stale
from eia.domain.evidence import Evidence, EvidenceKind
from eia.domain.facts import AssessmentFacts
from eia.domain.forms.definition import Characteristic
from eia.domain.people import Actor
from eia.store import evidence as rows
from eia.store.load_facts import load_facts
from eia.usecases.sections import characteristics_of, why_closed
from eia.usecases.services import Services
from eia.usecases.writing import must_see, open_for_writing, token_of, wrote

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


@dataclass(frozen=True, kw_only=True)
class EvidencePage:
    """Everything known about the groups of one assessment; `closed` says why nothing can be written now."""

    facts: AssessmentFacts
    characteristics: tuple[Characteristic, ...]
    items: tuple[Evidence, ...]
    closed: str | None

    def about(self, characteristic: str) -> tuple[Evidence, ...]:
        """The sources and gaps that say something about one group."""
        return tuple(item for item in self.items if characteristic in item.characteristics)

    def item(self, evidence_id: UUID) -> Evidence:
        """One of them. Raises `NotFound`."""
        found = next((item for item in self.items if item.id == evidence_id), None)
        if found is None:
            raise NotFound
        return found


def evidence_page(services: Services, actor: Actor, assessment_id: UUID) -> EvidencePage:
    """The assessment's evidence. Raises `NotFound` for whoever may not see it."""
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
        must_see(actor, facts)
        items = rows.of_assessment(connection, assessment_id)
    return EvidencePage(
        facts=facts,
        characteristics=characteristics_of(facts),
        items=items,
        closed=why_closed(actor, facts, SECTION),
    )


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
    services: Services,
    actor: Actor,
    assessment_id: UUID,
    evidence_id: UUID,
    entry: EvidenceEntry,
    *,
    page_token: str,
) -> None:
    """The source or gap as it now reads. Raises `Stale` when it is no longer what the page showed."""
    _check(entry, services.today())
    with services.database.write() as work:
        facts = open_for_writing(work, actor, assessment_id, SECTION)
        known = {item.id: item for item in rows.of_assessment(work.connection, facts.id)}.get(evidence_id)
        if known is None:
            raise NotFound
        if token_of(known) != page_token:
            raise Stale(["This source"], current_version=facts.row_version)
        changed = replace(_evidence(evidence_id, entry), action_id=known.action_id)
        rows.replace(work.connection, facts.id, changed)
        wrote(services, work, actor, facts, "evidence_changed", {"evidence": str(evidence_id)})


def remove_evidence(services: Services, actor: Actor, assessment_id: UUID, evidence_id: UUID) -> None:
    """Take a source or gap out; the history keeps that it was there."""
    with services.database.write() as work:
        facts = open_for_writing(work, actor, assessment_id, SECTION)
        if not rows.remove(work.connection, facts.id, evidence_id):
            raise NotFound
        wrote(services, work, actor, facts, "evidence_removed", {"evidence": str(evidence_id)})


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
        action_id=None,
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
    if problems:
        raise Invalid(problems)
