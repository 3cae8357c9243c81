"""A report as people read it: what page, Word file, PDF and CSV are all made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eia.domain.action import ProgressKind
from eia.domain.facts import ActionState
from eia.domain.report.figures import Figure, FigureName
from eia.domain.report.period import PeriodKind, ReportPeriod


class ReportKind(StrEnum):
    """Who it is for."""

    QUARTERLY = "quarterly-pack"  # a department's management team
    ANNUAL = "annual-report"  # scrutiny, at the first meeting of the municipal year
    REVIEW = "annual-review"  # the whole body
    PLAN = "plan"  # a plan's own actions in the columns people know

    @property
    def usual(self) -> PeriodKind:
        """The kind of period that it is usually made for."""
        return _USUAL[self]


_USUAL = {
    ReportKind.QUARTERLY: PeriodKind.QUARTER,
    ReportKind.ANNUAL: PeriodKind.MUNICIPAL,
    ReportKind.REVIEW: PeriodKind.FINANCIAL,
    ReportKind.PLAN: PeriodKind.FINANCIAL,
}


class Extent(StrEnum):
    """What the figures count."""

    BODY = "body"  # everything the body has
    DEPARTMENT = "department"  # one department
    SEEN = "seen"  # only what whoever asked may see


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A figure beside the same one a period earlier."""

    now: Figure
    before: Figure | None = None


@dataclass(frozen=True, kw_only=True)
class ByDepartment:
    """One figure in each department, by name."""

    name: FigureName
    rows: tuple[tuple[str, Figure], ...]


class ListName(StrEnum):
    """A list in a report."""

    WITHOUT = "without"  # decisions taken with no approved assessment
    DECIDED = "decided"  # decisions taken, and when their assessment was settled
    COMING = "coming"  # decisions to come, and how far their assessment is
    OVERDUE = "overdue"
    DUE_NEXT = "due_next"
    DONE = "done"
    PLAN = "plan"


@dataclass(frozen=True, kw_only=True)
class DecisionLine:
    """A decision and its assessment, with its stage in words."""

    reference: str
    title: str
    department: str
    decision_body: str
    decision_on: date
    approved_on: date | None
    screened_out: bool
    stage: str
    lead: str


@dataclass(frozen=True, kw_only=True)
class ActionLine:
    """An action in the columns people know; `target` as it was written."""

    label: str
    heading: str
    text: str
    owner: str  # the plan or the assessment that promised it
    target: str
    latest: date | None
    leads: tuple[str, ...]
    outcome: str
    state: ActionState
    is_overdue: bool
    progress: str = ""  # the last note, as it was written
    progress_kind: ProgressKind | None = None
    progress_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """Decisions under a heading; `left_out` says how many more there are."""

    name: ListName
    lines: tuple[DecisionLine, ...]
    left_out: int = 0


@dataclass(frozen=True, kw_only=True)
class Actions:
    """Actions under a heading; `left_out` says how many more there are."""

    name: ListName
    lines: tuple[ActionLine, ...]
    left_out: int = 0


@dataclass(frozen=True, kw_only=True)
class Heard:
    """In how many of the period's consultations each group was heard; None: too few to print."""

    consultations: int
    groups: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything a report says. `as_at`: the day at whose end things are counted."""

    kind: ReportKind
    language: str
    body: str
    title: str  # a plan's own; "" where the kind names it
    department: str
    extent: Extent
    period: ReportPeriod | None
    as_at: date
    printed_on: date
    figures: tuple[Compared, ...] = ()
    departments: tuple[ByDepartment, ...] = ()
    heard: Heard | None = None
    lists: tuple[Decisions | Actions, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether the period goes on after the day it is counted to."""
        return self.period is not None and self.as_at < self.period.last

    def actions(self) -> Iterator[ActionLine]:
        """Every action of every list."""
        for each in self.lists:
            if isinstance(each, Actions):
                yield from each.lines
