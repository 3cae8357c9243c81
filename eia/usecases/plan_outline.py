"""What a plan's actions stand under and answer: its objectives and recommendations."""

from __future__ import annotations

from uuid import UUID

from eia.domain.plan import Recommendation
from eia.domain.plan_heading import levels_of
from eia.store import plan_parts
from eia.store.plan_parts import Objective, PlanRecommendation
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.services import Services


class Outline:
    """The objectives and recommendations of a plan, each written once, when it is first met."""

    def __init__(self, services: Services, work: UnitOfWork, plan_id: UUID) -> None:
        self._services, self._connection, self._plan_id = services, work.connection, plan_id
        known = plan_parts.objectives(work.connection, plan_id)
        self._objectives = {(each.parent_id, each.label, each.title): each.id for each in known}
        asked = plan_parts.recommendations(work.connection, plan_id)
        self._asked = {(each.heading, each.label, each.text): each.id for each in asked}

    def objective(self, heading: str) -> UUID | None:
        """The lowest level that the heading names."""
        parent: UUID | None = None
        for level in levels_of(heading):
            parent = self._level(parent, level.label, level.title)
        return parent

    def _level(self, parent: UUID | None, label: str, title: str) -> UUID:
        key = (parent, label, title)
        if key not in self._objectives:
            item = Objective(
                id=self._services.new_id(),
                parent_id=parent,
                label=label,
                title=title,
                place=len(self._objectives),
            )
            plan_parts.add_objective(self._connection, self._plan_id, item)
            self._objectives[key] = item.id
        return self._objectives[key]

    def recommendation(self, asked: Recommendation) -> UUID:
        """The recommendation with these words under this heading."""
        key = (asked.heading, asked.label, asked.text)
        if key not in self._asked:
            item = PlanRecommendation(
                id=self._services.new_id(),
                heading=asked.heading,
                label=asked.label,
                text=asked.text,
                place=len(self._asked),
            )
            plan_parts.add_recommendation(self._connection, self._plan_id, item)
            self._asked[key] = item.id
        return self._asked[key]
