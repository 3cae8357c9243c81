"""Conclusions that rest on nothing, or on what has grown old; and who was asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eia.domain.coach import Severity, advise
from eia.domain.evidence import FRESH_FOR_YEARS, EvidenceKind, is_old
from tests.domain.coach.records import SOURCE, good, good_but, only
from tests.factories import (
    TODAY,
    a_consultation,
    a_source,
)


def test_no_impact_without_evidence_is_noticed():
    record = good_but(
        {"impact.impact.rating@disability": ("neutral",)},
        evidence=(replace(SOURCE, characteristics=("age",)),),
        consultations=(a_consultation(heard=("age",)),),
    )
    advice = only(record)
    assert (advice.rule, advice.characteristics) == ("neutral_without_evidence", ("disability",))
    assert advice.severity is Severity.SERIOUS


def test_a_gap_is_no_evidence_of_no_impact():
    record = good_but(
        {"impact.impact.rating@disability": ("neutral",)},
        evidence=(replace(SOURCE, characteristics=("age",)), a_source("disability", gap=True)),
        consultations=(a_consultation(heard=("age",)),),
    )
    assert only(record).rule == "neutral_without_evidence"


def test_a_rating_without_evidence_is_noticed():
    advice = only(
        good(evidence=(replace(SOURCE, characteristics=("disability",)),), consultations=HEARD_NONE)
    )
    assert (advice.rule, advice.where, advice.characteristics) == (
        "rating_without_evidence",
        "evidence",
        ("age",),
    )


HEARD_NONE = (a_consultation(heard=()),)


def test_people_of_the_group_who_were_heard_are_evidence():
    assert advise(good(evidence=()), TODAY) == ()


@pytest.mark.parametrize(("kind", "years"), FRESH_FOR_YEARS.items())
def test_a_source_is_old_the_day_after_its_years_are_over(kind, years):
    published = TODAY.replace(year=TODAY.year - years)
    assert not is_old(kind, published, TODAY)
    assert is_old(kind, published.replace(day=published.day - 1), TODAY)


def test_a_leap_day_grows_old_too():
    assert is_old(EvidenceKind.SURVEY, date(2024, 2, 29), date(2027, 3, 1))
    assert not is_old(EvidenceKind.SURVEY, date(2024, 2, 29), date(2027, 2, 28))


def test_every_kind_of_source_has_an_age():
    assert set(FRESH_FOR_YEARS) == set(EvidenceKind) - {EvidenceKind.GAP}


def test_old_sources_are_counted():
    old = replace(SOURCE, kind=EvidenceKind.SERVICE_DATA, published_on=date(2023, 1, 1))
    advice = only(good(evidence=(SOURCE, old)))
    assert advice.rule == "old_evidence"
    assert advice.sentence().startswith("Sources older than their kind allows: 1.")


def test_a_census_of_the_same_age_still_holds():
    census = replace(SOURCE, kind=EvidenceKind.CENSUS, published_on=date(2021, 3, 21))
    assert advise(good(evidence=(census,)), TODAY) == ()


def test_a_group_neither_invited_nor_heard_is_named():
    advice = only(good(consultations=(a_consultation(characteristics=("age",), heard=("age",)),)))
    assert (advice.rule, advice.characteristics) == ("consultation_missed_the_affected", ("disability",))
    assert advice.severity is Severity.WORTH_A_LOOK


@pytest.mark.parametrize("held", [(), (a_consultation(characteristics=(), heard=()),)])
def test_a_consultation_without_anybody_affected_is_serious(held):
    advice = only(good(consultations=held))
    assert (advice.rule, advice.severity) == ("consultation_missed_the_affected", Severity.SERIOUS)
    assert advice.characteristics == ("age", "disability")


def test_a_group_that_came_uninvited_was_reached():
    came = a_consultation(characteristics=("age",), heard=("age", "disability"))
    assert advise(good(consultations=(came,)), TODAY) == ()
