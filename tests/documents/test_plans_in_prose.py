"""A plan without a table: lists under themes become drafts, and nothing vague passes for a date."""

from datetime import date
from pathlib import Path

import pytest

from eia.documents.plan_reading import plan_text, read_plan
from eia.domain.plan import PlanRead
from eia.domain.target_date import TargetKind

PLAN = Path(__file__).parent.parent / "fixtures" / "plans" / "northbeck-improvement-2011.txt"


@pytest.fixture(scope="module")
def plan() -> PlanRead:
    """An invented council's report."""
    return read_plan(plan_text(PLAN.read_bytes()))


@pytest.fixture(scope="module")
def salford(seeds: Path) -> PlanRead:
    """The real report."""
    return read_plan(plan_text((seeds / "salford-improvement-plan-2009.txt").read_bytes()))


def test_what_is_recommended_under_each_theme_is_a_draft_action(plan: PlanRead) -> None:
    assert [(each.heading, each.text[:24]) for each in plan.actions] == [
        ("3.1 Listening", "Map every consultation t"),
        ("3.1 Listening", "Find the voices that are"),
        ("3.1 Listening", "Publish what changed by "),
        ("3.2 Services", "Drive forward impact ass"),
        ("3.2 Services", "Train every manager in 2"),
        ("3.3 Partners", "It is recommended that t"),
        ("3.4 Governance", "The panel is reviewed fo"),
        ("3.4 Governance", "That a further review is"),
    ]
    assert all(each.is_draft for each in plan.actions)
    assert plan.problems[0].startswith("No action table was found. 8 draft actions")


def test_times_are_taken_from_the_words_and_vague_ones_are_marked(plan: PlanRead) -> None:
    assert [(each.target.raw, each.target.kind, each.target.latest) for each in plan.actions] == [
        ("by the end of September 2011", TargetKind.BY, date(2011, 9, 30)),
        ("", TargetKind.UNKNOWN, None),
        ("by 31.3.12", TargetKind.BY, date(2012, 3, 31)),
        ("along the agreed timetable", TargetKind.UNKNOWN, None),
        ("in 2011/12", TargetKind.FINANCIAL_YEAR, date(2012, 3, 31)),
        ("at an early stage", TargetKind.UNKNOWN, None),
        ("for the next municipal year", TargetKind.UNKNOWN, None),
        ("before the 2012/13 municipal year", TargetKind.BY, date(2012, 4, 30)),
    ]
    unknown = [each for each in plan.actions if each.target.raw and each.target.latest is None]
    assert all(any("does not say when" in problem for problem in each.problems) for each in unknown)


def test_a_second_time_is_asked_about(plan: PlanRead) -> None:
    assert "Another time is named beside it: 'by June 2012'." in plan.actions[2].problems


def test_a_time_above_a_list_stands_for_its_items_and_says_so() -> None:
    read = read_plan(
        "Northbeck action plan 2011/12\n\nStaff\nWe must in the short term:\n- train everybody\n"
    )

    assert read.actions[0].target.raw == "in the short term"
    assert any("above the whole list" in problem for problem in read.actions[0].problems)


def test_a_sentence_cut_by_its_line_is_whole_again(plan: PlanRead) -> None:
    assert plan.actions[0].text.endswith("by the end of September 2011 and say who was heard.")


def test_labels_of_a_list_are_kept(plan: PlanRead) -> None:
    assert [each.label for each in plan.actions[3:5]] == ["1)", "2)"]


@pytest.mark.parametrize(
    "words",
    [
        "is in a list that promises nothing: 'Trust'",
        "may promise something outside a list: 'This needs to be re-assessed.'",
        "point to 'Appendix B', which is not in this file",
    ],
)
def test_what_was_left_out_is_listed(plan: PlanRead, words: str) -> None:
    assert any(words in problem for problem in plan.problems)


def test_only_the_plan_itself_is_read(plan: PlanRead) -> None:
    assert not any("keep its promises" in each.text or "None is" in each.text for each in plan.actions)


def test_bullets_right_under_a_theme_need_no_introduction() -> None:
    read = read_plan(
        "Tarnside equality plan 2012/13\n\nHousing\n\n- Fit ramps by May 2012\n\nStaff:\n- Train all\n"
    )

    assert [(each.heading, each.target.latest) for each in read.actions] == [
        ("Housing", date(2012, 5, 31)),
        ("Staff", None),
    ]


def test_bullets_of_a_text_that_is_no_plan_are_no_actions() -> None:
    read = read_plan("Minutes of the panel\n\nWe agreed to:\n\n- meet again\n- bring cake\n")

    assert (read.actions, len(read.problems)) == ((), 1)


def test_the_real_bullets_stand_under_five_themes(salford: PlanRead) -> None:
    themes = [each.heading for each in salford.actions]

    assert [themes.count(f"4.{number} {name}") for number, name in enumerate(
        ["The Partnership Dimension", "Information and Community Mapping", "Consultation", "Service Delivery",
         "Governance and Leadership"], start=1)] == [1, 4, 4, 5, 8]  # fmt: skip
    assert len(themes) == 22
    assert all(each.is_draft for each in salford.actions)


def test_the_real_vague_times_are_marked(salford: PlanRead) -> None:
    times = [(each.target.raw, each.target.kind) for each in salford.actions if each.target.raw]

    assert times.count(("in the short term", TargetKind.UNKNOWN)) == 5
    assert ("at an early stage", TargetKind.UNKNOWN) in times
    assert ("along the agreed timetable", TargetKind.UNKNOWN) in times
    assert ("for the next Municipal Year", TargetKind.UNKNOWN) in times
    dated = [each.target.latest for each in salford.actions if each.target.latest]
    assert dated == [date(2010, 3, 31), date(2010, 3, 31), date(2010, 4, 30)]


def test_the_real_report_without_its_appendix_says_so(seeds: Path) -> None:
    read = read_plan(plan_text((seeds / "kent-communities-2009.txt").read_bytes()))

    assert (read.actions, read.assessments, read.conflicts) == ((), (), ())
    assert "No action table was found" in read.problems[0]
    assert any("'Appendix A', which is not in this file" in problem for problem in read.problems)
