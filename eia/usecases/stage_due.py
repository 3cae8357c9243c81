"""When the present stage should be over, counted back from the day of the decision."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from eia.domain.workflow.definition import WorkflowDefinition
from eia.domain.workflow.stage_dates import stage_dates
from eia.domain.working_days import WorkingDays
from eia.usecases.services import Services


def stage_due_on(
    services: Services, definition: WorkflowDefinition, stage: str, decision_on: date | None
) -> date | None:
    """The stage's last day; None without a decision date, or where the stage has no target of its own."""
    if decision_on is None:
        return None
    years = (decision_on.year - 1, decision_on.year)
    holidays = frozenset[date]().union(*(services.bank_holidays(definition.nation, year) for year in years))
    return _dates(definition, decision_on, holidays).get(stage)


@lru_cache(maxsize=512)  # the same few decision days serve many assessments
def _dates(definition: WorkflowDefinition, decision_on: date, holidays: frozenset[date]) -> dict[str, date]:
    return stage_dates(definition, decision_on, WorkingDays(holidays=holidays))
