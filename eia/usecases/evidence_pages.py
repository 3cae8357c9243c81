"""What the pages of evidence show: everything known about the groups of one assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from eia import content
from eia.domain.action import Action
from eia.domain.evidence import Evidence, Source
from eia.domain.facts import given_up
from eia.domain.people import Actor
from eia.domain.workflow.scope import groups_needing_evidence
from eia.store import actions, evidence, people, sources
from eia.store.load_facts import load_facts
from eia.store.people import ListedPerson
from eia.usecases.actions import SECTION as ACTIONS
from eia.usecases.evidence import SECTION, is_free
from eia.usecases.section_items import ItemPage
from eia.usecases.sections import characteristics_of, why_closed
from eia.usecases.services import Services
from eia.usecases.writing import must_see


@dataclass(frozen=True, kw_only=True)
class EvidencePage(ItemPage[Evidence]):
    """Everything known about the groups of one assessment; `not_promise` says why no action can be added.

    `sources` are the library's, as they read now; `own` is what cites a source that nobody else cites and
    that is the reader's to change. `needed` are the groups of which the workflow wants evidence.
    """

    sources: Mapping[UUID, Source]
    own: frozenset[UUID]
    closing: Mapping[UUID, Action]
    people: tuple[ListedPerson, ...]
    needed: tuple[str, ...]
    not_promise: str | None
    today: date

    def about(self, characteristic: str) -> tuple[Evidence, ...]:
        """The sources and gaps that say something about one group."""
        return tuple(item for item in self.items if characteristic in item.characteristics)

    def citing(self, source_id: UUID) -> Evidence | None:
        """Where this assessment cites a source already."""
        return next((item for item in self.items if item.source_id == source_id), None)

    def newer(self, item: Evidence) -> Source | None:
        """What the library says now of a source that was cited as something else."""
        found = self.sources.get(item.source_id) if item.source_id else None
        return found if found is not None and not item.cites(found) else None

    def action(self, item: Evidence) -> Action | None:
        """The action that will close the gap; one that was given up closes nothing."""
        return self.closing.get(item.action_id) if item.action_id else None

    def is_own(self, item: Evidence) -> bool:
        """Whether changing it here changes the library's source with it."""
        return item.id in self.own


def evidence_page(services: Services, actor: Actor, assessment_id: UUID) -> EvidencePage:
    """The assessment's evidence. Raises `NotFound` for whoever may not see it."""
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
        must_see(actor, facts)
        items = evidence.of_assessment(connection, assessment_id)
        ids = {item.source_id for item in items if item.source_id}
        cited = sources.of_ids(connection, actor.body_id, ids)
        shared = sources.cited_outside(connection, assessment_id, ids)
        closing = actions.of_assessment(connection, assessment_id) if facts.actions else ()
        listed = people.people(connection, actor.body_id, services.today())
    return EvidencePage(
        facts=facts,
        characteristics=characteristics_of(facts),
        items=items,
        closed=why_closed(actor, facts, SECTION),
        sources=cited,
        own=frozenset(
            item.id
            for item in items
            if item.source_id in ids - shared and is_free(actor, item, cited[item.source_id])
        ),
        closing={item.id: item for item in closing if item.id not in given_up(closing)},
        people=tuple(person for person in listed if person.active),
        needed=groups_needing_evidence(content.workflow(facts.workflow), facts),
        not_promise=why_closed(actor, facts, ACTIONS),
        today=services.today(),
    )
