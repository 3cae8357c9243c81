"""Evidence on an assessment: sources cited from the library or entered into it, and gaps admitted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from eia.domain.errors import Invalid, NotFound
from eia.domain.evidence import Evidence, EvidenceKind, Source
from eia.domain.people import Actor
from eia.domain.target_date import parse_target
from eia.store import evidence, sources
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.leads import LeadEntry, party_for
from eia.usecases.section_items import SectionItems
from eia.usecases.services import Services
from eia.usecases.sources import (
    SourceEntry,
    cited_source,
    covering,
    replace_source,
    source_problems,
    why_not_change,
)

SECTION = "evidence"
_EVIDENCE = SectionItems(section=SECTION, rows=evidence.EVIDENCE)


@dataclass(frozen=True, kw_only=True)
class EvidenceEntry:
    """What somebody typed about a source or a gap.

    With a `source_id` the source's own facts are the library's; a gap has a `lead` and a `target` instead.
    """

    title: str
    kind: EvidenceKind
    characteristics: tuple[str, ...]
    finding: str
    published_on: date | None = None
    link: str = ""
    source_id: UUID | None = None
    lead: LeadEntry | None = None
    target: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether it says what nobody knows."""
        return self.kind is EvidenceKind.GAP

    def source(self) -> SourceEntry:
        """What it says of the source, whoever cites it."""
        return SourceEntry(
            title=self.title,
            kind=self.kind,
            characteristics=self.characteristics,
            published_on=self.published_on,
            link=self.link,
        )


def add_evidence(services: Services, actor: Actor, assessment_id: UUID, entry: EvidenceEntry) -> UUID:
    """A new source or gap on the assessment; its id. What the library does not have joins it."""
    _check(entry, services.today())
    evidence_id = services.new_id()

    def made(work: UnitOfWork) -> Evidence:
        if entry.is_gap:
            return _gap(services, work, actor, evidence_id, entry)
        if entry.source_id is None:
            source = cited_source(services, work, actor, entry.source())
        else:
            known = sources.one(work.connection, actor.body_id, entry.source_id)
            source = covering(work, known, entry.characteristics)
        return _citation(evidence_id, source, entry)

    return _EVIDENCE.add(services, actor, assessment_id, made)


def change_evidence(
    services: Services,
    actor: Actor,
    assessment_id: UUID,
    evidence_id: UUID,
    entry: EvidenceEntry,
    *,
    page_token: str,
) -> None:
    """The source or gap as it now reads. Raises `Stale` when it is no longer what the page showed.

    A source that others cite as well keeps its title, kind, date and link: those are for the library.
    """
    _check(entry, services.today())

    def changed(work: UnitOfWork, before: Evidence) -> Evidence:
        if entry.is_gap != before.is_gap:
            raise Invalid({"title": "A gap does not become a source. Remove it, and add the source"})
        if before.is_gap:
            gap = _gap(services, work, actor, evidence_id, entry)
            return replace(gap, action_id=before.action_id)
        source = _own_source(work, actor, assessment_id, before)
        if source is None:
            finding = entry.finding.strip()
            return replace(before, characteristics=entry.characteristics, finding=finding)
        others = tuple(group for group in source.characteristics if group not in before.characteristics)
        said = replace(entry.source(), characteristics=(*others, *entry.characteristics))
        return _citation(evidence_id, replace_source(work, actor, source, said), entry)

    _EVIDENCE.change(services, actor, assessment_id, evidence_id, changed, page_token=page_token)


def take_over_source(
    services: Services, actor: Actor, assessment_id: UUID, evidence_id: UUID, *, page_token: str
) -> None:
    """The source is cited as the library has it now; what it says here stays."""

    def changed(work: UnitOfWork, before: Evidence) -> Evidence:
        if before.source_id is None:
            raise NotFound
        source = sources.one(work.connection, actor.body_id, before.source_id)
        return _cited_as(before, source)

    _EVIDENCE.change(services, actor, assessment_id, evidence_id, changed, page_token=page_token)


def remove_evidence(services: Services, actor: Actor, assessment_id: UUID, evidence_id: UUID) -> None:
    """Take a source or gap out; the library keeps the source, and the history that it was cited."""
    _EVIDENCE.remove(services, actor, assessment_id, evidence_id)


def _own_source(work: UnitOfWork, actor: Actor, assessment_id: UUID, item: Evidence) -> Source | None:
    """The library's source if it is still this assessment's own, and the actor's to change."""
    if item.source_id is None:
        return None
    source = sources.one(work.connection, actor.body_id, item.source_id)
    shared = sources.cited_outside(work.connection, assessment_id, {source.id})
    return None if shared or not is_free(actor, item, source) else source


def is_free(actor: Actor, item: Evidence, source: Source) -> bool:
    """Whether the actor may change the library's source, which is cited as it reads now."""
    return item.cites(source) and why_not_change(actor, source) is None


def _citation(evidence_id: UUID, source: Source, entry: EvidenceEntry) -> Evidence:
    return Evidence(
        id=evidence_id,
        title=source.title,
        kind=source.kind,
        published_on=source.published_on,
        characteristics=entry.characteristics,
        finding=entry.finding.strip(),
        link=source.link,
        is_gap=False,
        action_id=None,
        source_id=source.id,
    )


def _cited_as(item: Evidence, source: Source) -> Evidence:
    return replace(
        item, title=source.title, kind=source.kind, published_on=source.published_on, link=source.link
    )


def _gap(
    services: Services, work: UnitOfWork, actor: Actor, evidence_id: UUID, entry: EvidenceEntry
) -> Evidence:
    assert entry.lead is not None
    party = party_for(services, work, actor.body_id, entry.lead)
    return Evidence(
        id=evidence_id,
        title=" ".join(entry.title.split()),
        kind=EvidenceKind.GAP,
        published_on=None,
        characteristics=entry.characteristics,
        finding=entry.finding.strip(),
        link=entry.link.strip(),
        is_gap=True,
        action_id=None,
        lead_id=party.id,
        lead=party.name,
        lead_person=party.holder_id if party.confirmed else None,
        target=parse_target(entry.target),
    )


def _check(entry: EvidenceEntry, today: date) -> None:
    problems = _wrong_with_gap(entry) if entry.is_gap else source_problems(entry.source(), today)
    if not entry.characteristics:
        problems["characteristics"] = "Select at least one group that this is about"
    if not entry.finding.strip():
        problems["finding"] = "Enter what the source tells you, or why there is a gap"
    if problems:
        raise Invalid(problems)


def _wrong_with_gap(entry: EvidenceEntry) -> dict[str, str]:
    problems = {}
    if not entry.title.strip():
        problems["title"] = "Enter what you have no data on"
    if entry.lead is None or not (entry.lead.name.strip() or entry.lead.person_id):
        problems["lead"] = "Select or enter who will see to it"
    if not entry.target.strip():
        problems["target"] = "Enter by when, such as 31 March 2027, or 'ongoing'"
    return problems
