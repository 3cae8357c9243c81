from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from eia.domain.digest import Line, Promise, Why, digest, line, overdue_count
from eia.domain.reminder_policy import ReminderPolicy
from eia.domain.reminders import (
    Reminder,
    asks_to_confirm,
    confirmed_until,
    deadline_rule,
    due_ranges,
    escalated_until,
    is_escalated,
    reminders_by,
    still_holds,
)
from eia.domain.target_date import Milestone, TargetDate, TargetKind
from eia.domain.working_days import WorkingDays

POLICY = ReminderPolicy()
ENGLAND = WorkingDays(holidays=frozenset({date(2009, 4, 10), date(2009, 4, 13), date(2009, 12, 25)}))
DAYS = some.dates(date(2008, 1, 1), date(2011, 12, 31))
CALENDARS = some.builds(lambda days: WorkingDays(holidays=days), some.frozensets(DAYS, max_size=30))


def on(day: date, **more: object) -> TargetDate:
    return TargetDate(raw="as written", kind=TargetKind.DAY, latest=day, **more)  # type: ignore[arg-type]


def going(target: TargetDate, today: date, known_since: date | None = None) -> list[str]:
    found = reminders_by(target, today, POLICY, ENGLAND, known_since=known_since)
    return [item.rule for item in found if not item.superseded]


def promise(**changes: object) -> Promise:
    values: dict[str, object] = {
        "kind": "action", "id": uuid4(), "title": "Do it", "source": "", "target": on(date(2009, 3, 31)),
        "is_open": True, "leads": frozenset(), "named": (),
    }  # fmt: skip
    return Promise(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "rules"),
    [
        (date(2009, 3, 2), []),
        (date(2009, 3, 3), ["before-28"]),
        (date(2009, 3, 16), ["before-28"]),
        (date(2009, 3, 17), ["before-14"]),
        (date(2009, 3, 24), ["before-7"]),
        (date(2009, 3, 30), ["before-1"]),
        (date(2009, 3, 31), ["on-the-day"]),
        (date(2009, 4, 6), ["on-the-day"]),
        (date(2009, 4, 7), ["overdue-1"]),
        (date(2009, 4, 14), ["overdue-2", "escalated"]),
        (date(2009, 4, 21), ["overdue-3", "escalated"]),
    ],
)
def test_a_deadline_of_31_march_gives_one_rule_at_a_time(today: date, rules: list[str]):
    assert going(on(date(2009, 3, 31)), today) == rules


def test_a_milestone_on_the_last_day_of_an_ongoing_promise_is_announced():
    last = date(2009, 3, 31)
    milestone = Milestone(raw="by then", kind=TargetKind.DAY, latest=last)
    ongoing = TargetDate(raw="", kind=TargetKind.ONGOING, latest=last, milestones=(milestone,))
    assert "before-7" in going(ongoing, date(2009, 3, 24), known_since=date(2009, 3, 1))


def test_what_was_missed_is_superseded_by_what_goes():
    found = reminders_by(on(date(2009, 3, 31)), date(2009, 3, 30), POLICY, ENGLAND)
    assert [item.rule for item in found if item.superseded] == ["before-28", "before-14", "before-7"]


def test_a_reminder_for_a_sunday_goes_on_the_friday():
    assert going(on(date(2009, 3, 15)), date(2009, 3, 13)) == ["on-the-day"]


def test_a_reminder_for_good_friday_goes_on_the_thursday():
    assert going(on(date(2009, 4, 17)), date(2009, 4, 9)) == ["before-7"]


def test_a_late_week_that_ends_on_easter_monday_is_told_on_the_tuesday():
    assert going(on(date(2009, 4, 6)), date(2009, 4, 13)) == ["on-the-day"]
    assert going(on(date(2009, 4, 6)), date(2009, 4, 14)) == ["overdue-1"]


def test_the_occurrence_is_the_deadline_and_never_the_day_it_goes():
    found = reminders_by(on(date(2009, 3, 15)), date(2009, 3, 13), POLICY, ENGLAND)
    assert {item.occurrence for item in found} == {date(2009, 3, 15)}


def test_an_ongoing_promise_is_asked_after_at_the_start_of_a_quarter():
    ongoing = TargetDate(raw="Ongoing", kind=TargetKind.ONGOING, latest=date(2009, 3, 31))
    found = reminders_by(ongoing, date(2009, 6, 20), POLICY, ENGLAND)
    assert found == (Reminder(rule="check-in", occurrence=date(2009, 4, 1)),)


def test_a_quarter_that_starts_on_a_holiday_is_asked_after_on_the_next_working_day():
    ongoing = TargetDate(raw="Ongoing", kind=TargetKind.ONGOING)
    newyear = WorkingDays(holidays=frozenset({date(2010, 1, 1)}))
    before = reminders_by(ongoing, date(2010, 1, 3), POLICY, newyear)
    after = reminders_by(ongoing, date(2010, 1, 4), POLICY, newyear)
    assert [found[0].occurrence for found in (before, after)] == [date(2009, 10, 1), date(2010, 1, 1)]


def test_an_event_is_asked_after_each_month():
    event = TargetDate(raw="when the Bill is passed", kind=TargetKind.EVENT)
    assert reminders_by(event, date(2009, 5, 20), POLICY, ENGLAND)[0] == Reminder(
        rule="announced", occurrence=date(2009, 5, 1)
    )


def test_a_promise_without_a_date_is_asked_for_one_each_month_but_not_in_the_month_it_was_made():
    undated = TargetDate(raw="tbc", kind=TargetKind.UNKNOWN)
    assert going(undated, date(2009, 5, 20)) == ["give-date"]
    assert going(undated, date(2009, 5, 20), known_since=date(2009, 5, 10)) == []
    assert going(undated, date(2009, 6, 1), known_since=date(2009, 5, 10)) == ["give-date"]


def test_a_promise_that_only_begins_some_day_is_asked_after_once_it_has_begun():
    begins = TargetDate(raw="from May 2009", kind=TargetKind.FROM, earliest=date(2009, 5, 1))
    assert going(begins, date(2009, 6, 20)) == []
    assert going(begins, date(2009, 7, 1)) == ["check-in"]


def test_a_provisional_deadline_is_confirmed_sixty_days_ahead_and_not_after():
    maybe = on(date(2009, 5, 29), provisional=True)
    assert going(maybe, date(2009, 3, 29)) == []
    assert going(maybe, date(2009, 3, 30)) == ["confirm"]
    assert going(maybe, date(2009, 6, 1)) == ["on-the-day"]


def test_a_milestone_is_announced_beside_the_deadline_and_is_never_overdue():
    target = on(
        date(2009, 12, 31), milestones=(Milestone(raw="", kind=TargetKind.DAY, latest=date(2009, 3, 31)),)
    )
    assert going(target, date(2009, 3, 24)) == ["before-7"]
    assert going(target, date(2009, 5, 1)) == []


def test_a_body_may_want_other_offsets():
    policy = ReminderPolicy(offsets=(60, 3), on_the_day=False)
    assert deadline_rule(date(2009, 3, 31), date(2009, 3, 31), policy, ENGLAND) == "before-3"
    assert deadline_rule(date(2009, 3, 31), date(2009, 2, 2), policy, ENGLAND) == "before-60"


@given(latest=DAYS, today=DAYS, days=CALENDARS)
def test_the_ranges_of_a_day_say_what_each_deadline_says(latest: date, today: date, days: WorkingDays):
    ranges = due_ranges(today, POLICY, days, oldest=date(2007, 12, 1))
    within = [item.rule for item in ranges if item.first <= latest <= item.last]
    assert within == [rule for rule in [deadline_rule(latest, today, POLICY, days)] if rule]


@given(latest=DAYS, today=DAYS, days=CALENDARS)
def test_what_is_late_enough_and_what_wants_confirming_are_ranges_too(
    latest: date, today: date, days: WorkingDays
):
    assert is_escalated(latest, today, POLICY, days) == (latest <= escalated_until(today, POLICY, days))
    near = today <= latest <= confirmed_until(today, POLICY, days)
    assert asks_to_confirm(latest, today, POLICY, days) == near


@given(latest=DAYS, today=DAYS, days=CALENDARS)
def test_nothing_new_falls_due_on_a_day_off(latest: date, today: date, days: WorkingDays):
    if not days.is_working(today):
        yesterday = deadline_rule(latest, today - timedelta(days=1), POLICY, days)
        assert deadline_rule(latest, today, POLICY, days) == yesterday


@given(latest=DAYS, today=DAYS, days=CALENDARS)
def test_one_reminder_of_a_deadline_goes_however_long_nobody_looked(
    latest: date, today: date, days: WorkingDays
):
    found = reminders_by(on(latest), today, POLICY, days)
    assert len([item for item in found if not item.superseded and item.rule != "escalated"]) <= 1


def test_a_reminder_holds_while_its_deadline_stands():
    assert still_holds("before-7", date(2009, 3, 31), on(date(2009, 3, 31)))
    assert not still_holds("before-7", date(2009, 3, 31), on(date(2009, 4, 30)))
    assert not still_holds("give-date", date(2009, 3, 1), on(date(2009, 4, 30)))


def test_a_line_is_owed_only_to_who_leads_it_or_answers_for_it():
    lead, officer = uuid4(), uuid4()
    led = promise(leads=frozenset({lead}))
    assert line("before-7", date(2009, 3, 31), led, lead).why is Why.LEAD  # type: ignore[union-attr]
    assert line("before-7", date(2009, 3, 31), led, officer) is None
    assert line("escalated", date(2009, 3, 31), led, officer).why is Why.NEXT_POST  # type: ignore[union-attr]
    assert line("before-7", date(2009, 3, 31), promise(), officer).why is Why.NO_LEAD  # type: ignore[union-attr]
    assert line("before-7", date(2009, 3, 31), promise(is_open=False), officer) is None


def test_a_digest_has_what_is_late_first_then_soonest_then_undated_and_each_once():
    def owed(rule: str, occurrence: date, of: Promise) -> Line:
        return Line(promise=of, rule=rule, occurrence=occurrence, why=Why.LEAD)

    late, soon, undated = promise(), promise(), promise()
    lines = digest(
        [
            owed("check-in", date(2009, 1, 1), undated),
            owed("before-7", date(2009, 3, 31), soon),
            owed("confirm", date(2009, 3, 31), soon),
            owed("overdue-1", date(2009, 3, 1), late),
        ]
    )
    assert [item.rule for item in lines] == ["overdue-1", "before-7", "check-in"]
    assert overdue_count(lines, date(2009, 3, 10)) == 1
