"""Plans are read as people wrote them, and every doubt is said."""

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eia.documents.plan_reading import plan_as_json, plan_text, read_plan
from eia.domain.action import LeadRole, PartyKind
from eia.domain.errors import Invalid
from eia.domain.plan import PlanAction, PlanRead
from eia.domain.target_date import TargetKind, financial_year, parse_period

HEADER = "Priority\tAction\tTarget date\tOutcome"


@pytest.fixture(scope="module")
def plan() -> PlanRead:
    """A plan of an invented council, with what page breaks and merged cells do to one."""
    path = Path(__file__).parent.parent / "fixtures" / "plans" / "lindenvale-housing-2010-11.txt"
    return read_plan(plan_text(path.read_bytes()))


@pytest.fixture(scope="module")
def dudley(seeds: Path) -> PlanRead:
    """The real plan, as it was published."""
    text = plan_text((seeds / "dudley-finance-2008-09.txt").read_bytes())
    return read_plan(text, period=parse_period("2008/09"))


def action(plan: PlanRead, label: str) -> PlanAction:
    return next(item for item in plan.actions if item.label == label)


def table(*rows: str, header: str = HEADER) -> PlanRead:
    return read_plan("\n".join(["Equality action plan 2010/11", header, *rows]))


def test_every_action_is_found_under_its_label(plan: PlanRead) -> None:
    assert [item.label for item in plan.actions] == [
        f"Action {label}" for label in ("A.1", "B.1", "B.2", "B.3", "B.4", "B.5", "C.1", "C.2", "C.3")
    ]


def test_the_title_gives_the_period(plan: PlanRead) -> None:
    assert plan.title == "Housing and Communities Equality Action Plan 2010/11"
    assert (plan.period_from, plan.period_to) == (date(2010, 4, 1), date(2011, 3, 31))


def test_a_period_that_is_given_wins_over_the_title() -> None:
    read = read_plan(f"Plan 2010/11\n{HEADER}\n\tDo it.\tMarch\t", period=financial_year(2012))

    assert read.actions[0].target.latest == date(2013, 3, 31)


def test_leads_are_parted_from_the_heading_they_stand_behind(plan: PlanRead) -> None:
    first = action(plan, "Action B.1")

    assert first.heading == "Priority B Know who our tenants are"
    assert [(lead.name, lead.post, lead.inherited) for lead in first.leads] == [
        ("R. Okonjo", "Head of Housing", True)
    ]


def test_a_lead_beside_an_action_replaces_the_headings_lead_for_that_action_only(plan: PlanRead) -> None:
    own, following = action(plan, "Action B.4"), action(plan, "Action B.5")

    assert [(lead.name, lead.role) for lead in own.leads] == [
        ("D O'Dell", LeadRole.JOINT),
        ("T Greenhalgh", LeadRole.JOINT),
    ]
    assert [lead.name for lead in following.leads] == ["R. Okonjo"]
    assert any("not from the row above" in problem for problem in following.problems)


def test_a_row_cut_by_a_page_is_one_action_again(plan: PlanRead) -> None:
    cut = action(plan, "Action B.3")

    assert cut.text == "Offer letters in large print and in the five languages most used in the district."
    assert (cut.target.raw, cut.outcome) == ("Q3 2010/11", "Fewer missed appointments.")
    assert (cut.passage.first_line, cut.passage.last_line) == (20, 23)
    assert any("cut by a page break" in problem for problem in cut.problems)


def test_two_actions_in_a_cell_take_dates_and_outcomes_by_position(plan: PlanRead) -> None:
    first, second = action(plan, "Action B.1"), action(plan, "Action B.2")

    assert (first.target.kind, first.outcome) == (TargetKind.FROM, "Nine in ten tenancies recorded.")
    assert (second.target.raw, second.outcome) == ("Autumn 2010 (tbc)", "Report published.")
    assert second.target.provisional


def test_one_date_beside_two_actions_stands_for_both_and_says_so(plan: PlanRead) -> None:
    for label in ("Action C.1", "Action C.2"):
        assert action(plan, label).target.kind is TargetKind.ONGOING
        assert any("beside 2 actions" in problem for problem in action(plan, label).problems)


def test_a_blank_target_is_unknown_and_asked_for(plan: PlanRead) -> None:
    blank = action(plan, "Action B.4")

    assert (blank.target.kind, blank.target.latest) == (TargetKind.UNKNOWN, None)
    assert "No target date is given." in blank.problems


def test_groups_and_posts_are_told_from_people(plan: PlanRead) -> None:
    assert [lead.party for lead in action(plan, "Action C.1").leads] == [PartyKind.GROUP]
    assert [lead.party for lead in action(plan, "Action C.3").leads] == [PartyKind.POST]
    assert any("'All service managers' names a group" in problem for problem in plan.problems)


def test_assessments_take_dates_and_leads_by_position(plan: PlanRead) -> None:
    assert [(item.subject, item.due, item.lead_name) for item in plan.assessments] == [
        ("Repairs service", date(2010, 6, 30), "R Okonjo"),
        ("Allocations policy", date(2010, 9, 30), "P. Ashworth-Lee"),
        ("Warden service", date(2011, 1, 31), None),
    ]
    assert {item.support for item in plan.assessments} == {("T Greenhalgh",)}


def test_the_dates_of_a_list_are_called_by_its_items(plan: PlanRead) -> None:
    names = [milestone.name for milestone in action(plan, "Action A.1").target.milestones]

    assert names == ["Repairs service", "Allocations policy (jointly with the county)", "Warden service"]


@pytest.mark.parametrize(
    "words",
    [
        "This line fell out of the table.",
        "A cell too many",
        "'R Okonjo' and 'R. Okonjo' look like one person",
        "Warden service: Its lead is to be confirmed",
        "jointly with the county",
    ],
)
def test_what_was_not_read_for_certain_is_listed(plan: PlanRead, words: str) -> None:
    assert any(words in problem for problem in plan.doubts)


def test_page_numbers_and_running_titles_are_no_loss(plan: PlanRead) -> None:
    assert not any("Page 1 of 3" in problem for problem in plan.problems)


def test_text_without_a_table_says_so() -> None:
    read = read_plan("Dear all,\n\nWe shall consult in March 2010.\n")

    assert (read.actions, read.assessments) == ((), ())
    assert "No action table was found" in read.problems[0]


@pytest.mark.parametrize(
    ("cell", "words", "names"),
    [
        ("Priority 1 Support IT Services", "Priority 1 Support IT Services", []),
        ("Priority 1 Improve ICT Services A Smith", "Priority 1 Improve ICT Services", ["A Smith"]),
        ("Priority 1 Reach out É Ó'Neill", "Priority 1 Reach out", ["É Ó'Neill"]),
        ("Priority 1 Reach out JR McBride & E O'Neill", "Priority 1 Reach out", ["JR McBride", "E O'Neill"]),
        (
            "Priority 1 Review the role of Equality Officer",
            "Priority 1 Review the role of Equality Officer",
            [],
        ),
        (
            "Priority 1 Plan ahead Head of Housing and Benefits",
            "Priority 1 Plan ahead",
            ["Head of Housing and Benefits"],
        ),
        ("Priority 1 Plan ahead (A Smith)", "Priority 1 Plan ahead", ["A Smith"]),
        ("Priority 1 Plan ahead Lead officer: A Smith", "Priority 1 Plan ahead", ["A Smith"]),
        ("Priority 1 Act on the review by A Smith", "Priority 1 Act on the review by A Smith", []),
        ("Priority 1 Plan ahead TBC", "Priority 1 Plan ahead", []),
        (
            "<p>Priority 1 Plan ahead</p><p>Jane Smith / Tom Hall</p>",
            "Priority 1 Plan ahead",
            ["Jane Smith", "Tom Hall"],
        ),
    ],
)
def test_a_heading_ends_where_its_leads_begin(cell: str, words: str, names: list[str]) -> None:
    read = table(f"{cell}\tAction 1.1 Do it.\tMarch 2011\tDone.")

    assert read.actions[0].heading == words
    assert [lead.name for lead in read.actions[0].leads] == names
    assert ("No lead is named." in read.actions[0].problems) is (not names)


def test_a_heading_goes_on_after_a_page_break() -> None:
    read = table(
        "Priority 1 Plan ahead A Smith\t1.1 Do it.\tMarch 2011\tDone.",
        HEADER,
        "Priority 1 Plan ahead (continued)\t1.2 Do more.\tMarch 2011\tDone.",
    )

    assert [item.heading for item in read.actions] == ["Priority 1 Plan ahead"] * 2
    assert [lead.name for lead in read.actions[1].leads] == ["A Smith"]


def test_leads_may_have_a_column_of_their_own() -> None:
    read = table(
        "Priority 1 Plan ahead\t1.1 Do it.\tthe usual suspects\tMarch 2011",
        "\t1.2 Do more.\tA Smith, Equality Officer\tMarch 2011",
        header="Priority\tAction\tLead officer\tBy when",
    )

    assert [lead.party for lead in read.actions[0].leads] == [PartyKind.UNCLEAR]
    assert [lead.name for lead in read.actions[1].leads] == ["A Smith", "Equality Officer"]
    assert any("the usual suspects" in problem for problem in read.problems)


def test_a_lead_written_out_beside_an_action_is_no_new_heading() -> None:
    read = table(
        "Priority 1 Plan ahead A Smith\t1.1 Do it.\tMarch 2011\tDone.",
        "Jane Hall (Housing, Repairs and Wardens) / Tom Reed\t1.2 Do more.\tMarch 2011\tDone.",
        "whoever has time\t1.3 Do all.\tMarch 2011\tDone.",
    )

    assert {item.heading for item in read.actions} == {"Priority 1 Plan ahead"}
    assert [(lead.name, lead.post) for lead in read.actions[1].leads] == [
        ("Jane Hall", "Housing, Repairs and Wardens"),
        ("Tom Reed", ""),
    ]
    assert [lead.party for lead in read.actions[2].leads] == [PartyKind.UNCLEAR]
    assert any("whoever has time" in problem for problem in read.problems)


def test_leads_of_two_actions_in_a_row_are_matched_by_position() -> None:
    read = table(
        "<p>1.1 One.</p><p>1.2 Two.</p>\t<p>A Smith</p><p>B Jones</p>\tMarch 2011",
        header="Action\tLead\tBy when",
    )

    assert [[lead.name for lead in item.leads] for item in read.actions] == [["A Smith"], ["B Jones"]]


def test_labels_may_have_a_column_of_their_own() -> None:
    read = table("7a\tDo it.\tA Smith\tMarch 2011", header="Ref\tAction\tLead\tBy when")

    assert [item.label for item in read.actions] == ["7a"]


def test_dates_that_do_not_pair_up_with_actions_are_left_to_a_person() -> None:
    read = table(
        "Priority 1 Plan\t<p>1.1 One.</p><p>1.2 Two.</p><p>1.3 Three.</p>\t<p>March 2010</p><p>May 2010</p>\t"
    )

    assert [item.target.raw for item in read.actions] == ["March 2010 May 2010"] * 3
    assert all(any("2 target dates" in problem for problem in item.problems) for item in read.actions)


def test_a_column_that_was_not_read_is_named() -> None:
    read = table("Priority 1 Plan\t1.1 Do it.\tMarch 2011\t£500", header="Priority\tAction\tBy when\tCost")

    assert "The column 'Cost' was not read." in read.problems


def test_a_row_without_an_action_is_reported() -> None:
    read = table("Priority 1 Plan A Smith\t1.1 Do it.\tMarch 2011\tDone.", "\t\tJune 2011\tLost.")

    assert len(read.actions) == 1
    assert any("June 2011" in problem for problem in read.problems)


def test_lines_that_end_as_on_windows_read_the_same(plan: PlanRead) -> None:
    path = Path(__file__).parent.parent / "fixtures" / "plans" / "lindenvale-housing-2010-11.txt"

    assert read_plan(path.read_text().replace("\n", "\r\n")) == plan


def test_the_printed_shape_is_a_promise(plan: PlanRead) -> None:
    printed = json.loads(json.dumps(plan_as_json(plan)))

    assert list(printed) == ["title", "period", "actions", "assessments", "problems", "conflicts"]
    assert printed["period"] == {"from": "2010-04-01", "to": "2011-03-31"}
    assert list(printed["actions"][0]) == [
        "label", "heading", "text", "target", "leads", "outcome", "problems",
    ]  # fmt: skip
    assert list(printed["actions"][0]["target"]) == [
        "raw", "kind", "earliest", "latest", "provisional", "milestones",
    ]  # fmt: skip
    assert printed["actions"][0]["leads"][0] == {"name": "R Okonjo", "role": "lead"}
    assert printed["assessments"][2] == {"subject": "Warden service", "due": "2011-01-31", "lead": None}


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00\x00", b"%PDF-1.4\n\x00\x01", b"x" * 2_000_001])
def test_a_file_that_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        plan_text(content)
    assert "file" in refused.value.problems


def test_old_exports_in_windows_1252_are_read() -> None:
    assert plan_text("Tenants’ plan – 2010".encode("cp1252")) == "Tenants’ plan – 2010"


ROWS = st.lists(
    st.lists(
        st.one_of(
            st.text(max_size=30),
            st.sampled_from(
                [
                    "",
                    "Priority 1 Plan A Smith",
                    "1.1 Do it.",
                    "<p>",
                    "<ul>- a - b",
                    "March 2009",
                    HEADER,
                    "Action 2.1",
                ]
            ),
        ),
        max_size=6,
    ).map("\t".join),
    max_size=8,
)


@given(ROWS)
def test_no_text_breaks_the_reading(rows: list[str]) -> None:
    read = table(*rows)

    assert read.title == "Equality action plan 2010/11"
    json.dumps(plan_as_json(read))


HOSTILE = {
    "one action without end": "Priority 1 x\tAction 1.1 begin\t\t\n" + "\tand more words\t\t\n" * 5_000,
    "thousands of labels in a cell": "x\t" + "Action 1.1 a. " * 50_000 + "\tMarch 2009 \tx",
    "thousands of tabs": "x\tAction 1.1 a" + "\t" * 500_000,
    "a cell of names": "Priority 1 " + "A Smith " * 50_000 + "x\tAction 1.1 a\tMarch 2009\t",
    "tags that never end": "Priority 1 " + "<p " * 100_000 + "\tAction 1.1 a\tMarch 2009\t",
    "thousands of lost lines": "\n".join(f"lost {number}" for number in range(20_000)),
}


@pytest.mark.parametrize("rows", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_read_soon_and_said_to_be_odd(rows: str) -> None:
    started = time.process_time()

    read = table(rows)

    assert time.process_time() - started < 5
    assert read.problems or any(item.problems for item in read.actions)


def test_the_real_plan_has_its_seventeen_objectives_and_six_assessments(dudley: PlanRead) -> None:
    labels = "1.1 2.1 2.2 2.3 3.1 3.2 3.3 4.1 4.2 4.3 4.4 5.1 5.2 5.3 5.4 5.5 6.1"

    assert [item.label for item in dudley.actions] == [f"Objective {label}" for label in labels.split()]
    assert len({item.heading for item in dudley.actions}) == 6
    assert [item.due for item in dudley.assessments] == [date(2009, 3, 31)] * 3 + [date(2010, 3, 31)] * 3


def test_the_real_plans_dates_are_read_as_written(dudley: PlanRead) -> None:
    continuing = {item.label[-3:] for item in dudley.actions if item.target.kind is TargetKind.ONGOING}

    assert continuing == {"2.2", "5.1", "5.2", "5.4"}
    for item in dudley.actions:
        assert item.target.latest in (date(2009, 3, 31), date(2010, 3, 31))
        assert item.target.raw.startswith("March 2009")


def test_the_real_plans_leads_are_counted_as_named(dudley: PlanRead) -> None:
    leads = {item.label[-3:]: len(item.leads) for item in dudley.actions}

    assert leads.pop("1.1") == 6
    assert leads.pop("3.2") == 2
    assert set(leads.values()) == {1}
    assert [item.lead_name is None for item in dudley.assessments] == [False] * 5 + [True]


def test_the_real_plans_cut_objective_is_whole_again(dudley: PlanRead) -> None:
    cut = action(dudley, "Objective 5.3")

    assert cut.text.startswith("Improve employee access")
    assert cut.target.latest == date(2009, 3, 31)
    assert cut.outcome


def test_a_real_document_without_a_table_says_so(seeds: Path) -> None:
    read = read_plan(plan_text((seeds / "kent-communities-2009.txt").read_bytes()))

    assert read.actions == ()
    assert "No action table was found" in read.problems[0]
