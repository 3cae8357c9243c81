"""What the figures count, on both databases: each with a case that counts, one that does not, one unknown."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from eia.domain.errors import Invalid, NotFound
from eia.domain.people import Role
from eia.domain.report.figures import FigureName, PartName
from eia.domain.report.period import days
from eia.domain.report.report import Extent, ListName, Report, ReportKind
from eia.domain.target_date import TargetDate, TargetKind
from eia.store import tables
from eia.store.database import Database
from eia.usecases.plan_report import plan_report
from eia.usecases.reports import ReportRequest, period_report
from tests.usecases.council import on
from tests.usecases.scene import Scene

PERIOD = days(date(2026, 1, 1), date(2026, 3, 31))
NO_DATE = TargetDate(raw="", kind=TargetKind.UNKNOWN)
F, P = FigureName, PartName


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database)


class Books:
    """A scene in which assessments with a past are simply there."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.council = scene.council

    def assessment(self, *, department_id: UUID | None = None, **columns: object) -> UUID:
        assessment_id = uuid4()
        given = {
            "department_id": department_id or self.council.department_id,
            "stage": "follow_up",
            "is_open": True,
            "target_raw": "",
            "target_kind": "day",
            "target_milestones": [],
            "created_at": at(2025, 1, 2),
            "version": 1,
            "reference": f"FIN-{assessment_id.hex[:6]}",
            **columns,
        }
        self.council.add(
            tables.assessment,
            id=assessment_id,
            body_id=self.council.body_id,
            row_version=1,
            title="Charges",
            workflow="england-1",
            characteristic_list="characteristics-gb-1",
            characteristics=[],
            stage_since=at(2025, 1, 2),
            financial_year=2025,
            **given,
        )
        return assessment_id

    def line(self, assessment_id: UUID, seq: int, move: str, source: str, to: str, when: datetime) -> None:
        self.council.add(
            tables.stage_history,
            assessment_id=assessment_id,
            seq=seq,
            move=move,
            from_stage=source,
            to_stage=to,
            person_id=self.council.officer,
            role="lead",
            reasons=[],
            comment="",
            at=when,
        )

    def department(self) -> UUID:
        found = uuid4()
        self.council.add(
            tables.department, id=found, body_id=self.council.body_id, code=found.hex[:5], name="Housing"
        )
        return found

    def report(self, person_id: UUID | None = None, **asked: object) -> Report:
        actor = self.scene.actor(person_id or self.council.officer)
        request = ReportRequest(**{"kind": ReportKind.QUARTERLY, "period": PERIOD, **asked})  # type: ignore[arg-type]
        return period_report(self.scene.services, actor, request)

    def figure(self, name: FigureName, **asked: object):
        return next(each.now for each in self.report(**asked).figures if each.now.name is name)


@pytest.fixture
def books(scene: Scene) -> Books:
    return Books(scene)


def at(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def counts(figure) -> tuple[int, int, int]:
    return figure.counted, figure.out_of, figure.unknown


def test_approved_on_the_day_of_the_decision_is_before_it_and_the_day_after_is_not(books):
    books.assessment(decision_on=date(2026, 2, 1), approved_on=date(2026, 2, 1))
    books.assessment(decision_on=date(2026, 2, 1), approved_on=date(2026, 2, 2))
    books.assessment(decision_on=date(2026, 2, 1))
    books.assessment(approved_on=date(2026, 2, 1))
    books.assessment(decision_on=date(2026, 4, 1), approved_on=date(2026, 2, 1))
    found = books.figure(F.APPROVED_BEFORE)
    assert counts(found) == (1, 3, 1)
    assert found.parts == {P.APPROVED_AFTER: 1, P.NEVER_APPROVED: 1}


def test_what_was_screened_out_before_its_decision_needed_no_approval(books):
    screened = books.assessment(decision_on=date(2026, 2, 1), stage="screened_out", is_open=False)
    books.line(screened, 1, "screen_out", "screening_review", "screened_out", at(2026, 2, 1))
    late = books.assessment(decision_on=date(2026, 2, 1), stage="screened_out", is_open=False)
    books.line(late, 1, "screen_out", "screening_review", "screened_out", at(2026, 2, 2))
    assert counts(books.figure(F.APPROVED_BEFORE)) == (0, 1, 0)
    assert counts(books.figure(F.WITHOUT_ASSESSMENT)) == (1, 2, 0)


def test_a_decision_is_not_wanted_of_what_was_withdrawn_before_it(books):
    for day in (date(2026, 1, 31), date(2026, 2, 2)):
        given_up = books.assessment(decision_on=date(2026, 2, 1), stage="withdrawn", is_open=False)
        books.line(given_up, 1, "withdraw", "analysis", "withdrawn", at(day.year, day.month, day.day))
    assert counts(books.figure(F.WITHOUT_ASSESSMENT)) == (1, 1, 0)


def test_a_decision_is_counted_once_however_many_versions_there_are(books):
    first = books.assessment(decision_on=date(2026, 2, 1), approved_on=date(2026, 1, 20), stage="superseded")
    books.assessment(
        decision_on=date(2026, 2, 1),
        previous_id=first,
        version=2,
        created_at=at(2026, 3, 1),
        stage="evidence",
    )
    assert counts(books.figure(F.APPROVED_BEFORE)) == (1, 1, 0)


def test_a_figure_of_the_past_stays_what_it_was(books):
    books.assessment(decision_on=date(2026, 2, 1), approved_on=date(2026, 4, 20))
    then = books.figure(F.APPROVED_BEFORE)
    later = books.figure(F.APPROVED_BEFORE, as_at=date(2026, 5, 1))
    assert then.parts == {P.APPROVED_AFTER: 0, P.NEVER_APPROVED: 1}
    assert later.parts == {P.APPROVED_AFTER: 1, P.NEVER_APPROVED: 0}


def test_in_time_counts_full_and_screened_and_what_has_no_date_is_unknown(books):
    books.assessment(target_latest=date(2026, 2, 1), approved_on=date(2026, 2, 1))
    books.assessment(target_latest=date(2026, 2, 1), approved_on=date(2026, 2, 9))
    books.assessment(target_latest=date(2026, 2, 1))
    screened = books.assessment(target_latest=date(2026, 2, 1), stage="screened_out", is_open=False)
    books.line(screened, 1, "screen_out", "screening_review", "screened_out", at(2026, 1, 5))
    books.assessment(target_kind="unknown")
    found = books.figure(F.IN_TIME)
    assert counts(found) == (2, 4, 1)
    assert found.parts == {
        P.FULL_IN_TIME: 1,
        P.SCREENED_IN_TIME: 1,
        P.FINISHED_LATE: 1,
        P.NOT_FINISHED: 1,
    }


def test_the_screened_out_rate_counts_what_was_decided_and_no_return(books):
    for number, (move, to) in enumerate(
        [("screen_out", "screened_out"), ("require_full", "evidence"), ("return_screening", "screening")]
    ):
        books.line(books.assessment(), 1, move, "screening_review", to, at(2026, 2, 1 + number))
    assert counts(books.figure(F.SCREENED_OUT)) == (1, 2, 0)


def test_only_the_first_check_of_a_stage_counts_as_returned_or_not(books):
    twice = books.assessment()
    books.line(twice, 1, "return_for_work", "quality_review", "analysis", at(2025, 12, 1))
    books.line(twice, 2, "return_for_work", "quality_review", "analysis", at(2026, 1, 10))
    books.line(books.assessment(), 1, "return_for_work", "quality_review", "analysis", at(2026, 1, 10))
    books.line(books.assessment(), 1, "recommend", "quality_review", "sign_off", at(2026, 1, 10))
    assert counts(books.figure(F.RETURNED)) == (1, 2, 0)


def test_an_instant_belongs_to_its_day_in_london(books):
    """23:30 UTC on 31 March is half past midnight on 1 April, summer time."""
    books.line(books.assessment(), 1, "screen_out", "screening_review", "screened_out", at(2026, 3, 31, 22))
    late = books.assessment()
    books.line(
        late, 1, "screen_out", "screening_review", "screened_out", datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
    )
    assert counts(books.figure(F.SCREENED_OUT)) == (1, 1, 0)


def test_the_median_counts_from_the_beginning_of_the_draft(books):
    for number, month in enumerate((10, 11, 12)):
        approved = books.assessment(approved_on=date(2026, 1, 1), created_at=at(2025, 1, 1))
        books.line(approved, 1 + number, "begin_screening", "scheduled", "screening", at(2025, month, 1))
    found = books.figure(F.DAYS_TO_APPROVAL)
    assert (found.median, found.out_of) == (61, 3)
    approved = books.assessment(approved_on=date(2026, 1, 1))
    books.line(approved, 1, "begin_screening", "scheduled", "screening", at(2025, 12, 31))
    assert books.figure(F.DAYS_TO_APPROVAL).median == (61 + 31) / 2


def test_a_draft_begins_on_the_london_day_at_both_clock_changes(books):
    for when, _ in (
        (datetime(2025, 10, 25, 23, 30, tzinfo=UTC), "summer time still: 26 October"),
        (datetime(2025, 10, 26, 23, 30, tzinfo=UTC), "winter time: 26 October"),
    ):
        approved = books.assessment(approved_on=date(2026, 1, 1))
        books.line(approved, 1, "begin_screening", "scheduled", "screening", when)
    assert books.figure(F.DAYS_TO_APPROVAL).median == (date(2026, 1, 1) - date(2025, 10, 26)).days


def test_with_consultation_means_that_it_was_over_by_the_approval(books):
    for closes_on in (date(2026, 1, 31), date(2026, 2, 2), None):
        assessment_id = books.assessment(approved_on=date(2026, 2, 1))
        books.council.add(
            tables.consultation,
            id=uuid4(),
            assessment_id=assessment_id,
            method="survey",
            invited="",
            characteristics=["age"],
            heard=["age"],
            closes_on=closes_on,
            summary="",
            changed="",
            not_heard_because="",
            written_by=books.council.lead,
            written_at=at(2026, 1, 1),
        )
    assert counts(books.figure(F.CONSULTED)) == (1, 3, 1)


def done(books: Books, action_id: UUID, day: date, state: str = "verified") -> None:
    with books.scene.services.database.write() as work:
        work.connection.execute(
            update(tables.action).where(tables.action.c.id == action_id).values(state=state, done_on=day)
        )


def test_actions_on_time_by_the_latest_day_their_words_allow(books):
    plan_id = books.council.plan()
    due = on(date(2026, 2, 1))
    done(books, books.council.action(due, plan_id=plan_id), date(2026, 2, 1))
    done(books, books.council.action(due, plan_id=plan_id), date(2026, 1, 9), "done")
    done(books, books.council.action(due, plan_id=plan_id), date(2026, 2, 9))
    books.council.action(due, plan_id=plan_id)
    books.council.action(due, plan_id=plan_id, state="dropped")
    books.council.action(NO_DATE, plan_id=plan_id)
    found = books.figure(F.ACTIONS_ON_TIME)
    assert counts(found) == (2, 5, 1)
    assert {name: number for name, number in found.parts.items() if number} == {
        P.TO_BE_VERIFIED: 1,
        P.DONE_LATE: 1,
        P.DROPPED: 1,
        P.STILL_OPEN: 1,
    }


def test_a_date_that_moved_twice_is_one_action_and_two_times(books):
    plan_id = books.council.plan()
    action_id = books.council.action(on(date(2026, 6, 1)), plan_id=plan_id)
    books.council.action(on(date(2026, 6, 1)), plan_id=plan_id)
    for day in (1, 2):
        books.council.add(
            tables.action_progress,
            id=uuid4(),
            action_id=action_id,
            kind="moved",
            note="",
            person_id=books.council.lead,
            at=at(2026, 2, day),
        )
    found = books.figure(F.DATES_MOVED)
    assert (counts(found), found.parts) == ((1, 2, 0), {P.TIMES_MOVED: 2})


def test_a_review_is_done_when_it_was_closed_or_led_to_a_new_version(books):
    closed = books.assessment(review_on=date(2026, 2, 1), approved_on=date(2025, 2, 1), stage="closed")
    books.line(closed, 1, "begin_review", "follow_up", "review", at(2026, 2, 1))
    books.line(closed, 2, "close", "review", "closed", at(2026, 3, 1))
    begun = books.assessment(review_on=date(2026, 2, 1), approved_on=date(2025, 2, 1), stage="review")
    books.line(begun, 1, "begin_review", "follow_up", "review", at(2026, 2, 1))
    books.assessment(review_on=date(2026, 2, 1), approved_on=date(2025, 2, 1))
    found = books.figure(F.REVIEWS_DONE)
    assert counts(found) == (1, 3, 0)
    assert found.parts == {P.REVIEW_BEGUN: 1, P.REVIEW_NOT_BEGUN: 1}


def test_with_nothing_to_count_every_figure_says_so(books):
    for each in books.report().figures:
        assert (each.now.percent, each.now.median, each.now.out_of) == (None, None, 0)


def test_a_head_counts_her_department_and_a_lead_what_is_hers(books):
    other = books.department()
    books.assessment(decision_on=date(2026, 2, 1))
    books.assessment(decision_on=date(2026, 2, 1), department_id=other)
    hers = books.assessment(decision_on=date(2026, 2, 1), department_id=other)
    books.council.add(
        tables.assignment, assessment_id=hers, person_id=books.council.lead, role=Role.LEAD.value
    )
    assert counts(books.figure(F.WITHOUT_ASSESSMENT)) == (3, 3, 0)
    assert counts(books.figure(F.WITHOUT_ASSESSMENT, person_id=books.council.head)) == (1, 1, 0)
    assert counts(books.figure(F.WITHOUT_ASSESSMENT, person_id=books.council.lead)) == (1, 1, 0)
    assert books.report(books.council.lead).extent is Extent.SEEN
    assert (
        books.report(books.council.head, department_id=books.council.department_id).extent
        is Extent.DEPARTMENT
    )
    assert books.report().extent is Extent.BODY


def test_the_lists_show_what_the_figures_count_and_no_more_than_may_be_seen(books):
    books.assessment(decision_on=date(2026, 2, 1), department_id=books.department())
    plan_id = books.council.plan()
    books.council.action(on(date(2026, 2, 1)), plan_id=plan_id)
    everything = {each.name: len(each.lines) for each in books.report().lists}
    of_the_head = {each.name: len(each.lines) for each in books.report(books.council.head).lists}
    assert everything[ListName.WITHOUT] == 1
    assert everything[ListName.OVERDUE] == 1
    assert of_the_head[ListName.WITHOUT] == 0
    assert of_the_head[ListName.OVERDUE] == 1


def test_departments_are_all_there_also_with_nothing_to_count(books):
    books.department()
    books.assessment(decision_on=date(2026, 2, 1), approved_on=date(2026, 1, 1))
    shown = next(each for each in books.report().departments if each.name is F.APPROVED_BEFORE)
    assert [(name, figure.out_of) for name, figure in shown.rows] == [("Finance", 1), ("Housing", 0)]


def test_the_same_period_before_stands_beside_it(books):
    books.assessment(decision_on=date(2025, 12, 1), approved_on=date(2025, 11, 1))
    first = books.report().figures[0]
    assert first.before is not None
    assert (first.now.out_of, first.before.out_of) == (0, 1)


def test_days_that_make_no_sense_are_refused(books):
    with pytest.raises(Invalid):
        books.report(period=days(date(2027, 1, 1), date(2027, 2, 1)))
    with pytest.raises(Invalid):
        books.report(as_at=date(2025, 1, 1))
    with pytest.raises(Invalid):
        books.report(as_at=date(2026, 5, 5))
    with pytest.raises(NotFound):
        books.report(department_id=uuid4())


def test_a_plan_is_shown_to_whoever_may_see_it_in_the_words_that_were_written(books):
    plan_id = books.council.plan()
    books.council.action(on(date(2026, 2, 1)), plan_id=plan_id, parties=[books.council.party(None)])
    report = plan_report(books.scene.services, books.scene.officer, plan_id)
    (line,) = report.actions()
    assert (line.target, line.is_overdue, report.title) == ("1.2.2026", True, "Finance equality action plan")
    stranger = books.scene.actor(books.council.person("Nobody's Lead"))
    with pytest.raises(NotFound):
        plan_report(books.scene.services, stranger, plan_id)
