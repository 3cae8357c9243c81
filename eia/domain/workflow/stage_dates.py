"""When each stage should be over for the decision to be taken on its day."""

from __future__ import annotations

from datetime import date, timedelta

from eia.domain.workflow.definition import DayCount, StageDefinition, WorkflowDefinition
from eia.domain.working_days import WorkingDays

ONE_DAY = timedelta(days=1)


def stage_dates(
    definition: WorkflowDefinition, decision_on: date, days: WorkingDays | None = None
) -> dict[str, date]:
    """The last day of each stage that has a target, counted back from the day of the decision.

    Working days are Monday to Friday but for the holidays in `days`; the day of the decision is not counted.
    """
    calendar = days or WorkingDays()
    return {
        stage.name: _counted_back(stage, stage.days_before_decision, decision_on, calendar)
        for stage in definition.stages
        if stage.days_before_decision is not None
    }


def _counted_back(stage: StageDefinition, count: int, decision_on: date, calendar: WorkingDays) -> date:
    if stage.counted is DayCount.CALENDAR:
        return decision_on - timedelta(days=count)
    day = decision_on
    for _ in range(count):
        day = calendar.on_or_before(day - ONE_DAY)
    return day
