"""Consultation: an activity is planned, then reported, and whoever was not heard stays in sight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.store.database import Database
from eia.usecases.consultation import (
    ConsultationEntry,
    add_consultation,
    change_consultation,
    consultation_page,
    remove_consultation,
)
from eia.usecases.writing import token_of
from tests.council import GROUPS, Council

SURVEY = ConsultationEntry(
    method="Survey online and on paper",
    invited="All card holders",
    characteristics=("age", "race"),
    opens_on=date(2026, 4, 1),
    closes_on=date(2026, 5, 31),
)
REPORT = replace(SURVEY, heard=("age",), summary="They mind.", changed="Saturdays stay.")


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


@pytest.fixture
def assessment_id(council: Council):
    return council.assessment("consultation")


@pytest.fixture
def survey(council: Council, assessment_id):
    return add_consultation(council.services, council["lead"], assessment_id, SURVEY)


def page(council: Council, assessment_id, who: str = "lead"):
    return consultation_page(council.services, council[who], assessment_id)


def report(council: Council, assessment_id, survey, entry: ConsultationEntry, token: str) -> None:
    change_consultation(council.services, council["lead"], assessment_id, survey, entry, page_token=token)


def test_a_planned_activity_has_heard_nobody_yet(council, assessment_id, survey) -> None:
    assert [group.id for group in page(council, assessment_id).not_heard()] == list(GROUPS)


def test_a_report_says_what_changed_and_who_is_still_missing(council, assessment_id, survey) -> None:
    report(council, assessment_id, survey, REPORT, token_of(page(council, assessment_id).item(survey)))
    shown = page(council, assessment_id)
    assert shown.item(survey).changed == "Saturdays stay."
    assert [group.id for group in shown.not_heard()] == ["disability", "race"]


def test_an_activity_says_how_and_whom(council, assessment_id) -> None:
    blank = ConsultationEntry(method="", invited="", characteristics=(), opens_on=None, closes_on=None)
    with pytest.raises(Invalid) as refusal:
        add_consultation(council.services, council["lead"], assessment_id, blank)
    assert set(refusal.value.problems) == {"method", "invited", "characteristics"}


def test_an_activity_does_not_close_before_it_opens(council, assessment_id) -> None:
    with pytest.raises(Invalid) as refusal:
        add_consultation(
            council.services, council["lead"], assessment_id, replace(SURVEY, closes_on=date(2026, 3, 1))
        )
    assert set(refusal.value.problems) == {"closes_on"}


def test_a_report_that_somebody_wrote_meanwhile_is_not_written_over(council, assessment_id, survey) -> None:
    token = token_of(page(council, assessment_id).item(survey))
    report(council, assessment_id, survey, REPORT, token)
    with pytest.raises(Stale):
        report(council, assessment_id, survey, replace(REPORT, changed="Nothing."), token)


def test_the_equality_officer_reads_and_does_not_write(council, assessment_id) -> None:
    assert page(council, assessment_id, "officer").closed is not None
    with pytest.raises(NotAllowed):
        add_consultation(council.services, council["officer"], assessment_id, SURVEY)


def test_nothing_is_planned_while_evidence_is_gathered(council) -> None:
    early = council.assessment("evidence")
    with pytest.raises(NotAllowed):
        add_consultation(council.services, council["lead"], early, SURVEY)


def test_to_a_stranger_there_is_no_such_assessment(council, assessment_id) -> None:
    with pytest.raises(NotFound):
        page(council, assessment_id, "stranger")


def test_an_activity_is_removed_once(council, assessment_id, survey) -> None:
    remove_consultation(council.services, council["lead"], assessment_id, survey)
    assert page(council, assessment_id).items == ()
    with pytest.raises(NotFound):
        remove_consultation(council.services, council["lead"], assessment_id, survey)
