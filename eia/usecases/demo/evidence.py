"""What the demonstration's people know, cite from each other, and admit that they do not know."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from eia.domain.evidence import EvidenceKind
from eia.domain.people import Actor
from eia.usecases.demo.cast import read
from eia.usecases.evidence import EvidenceEntry, add_evidence
from eia.usecases.evidence_pages import EvidencePage, evidence_page
from eia.usecases.gaps import promise_to_close
from eia.usecases.leads import LeadEntry
from eia.usecases.services import Services

Spec = dict[str, Any]
NOBODY_ASKS = "We do not ask for this when people come to us, so we cannot say how many."
OUTCOME = "We know, and the next assessment can use it."


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """One person gathers evidence for one assessment; `touched` are the groups of its proposal."""

    services: Services
    actor: Actor
    assessment_id: UUID
    touched: Collection[str]

    def gather(self, spec: Spec) -> None:
        """The sources and gaps of the specification, and what the council's library has on its groups."""
        for place, source in enumerate(spec.get("evidence", ())):
            if EvidenceKind(source["kind"]) is EvidenceKind.GAP:
                self._admit(source["title"], source["groups"], source["finding"])
            else:
                published = self.services.today() - timedelta(days=90 + 160 * place)
                self._add(source, published, source["groups"])
        for source in self._shared(len(spec["title"])):
            groups = [group for group in source["groups"] if group in self.touched]
            said = source["findings"][len(spec["title"]) // 2 % len(source["findings"])]
            self._add({**source, "finding": said}, source["published_on"], groups, link=source["link"])
        self._admit_the_rest()

    def promise(self) -> None:
        """An action for each gap, by whoever owns it."""
        for gap in self._page().items:
            if gap.is_gap and gap.action_id is None:
                text = f"Close the gap in what we know: {gap.title[0].lower()}{gap.title[1:]}"
                promise_to_close(
                    self.services, self.actor, self.assessment_id, gap.id, text=text, outcome=OUTCOME
                )

    def _shared(self, number: int) -> Iterator[Spec]:
        """Every other assessment cites what others cite as well."""
        for place, source in enumerate(read("sources")["source"]):
            known = source["published_on"] <= self.services.today()
            if known and (number + place) % 2 and set(source["groups"]) & set(self.touched):
                yield source

    def _add(self, source: Spec, published: date, groups: Collection[str], link: str = "") -> None:
        entry = EvidenceEntry(
            title=source["title"],
            kind=EvidenceKind(source["kind"]),
            characteristics=tuple(groups),
            finding=source["finding"],
            published_on=published,
            link=link,
        )
        add_evidence(self.services, self.actor, self.assessment_id, entry)

    def _admit_the_rest(self) -> None:
        """Whatever group the proposal touches and no source covers is a gap."""
        page = self._page()
        for group in page.characteristics:
            if group.id in self.touched and not page.about(group.id):
                title = f"How many of those affected share this characteristic: {group.name.lower()}"
                self._admit(title, [group.id], NOBODY_ASKS)

    def _admit(self, title: str, groups: Collection[str], finding: str) -> None:
        due = self.services.today() + timedelta(days=60 + 40 * (len(title) % 4))
        entry = EvidenceEntry(
            title=title,
            kind=EvidenceKind.GAP,
            characteristics=tuple(groups),
            finding=finding,
            lead=LeadEntry(name=self.actor.name, person_id=self.actor.id),
            target=f"{due:%B %Y}",
        )
        add_evidence(self.services, self.actor, self.assessment_id, entry)

    def _page(self) -> EvidencePage:
        return evidence_page(self.services, self.actor, self.assessment_id)
