"""Sections that are lists: their items added, changed and taken out, by whoever may write the section."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic
from uuid import UUID

from eia.domain.errors import NotFound, Stale
from eia.domain.facts import AssessmentFacts
from eia.domain.forms.definition import Characteristic
from eia.domain.people import Actor
from eia.store.section_items import I, ItemRows
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.services import Services
from eia.usecases.writing import open_for_writing, token_of, wrote

Change = Callable[[UnitOfWork, I], I]


@dataclass(frozen=True, kw_only=True)
class ItemPage(Generic[I]):
    """The items of one section; `closed` says why nothing can be written there now."""

    facts: AssessmentFacts
    characteristics: tuple[Characteristic, ...]
    items: tuple[I, ...]
    closed: str | None

    def item(self, item_id: UUID) -> I:
        """One of them. Raises `NotFound`."""
        return known(self.items, item_id)


@dataclass(frozen=True, kw_only=True)
class SectionItems(Generic[I]):
    """How the items of a section are written, each verb in one transaction with its event."""

    section: str
    rows: ItemRows[I]

    def add(
        self, services: Services, actor: Actor, assessment_id: UUID, made: Callable[[UnitOfWork], I]
    ) -> UUID:
        """What is made once it is sure that the actor may; its id."""
        with services.database.write() as work:
            facts = open_for_writing(work, actor, assessment_id, self.section)
            item = made(work)
            self.rows.add(work.connection, facts.id, item, by=actor.id, at=services.now())
            self._wrote(services, work, actor, facts, "added", item.id)
        return item.id

    def change(
        self,
        services: Services,
        actor: Actor,
        assessment_id: UUID,
        item_id: UUID,
        changed: Change[I],
        *,
        page_token: str,
    ) -> None:
        """The item as it now reads. Raises `Stale` when it is no longer what the page showed."""
        with services.database.write() as work:
            facts = open_for_writing(work, actor, assessment_id, self.section)
            before = known(self.rows.of_assessment(work.connection, facts.id), item_id)
            if token_of(before) != page_token:
                raise Stale([], current_version=facts.row_version)
            self.rows.replace(work.connection, facts.id, changed(work, before))
            self._wrote(services, work, actor, facts, "changed", item_id)

    def remove(self, services: Services, actor: Actor, assessment_id: UUID, item_id: UUID) -> None:
        """Take the item out; the history keeps that it was there."""
        with services.database.write() as work:
            facts = open_for_writing(work, actor, assessment_id, self.section)
            if not self.rows.remove(work.connection, facts.id, item_id):
                raise NotFound
            self._wrote(services, work, actor, facts, "removed", item_id)

    def _wrote(
        self,
        services: Services,
        work: UnitOfWork,
        actor: Actor,
        facts: AssessmentFacts,
        what: str,
        item_id: UUID,
    ) -> None:
        wrote(services, work, actor, facts, f"{self.section}_{what}", {self.section: str(item_id)})


def known(items: tuple[I, ...], item_id: UUID) -> I:
    """The item with this id. Raises `NotFound`."""
    found = next((item for item in items if item.id == item_id), None)
    if found is None:
        raise NotFound
    return found
