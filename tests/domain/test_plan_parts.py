"""Headings have levels with printed labels; doubts ask or only tell; actions of two versions are matched."""

from __future__ import annotations

import pytest

from eia.domain.action import PartyKind
from eia.domain.plan import Passage, PlanAction, PlanLead
from eia.domain.plan_doubt import Sureness, asking, sureness_of
from eia.domain.plan_heading import levels_of
from eia.domain.plan_match import matched
from eia.domain.target_date import financial_year, parse_target


@pytest.mark.parametrize(
    ("heading", "levels"),
    [
        ("", []),
        ("Priority 1 Know our communities", [("Priority 1", "Know our communities")]),
        ("A. Leadership – Equality Scheme", [("A.", "Leadership"), ("", "Equality Scheme")]),
        ("4.2 Information", [("4.2", "Information")]),
        ("A modern and diverse workforce", [("", "A modern and diverse workforce")]),
    ],
)
def test_a_heading_has_levels_and_each_its_printed_label(heading, levels) -> None:
    assert [(level.label, level.title) for level in levels_of(heading)] == levels


def action(target: str = "31.3.10", **more: object) -> PlanAction:
    given = {
        "label": "1.1",
        "heading": "",
        "text": "Print letters large",
        "target": parse_target(target, period=financial_year(2009)),
        "leads": (PlanLead(name="A Abbot"),),
        "passage": Passage(first_line=1, last_line=1),
    }
    return PlanAction(**(given | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "sureness"),
    [
        (action(), Sureness.SURE),
        (action(problems=("Joined from lines 3 to 5, cut by a page break.",)), Sureness.LIKELY),
        (action(leads=(PlanLead(name="A Abbot", inherited=True),)), Sureness.LIKELY),
        (action(leads=(PlanLead(name="As above", party=PartyKind.UNCLEAR),)), Sureness.LIKELY),
        (action(leads=()), Sureness.ASK),
        (action(target=""), Sureness.ASK),
        (action(target="soon"), Sureness.ASK),
        (action(is_draft=True), Sureness.ASK),
        (action(text=" "), Sureness.ASK),
        (action(problems=("A doubt that nobody thought of yet.",)), Sureness.ASK),
        (action(problems=("Joined from lines 3 to 5, cut.", "A lead is to be confirmed.")), Sureness.ASK),
    ],
)
def test_an_action_is_as_sure_as_its_least_sure_part_and_an_unknown_doubt_asks(found, sureness) -> None:
    assert sureness_of(found) is sureness


def test_what_only_tells_is_not_asked() -> None:
    assert asking(("It has no label.", "No lead is named.")) == ("No lead is named.",)


@pytest.mark.parametrize(
    ("older", "newer", "pairs"),
    [
        ([("1", "Print")], [("1", "Print")], {0: 0}),
        ([("1", "Print"), ("2", "Ask")], [("2", "Print"), ("1", "Ask")], {0: 0, 1: 1}),
        ([("1", "Print")], [("1", "Print, and read aloud")], {0: 0}),
        ([("(i)", "Print"), ("(i)", "Ask")], [("(i)", "Ask"), ("(i)", "Print")], {0: 1, 1: 0}),
        ([("", "Print")], [("", "Something else")], {}),
        ([("1", "Print")], [("1", "Print"), ("1", "Print")], {0: 0}),
    ],
)
def test_an_action_is_found_again_by_its_label_and_words(older, newer, pairs) -> None:
    assert matched(older, newer) == pairs
