"""Mitigation that can be held to, and an assessment in time for its decision."""

from __future__ import annotations

from datetime import date

import pytest

from eia.domain.coach import Severity, advise
from eia.domain.facts import ActionState
from eia.domain.target_date import TargetKind
from tests.domain.coach.records import good, good_but, only
from tests.factories import (
    TODAY,
    a_target,
    an_action,
)


@pytest.mark.parametrize(
    "kept",
    [
        (),
        (an_action(characteristic="disability"),),
        (an_action(characteristic="age", state=ActionState.DROPPED),),
    ],
)
def test_mitigation_without_an_action_for_the_group_is_noticed(kept):
    advice = only(good(actions=kept))
    assert (advice.rule, advice.where, advice.characteristics) == (
        "mitigation_not_promised",
        "actions",
        ("age",),
    )


@pytest.mark.parametrize(
    "loose",
    [
        an_action(has_lead=False, leads=()),
        an_action(target=a_target("to be agreed", kind=TargetKind.UNKNOWN)),
    ],
)
def test_mitigation_whose_action_has_no_lead_or_date_is_noticed(loose):
    advice = only(good(actions=(loose,)))
    assert advice.rule == "mitigation_not_promised"
    assert "no lead, or no date" in advice.sentence()


@pytest.mark.parametrize(
    "said",
    [
        "We will monitor the impact.",
        "Adjustments will be made where possible.",
        "The service will consider requests. Officers will signpost tenants to other help.",
    ],
)
def test_mitigation_that_only_monitors_or_considers_is_vague(said):
    advice = only(good_but({"impact.impact.mitigation@age": said}))
    assert (advice.rule, advice.characteristics) == ("vague_mitigation", ("age",))


@pytest.mark.parametrize(
    "said",
    [
        "We will monitor the impact. The telephone line stays open.",
        "Wardens look into it with each of the 40 tenants before June.",
    ],
)
def test_mitigation_that_says_what_will_be_different_is_not_vague(said):
    assert advise(good_but({"impact.impact.mitigation@age": said}), TODAY) == ()


@pytest.mark.parametrize(
    "dates",
    [
        {"decision_on": date(2026, 3, 1)},
        {"decision_on": date(2026, 5, 31)},
        {"decision_on": date(2026, 2, 1), "approved_on": date(2026, 2, 2)},
    ],
)
def test_a_decision_before_approval_is_noticed(dates):
    advice = only(good(**dates))
    assert (advice.rule, advice.where, advice.severity) == (
        "decided_before_approval",
        "details",
        Severity.SERIOUS,
    )


def test_a_target_in_the_month_of_the_decision_may_be_too_late():
    advice = only(good(decision_on=date(2026, 6, 17)))
    assert (advice.rule, advice.severity) == ("decided_before_approval", Severity.WORTH_A_LOOK)
    assert "may turn out to be after" in advice.sentence()


@pytest.mark.parametrize(
    "dates",
    [
        {"decision_on": None},
        {"decision_on": date(2026, 6, 30)},
        {"decision_on": TODAY, "target": None},
        {"decision_on": date(2026, 2, 1), "approved_on": date(2026, 2, 1)},
    ],
)
def test_approval_in_time_is_left_alone(dates):
    assert advise(good(**dates), TODAY) == ()
