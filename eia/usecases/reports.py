"""Reports: what was decided, assessed, promised and kept, as far as whoever asks may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from eia import content
from eia.domain.errors import Invalid, NotFound
from eia.domain.people import Actor
from eia.domain.policy import Permission, Subject, may
from eia.domain.report.figures import Figure, FigureName, Tally, figure
from eia.domain.report.period import Calendar, PeriodKind, ReportPeriod
from eia.domain.report.report import (
    Actions,
    ByDepartment,
    Compared,
    Decisions,
    Extent,
    Heard,
    ListName,
    Report,
    ReportKind,
)
from eia.domain.report.small_numbers import shown
from eia.store import people, reports, scheduling
from eia.store.people import Department
from eia.store.report_scope import Scope
from eia.store.reports import Counted, Loaded
from eia.usecases.plan_visibility import visible_departments
from eia.usecases.report_lines import action_line, decision_line
from eia.usecases.report_meanings import meanings
from eia.usecases.services import Services

LISTS = {
    ReportKind.QUARTERLY: (
        ListName.WITHOUT,
        ListName.COMING,
        ListName.OVERDUE,
        ListName.DUE_NEXT,
        ListName.DONE,
    ),
    ReportKind.ANNUAL: (ListName.DECIDED, ListName.OVERDUE, ListName.DONE),
    ReportKind.REVIEW: (ListName.WITHOUT, ListName.OVERDUE),
}
"""The reports of a period, with what each lists."""

OF_DEPARTMENTS = (
    FigureName.APPROVED_BEFORE,
    FigureName.SCREENED_OUT,
    FigureName.IN_TIME,
    FigureName.ACTIONS_ON_TIME,
)
"""The figures that are shown department by department."""


@dataclass(frozen=True, kw_only=True)
class ReportRequest:
    """Which report, of which period and department (None: all); `as_at` None: the period's end, or today."""

    kind: ReportKind
    period: ReportPeriod
    department_id: UUID | None = None
    as_at: date | None = None


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a report can be made of; `newest` is the last period of its usual kind that is over."""

    departments: tuple[Department, ...]
    own_department: UUID | None
    periods: Mapping[PeriodKind, tuple[ReportPeriod, ...]]
    newest: Mapping[ReportKind, ReportPeriod]


@dataclass(frozen=True, kw_only=True)
class _Around:
    """What a report says beside what was counted."""

    body: str
    departments: Mapping[UUID, str]
    workflow: str


def report_choices(services: Services, actor: Actor) -> Choices:
    """What the actor can choose from: every department, and periods newest first."""
    calendar, today = body_calendar(services, actor), services.today()
    with services.database.read() as connection:
        departments = people.departments(connection, actor.body_id)
    kinds = (PeriodKind.QUARTER, PeriodKind.MUNICIPAL, PeriodKind.FINANCIAL)
    return Choices(
        departments=departments,
        own_department=actor.department_id,
        periods={kind: tuple(calendar.offered(kind, today)) for kind in kinds},
        newest={kind: calendar.complete(kind.usual, today) for kind in LISTS},
    )


def body_calendar(services: Services, actor: Actor) -> Calendar:
    """The calendar of the actor's body."""
    with services.database.read() as connection:
        return Calendar.of(scheduling.body_rules(connection, actor.body_id).municipal_year_starts)


def period_report(services: Services, actor: Actor, asked: ReportRequest) -> Report:
    """The report of a period. Raises `Invalid` for days that make no sense, `NotFound` for no department."""
    as_at = _as_at(asked, services.today())
    earlier = body_calendar(services, actor).before(asked.period)
    with services.database.read() as connection:
        rules = scheduling.body_rules(connection, actor.body_id)
        departments = people.departments(connection, actor.body_id)
        around = _Around(
            body=people.find_body(connection, actor.body_id).name,
            departments={each.id: each.name for each in departments},
            workflow=rules.workflow,
        )
        if asked.department_id is not None and asked.department_id not in around.departments:
            raise NotFound
        loaded = reports.load(
            connection,
            _scope(services, actor, asked, asked.period, as_at),
            _scope(services, actor, asked, earlier, earlier.last),
            LISTS[asked.kind],
        )
    return _report(services, actor, asked, as_at, around, loaded)


def _as_at(asked: ReportRequest, today: date) -> date:
    if asked.period.first > today:
        raise Invalid({"period": "This period has not begun yet."})
    as_at = asked.as_at or min(asked.period.last, today)
    if not asked.period.first <= as_at <= today:
        raise Invalid(
            {"as_at": "The day to count to must be in the period or after it, and not after today."}
        )
    return as_at


def _scope(
    services: Services, actor: Actor, asked: ReportRequest, period: ReportPeriod, as_at: date
) -> Scope:
    return Scope(
        actor=actor,
        today=services.today(),
        department_id=asked.department_id,
        plan_departments=visible_departments(actor),
        first=period.first,
        last=min(period.last, as_at),
        as_at=as_at,
        meanings=meanings(),
    )


def _report(
    services: Services, actor: Actor, asked: ReportRequest, as_at: date, around: _Around, loaded: Loaded
) -> Report:
    now, before = _figures(loaded.now), _figures(loaded.before)
    return Report(
        kind=asked.kind,
        language=actor.language,
        body=around.body,
        title="",
        department=around.departments[asked.department_id] if asked.department_id else "",
        extent=_extent(actor, asked.department_id),
        period=asked.period,
        as_at=as_at,
        printed_on=services.today(),
        figures=tuple(Compared(now=now[name], before=before[name]) for name in FigureName),
        departments=() if asked.department_id else _by_department(loaded.now, around.departments),
        heard=_heard(loaded, around.workflow, actor.language, as_at),
        lists=tuple(_list(name, loaded, actor.language, as_at) for name in LISTS[asked.kind]),
    )


def _extent(actor: Actor, department_id: UUID | None) -> Extent:
    if may(actor, Permission.VIEW, Subject(body_id=actor.body_id)):
        return Extent.DEPARTMENT if department_id else Extent.BODY
    whole = Subject(body_id=actor.body_id, department_id=department_id)
    return Extent.DEPARTMENT if department_id and may(actor, Permission.VIEW, whole) else Extent.SEEN


def _figures(counted: Counted) -> dict[FigureName, Figure]:
    figures = {name: figure(name, found) for name, found in counted.tallies.items()}
    return figures | {FigureName.DAYS_TO_APPROVAL: counted.days_to_approval}


def _by_department(counted: Counted, names: Mapping[UUID, str]) -> tuple[ByDepartment, ...]:
    return tuple(
        ByDepartment(name=name, rows=_rows(name, counted.tallies[name], names)) for name in OF_DEPARTMENTS
    )


def _rows(
    name: FigureName, tallies: tuple[Tally, ...], names: Mapping[UUID, str]
) -> tuple[tuple[str, Figure], ...]:
    """Each department by name, also those of which there is nothing to count; last, what belongs to none."""
    found = {each.department_id: figure(name, (each,)) for each in tallies}
    rows = tuple((title, found.get(key, Figure(name=name))) for key, title in names.items())
    return (*rows, ("", found[None])) if None in found else rows


def _heard(loaded: Loaded, workflow: str, language: str, as_at: date) -> Heard:
    groups = content.characteristics(content.workflow(workflow).characteristics).in_force(as_at)
    number = loaded.consultations
    return Heard(
        consultations=number,
        groups=tuple(
            (
                (group.name_cy or group.name) if language == "cy" else group.name,
                shown(loaded.heard.get(group.id, 0), number),
            )
            for group in groups
        ),
    )


def _list(name: ListName, loaded: Loaded, language: str, as_at: date) -> Decisions | Actions:
    if name in loaded.decisions:
        decisions, number = loaded.decisions[name]
        lines = tuple(decision_line(row, language) for row in decisions)
        return Decisions(name=name, lines=lines, left_out=number - len(lines))
    actions, number = loaded.actions[name]
    promised = tuple(action_line(item, loaded.notes.get(item.id), as_at) for item in actions)
    return Actions(name=name, lines=promised, left_out=number - len(promised))
