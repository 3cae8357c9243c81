from __future__ import annotations

from datetime import date

from eia.domain.workflow.stage_dates import stage_dates
from eia.domain.working_days import WorkingDays
from tests.domain.workflow.planted import ENGLAND, data, loaded, stage

WEDNESDAY = date(2026, 7, 1)


def test_signatures_are_wanted_eight_working_days_before_the_decision() -> None:
    assert stage_dates(ENGLAND, WEDNESDAY)["sign_off"] == date(2026, 6, 19)


def test_a_bank_holiday_is_no_working_day() -> None:
    days = WorkingDays(holidays=frozenset({date(2026, 6, 24)}))
    assert stage_dates(ENGLAND, WEDNESDAY, days)["sign_off"] == date(2026, 6, 18)


def test_days_can_be_counted_by_the_calendar() -> None:
    changed = data()
    stage(changed, "sign_off")["counted"] = "calendar"
    assert stage_dates(loaded(changed), WEDNESDAY)["sign_off"] == date(2026, 6, 23)


def test_each_stage_is_over_before_the_next() -> None:
    dates = list(stage_dates(ENGLAND, WEDNESDAY).values())
    assert dates == sorted(dates)
    assert len(set(dates)) == len(dates)


def test_what_comes_after_the_decision_has_no_date_before_it() -> None:
    assert not {"follow_up", "review", "on_hold", "closed"} & set(stage_dates(ENGLAND, WEDNESDAY))
