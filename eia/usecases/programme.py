"""The body's programme of assessments, as far as a person may see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from eia import content
from eia.domain.people import Actor
from eia.domain.workflow.definition import StageDefinition
from eia.store import people, programme
from eia.store.home import AssessmentLine
from eia.store.people import Department
from eia.store.programme import Count, Filter
from eia.usecases.services import Services

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Row:
    """A stage with how many assessments of each department stand at it."""

    stage: StageDefinition
    numbers: Mapping[UUID | None, int]

    @property
    def total(self) -> int:
        """Of all departments."""
        return sum(self.numbers.values())


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A page of the programme. `after` is where the next page begins, None on the last.

    `years` are first years (2008 for 2008/09), newest first. `total` counts what the filter lets through.
    """

    wanted: Filter
    departments: tuple[Department, ...]
    years: tuple[int, ...]
    stages: tuple[StageDefinition, ...]
    rows: tuple[Row, ...]
    total: int
    lines: tuple[tuple[AssessmentLine, StageDefinition], ...]
    after: tuple[str, int] | None


def programme_page(
    services: Services, actor: Actor, wanted: Filter, *, after: tuple[str, int] | None = None
) -> Programme:
    """One page of what the actor may see, with counts by stage and department of the year asked for."""
    today = services.today()
    with services.database.read() as connection:
        departments = people.departments(connection, actor.body_id)
        counts = programme.counts(connection, actor, today)
        found = programme.page(connection, actor, wanted, today, after=after, limit=PAGE + 1)
    stages = known_stages()
    shown = found[:PAGE]
    return Programme(
        wanted=wanted,
        departments=tuple(
            each for each in departments if each.id in {count.department_id for count in counts}
        ),
        years=tuple(sorted({count.year for count in counts}, reverse=True)),
        stages=tuple(stage for name, stage in stages.items() if name in {count.stage for count in counts}),
        rows=_rows(stages, [each for each in counts if wanted.year in {None, each.year}]),
        total=sum(each.number for each in counts if _counts(wanted, each)),
        lines=tuple((each, content.workflow(each.workflow).stage(each.stage)) for each in shown),
        after=(shown[-1].reference, shown[-1].version) if len(found) > PAGE else None,
    )


def known_stages() -> Mapping[str, StageDefinition]:
    """Every stage of every workflow by name, in the order of an assessment's life."""
    return {
        stage.name: stage
        for name in reversed(content.workflow_names())
        for stage in content.workflow(name).stages
    }


def _rows(stages: Mapping[str, StageDefinition], counts: Iterable[Count]) -> tuple[Row, ...]:
    by_stage: dict[str, Counter[UUID | None]] = {name: Counter() for name in stages}
    for each in counts:
        by_stage.setdefault(each.stage, Counter())[each.department_id] += each.number
    return tuple(Row(stage=stages[name], numbers=numbers) for name, numbers in by_stage.items() if numbers)


def _counts(wanted: Filter, count: Count) -> bool:
    return (
        wanted.department_id in {None, count.department_id}
        and wanted.year in {None, count.year}
        and wanted.stage in {None, count.stage}
    )
