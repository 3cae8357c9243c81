"""A plan of many tables: what stands above each, what points elsewhere, and what contradicts it."""

import csv
import io
import json
import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eia.documents.plan_reading import plan_as_json, plan_text, read_pieces, read_plan
from eia.documents.plan_reading.layout import Cells, Role, Words
from eia.domain.action import LeadRole, PartyKind
from eia.domain.plan import PlanAction, PlanRead
from eia.domain.target_date import TargetKind

PLAN = Path(__file__).parent.parent / "fixtures" / "plans" / "wexmoor-tarnside-2012-14.md"
TITLE = "Equality action plan 2010/11"


@pytest.fixture(scope="module")
def plan() -> PlanRead:
    """Two invented councils' answer to their peers."""
    return read_plan(plan_text(PLAN.read_bytes()))


@pytest.fixture(scope="module")
def high_peak(seeds: Path) -> PlanRead:
    """The real answer of two councils, thirteen tables long."""
    return read_plan(plan_text((seeds / "high-peak-staffordshire-moorlands-2009-11.txt").read_bytes()))


def under(plan: PlanRead, heading: str) -> list[PlanAction]:
    return [each for each in plan.actions if each.heading == heading]


def leads(action: PlanAction) -> list[str]:
    return [lead.name for lead in action.leads]


def bars(*rows: str, header: str = "Action | Target date | Lead | Outcome") -> PlanRead:
    marks = "|".join(["---"] * (header.count("|") + 1))
    return read_plan("\n".join([TITLE, "", f"| {header} |", f"|{marks}|", *(f"| {row} |" for row in rows)]))


def test_every_action_of_every_table_stands_under_its_headings(plan: PlanRead) -> None:
    assert [(each.heading, each.label) for each in plan.actions] == [
        ("A. Knowing your communities – Profiles", "(i)"),
        ("A. Knowing your communities – Profiles", "(ii)"),
        ("A. Knowing your communities – Profiles", "(iv)"),
        ("B. Leadership – Impact Assessments", "(i)"),
        ("B. Leadership – Impact Assessments", "(ii)"),
        ("B. Leadership – Impact Assessments", "(iii)"),
        ("B. Leadership – Champions", "(a)"),
        ("B. Leadership – Champions", "(a)"),
        ("C. Services – Impact Assessments", ""),
        ("Services – Front desk", "(i-ii)"),
    ]


def test_the_title_is_not_a_heading_of_the_first_table(plan: PlanRead) -> None:
    assert plan.title == "Wexmoor and Tarnside Peer Challenge Action Plan 2012-2014"
    assert (plan.period_from, plan.period_to) == (date(2012, 4, 1), date(2014, 3, 31))


def test_paragraphs_and_dates_of_one_cell_belong_to_its_labels_in_order(plan: PlanRead) -> None:
    first, second, third = under(plan, "A. Knowing your communities – Profiles")

    assert first.text == "Agree one form of questions for both councils\nInclude carers in it"
    assert second.text == "Publish the profiles (see the guide)"
    assert [each.target.raw for each in (first, second, third)] == ["30.6.12", "autumn 2012", "30.11.12"]
    assert [lead.role for lead in third.leads] == [LeadRole.JOINT, LeadRole.JOINT]


def test_names_that_lost_their_line_breaks_are_matched_in_order_and_asked(plan: PlanRead) -> None:
    first, second, _ = under(plan, "B. Leadership – Impact Assessments")

    assert [leads(first), leads(second)] == [["Orla Fennimore"], ["Tobias Quill"]]
    assert [first.target.latest, second.target.latest] == [date(2013, 3, 31), date(2013, 10, 31)]
    assert any("matched to the 2 actions in order" in problem for problem in first.problems)


def test_a_name_run_together_with_a_group_is_parted_and_asked(plan: PlanRead) -> None:
    first, _ = under(plan, "B. Leadership – Champions")

    assert [(lead.name, lead.party) for lead in first.leads] == [
        ("Orla Fennimore", PartyKind.UNCLEAR),
        ("Equality Champions", PartyKind.GROUP),
    ]
    assert any("is read as Orla Fennimore and Equality Champions" in problem for problem in first.problems)


def test_as_above_is_read_from_the_row_above_and_a_blank_is_asked(plan: PlanRead) -> None:
    third = under(plan, "B. Leadership – Impact Assessments")[2]

    assert leads(third) == ["Orla Fennimore", "Tobias Quill"]
    assert any(problem.startswith("'as above' is read as") for problem in third.problems)
    assert (third.target.kind, third.target.raw) == (TargetKind.UNKNOWN, "")
    assert any("the row above says '31.03.13 31.10.13'" in problem for problem in third.problems)


def test_a_blank_under_another_heading_takes_nothing_from_the_table_before(plan: PlanRead) -> None:
    front = under(plan, "Services – Front desk")[0]

    assert not any("row above" in problem for problem in front.problems)
    assert "A lead is to be confirmed." in front.problems


def test_recommendations_are_linked_by_label_many_to_many(plan: PlanRead) -> None:
    profiles = under(plan, "A. Knowing your communities – Profiles")
    champions = under(plan, "B. Leadership – Champions")
    desk = under(plan, "Services – Front desk")[0]

    assert [[each.label for each in action.recommendations] for action in profiles] == [
        ["(i)"], ["(ii)"], ["(iv)"],
    ]  # fmt: skip
    assert champions[0].recommendations == champions[1].recommendations
    assert champions[0].recommendations[0].text == "Give the champions a role"
    assert [each.label for each in desk.recommendations] == ["(i)", "(ii)"]


def test_a_recommendation_goes_on_in_its_next_line(plan: PlanRead) -> None:
    texts = [each.text for each in plan.recommendations]

    assert "Share what is learned with the partnership and with the parish councils" in texts
    assert len(texts) == 10


def test_a_recommendation_that_nothing_answers_is_named() -> None:
    read = read_plan(
        f"{TITLE}\n\nA. Voices\n\nRECOMMENDATION\n\n- (i) Listen\n- (ii) Answer\n\n"
        "| Action | Target date | Lead |\n|--|--|--|\n"
        "| (i) Ask | May 2010 | A Smith |\n| Tell | May 2010 | B Hall |"
    )

    assert "No action is labelled as an answer to recommendation (ii) under 'A. Voices'." in read.problems
    assert any("Which of the recommendations" in problem for problem in read.actions[1].problems)


def test_a_row_that_points_to_another_says_where_it_was_found(plan: PlanRead) -> None:
    beside = under(plan, "A. Knowing your communities – Profiles")[2]
    elsewhere = under(plan, "C. Services – Impact Assessments")[0]

    assert any("'See (ii) above', found at line 20" in problem for problem in beside.problems)
    assert any("found at lines 33, 34" in problem for problem in elsewhere.problems)


def test_a_date_against_those_it_points_to_is_one_conflict(plan: PlanRead) -> None:
    (conflict,) = plan.conflicts

    assert conflict.subject == "Impact Assessments"
    assert conflict.values == ("31.03.13", "31.10.13", "30.09.13")
    assert [claim.passage.first_line for claim in conflict.claims] == [33, 33, 55]
    assert str(conflict) in plan.doubts


def test_the_same_promise_with_two_dates_is_a_conflict_and_with_one_is_none() -> None:
    row = "Train all the managers in equality | {} | A Smith | Done"

    assert bars(row.format("May 2010"), row.format("May 2010")).conflicts == ()
    (conflict,) = bars(row.format("May 2010"), row.format("31.12.10")).conflicts
    assert conflict.values == ("May 2010", "31.12.10")


def test_a_conflict_is_printed_with_its_passages(plan: PlanRead) -> None:
    (printed,) = plan_as_json(plan)["conflicts"]

    assert list(printed) == ["subject", "values", "passages"]
    assert printed["passages"][2] == {
        "lines": [55, 55],
        "heading": "C. Services – Impact Assessments",
        "label": "",
        "value": "30.09.13",
    }


@pytest.mark.parametrize(
    "words",
    [
        "The table at line 62 was not read: 'Task Cost'.",
        "Line 60 was not read as part of the table: 'The desk is shared since 2011.'",
    ],
)
def test_what_was_not_read_is_listed(plan: PlanRead, words: str) -> None:
    assert any(problem.startswith(words[:-2]) for problem in plan.problems)


def test_progress_is_kept_and_said(plan: PlanRead) -> None:
    first = plan.actions[0]

    assert first.progress == "Form agreed"
    assert "Its progress is written as 'Form agreed'." in first.problems


def test_a_bar_inside_a_cell_is_no_new_cell(plan: PlanRead) -> None:
    assert plan.actions[-1].text == "Open the desk from eight to eight, by | with appointment"


@pytest.mark.parametrize(
    "header",
    [
        "Action | Target date | Lead | Outcome",
        "What | By when | Who | Measure of success",
        "Tasks | Milestones | Responsibility | Performance indicator",
        "Detailed action | Target deadline | Lead officer | Expected outcome",
        "Activity | Priority target | Resources | Success measure",
        "Action | Target | Resources/ Lead | Impact",
        "Actions | Timescale | Owner | Planned outcome / Performance indicator",
    ],
)
def test_columns_are_known_by_many_names(header: str) -> None:
    (read,) = bars("1.1 Do it. | May 2010 | A Smith | Done.", header=header).actions

    assert (read.label, read.target.raw, leads(read), read.outcome) == (
        "1.1",
        "May 2010",
        ["A Smith"],
        "Done.",
    )


def test_a_date_that_stands_in_the_outcome_is_asked_about_and_not_taken() -> None:
    (read,) = bars("1.1 Do it soon | | A Smith | All done by May 2010").actions

    assert read.target.latest is None
    assert "Its outcome may hold its date: 'by May 2010'." in read.problems
    assert "Its words may hold its date: 'soon'." in read.problems


def test_resources_are_leads_only_where_no_other_column_is() -> None:
    (read,) = bars(
        "1.1 Do it. | May 2010 | Two weeks | A Smith", header="Action | By when | Resources | Lead"
    ).actions

    assert leads(read) == ["A Smith"]


@pytest.mark.parametrize(
    ("cell", "labels"),
    [
        ("(i) One thing (ii) Another thing", ["(i)", "(ii)"]),
        ("(i) One thing (i) Another thing (iii) A third", ["(i)", "(i)", "(iii)"]),
        ("(a) One thing (b) another thing", ["(a)", "(b)"]),
        ("(h) One thing (i) another thing", ["(h)", "(i)"]),
        ("(1) One thing (2) Another thing", ["(1)", "(2)"]),
        ("(i) As recommended under (ii) Above all", ["(i)"]),
        ("(i) Review the scheme (a) at once (b) for ever", ["(i)"]),
        ("(i) Write it (v) Not the next", ["(i)"]),
        ("(i-iii) All of them (iv) The next", ["(i-iii)", "(iv)"]),
        ("Do it (i) now (ii) later", [""]),
    ],
)
def test_labels_in_a_cell_part_its_actions_where_they_go_on(cell: str, labels: list[str]) -> None:
    assert [each.label for each in bars(f"{cell} | May 2010 | A Smith | Done").actions] == labels


def test_a_heading_repeated_over_a_page_break_is_no_section() -> None:
    header = "Action\tTarget date\tLead\tOutcome"
    read = read_plan(
        f"{TITLE}\n{header}\n1.1 Do\tMay 2010\tA Smith\tx\nLost words\n{header}\n1.2 Do\tMay 2010\tA Smith\tx"
    )

    assert {each.heading for each in read.actions} == {""}
    assert any("'Lost words'" in problem for problem in read.problems)


@pytest.mark.parametrize("mark", [",", ";"])
def test_csv_gives_what_tabs_give(mark: str) -> None:
    rows = [
        ["Action", "Target date", "Lead officer", "Outcome"],
        ["(i) One, with care\n(ii) Two", "31.3.10\n30.6.10", "A Smith", 'A "good" result; soon'],
        ["(iii) Three", "Autumn 2010", "B Jones", "Done"],
    ]
    as_csv = "\n".join(mark.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    as_tabs = "\n".join(
        "\t".join(
            "".join(f"<p>{part}</p>" for part in cell.split("\n")) if "\n" in cell else cell for cell in row
        )
        for row in rows
    )
    from_csv, from_tabs = read_plan(f"{TITLE}\n\n{as_csv}"), read_plan(f"{TITLE}\n\n{as_tabs}")

    assert [(each.label, each.text, each.target, each.leads, each.outcome) for each in from_csv.actions] == [
        (each.label, each.text, each.target, each.leads, each.outcome) for each in from_tabs.actions
    ]
    assert len(from_csv.actions) == 3
    assert from_csv.title == TITLE


def test_no_page_break_cuts_a_row_of_csv() -> None:
    read = read_plan(f"{TITLE}\nAction,By when,Lead\nask,,A Smith\nanswer them,May 2010,B Jones\n")

    assert [each.text for each in read.actions] == ["ask", "answer them"]
    assert any("No target date" in problem for problem in read.actions[0].problems)


def test_two_rows_with_dates_are_two_actions_however_they_begin() -> None:
    read = bars("ask people | May 2010 | A Smith | Done", "answer them | June 2010 | A Smith | Done")

    assert [each.target.raw for each in read.actions] == ["May 2010", "June 2010"]


def as_rows(text: str, mark: str) -> str:
    """Markdown tables with their cells parted by another mark, everything else as it was."""
    lines = [line for line in text.split("\n") if not re.fullmatch(r"\|[|:\s-]+", line)]
    rows = [
        [cell.strip() for cell in line.strip("| ").split("|")] if line.startswith("|") else [line]
        for line in lines
    ]
    if mark == "\t":
        return "\n".join("\t".join(row) for row in rows)
    written = io.StringIO()
    csv.writer(written, delimiter=mark, lineterminator="\n").writerows(rows)
    return written.getvalue()


@pytest.mark.parametrize("mark", ["\t", ",", ";"])
def test_the_real_tables_read_the_same_whatever_parts_their_cells(
    high_peak: PlanRead, seeds: Path, mark: str
) -> None:
    text = plan_text((seeds / "high-peak-staffordshire-moorlands-2009-11.txt").read_bytes())
    read = read_plan(as_rows(text, mark))

    def told(plan: PlanRead) -> list[object]:
        return [
            (each.heading, each.label, each.text, each.target, each.leads, each.outcome)
            for each in plan.actions
        ]

    assert told(read) == told(high_peak)
    assert [each.values for each in read.conflicts] == [each.values for each in high_peak.conflicts]


def test_any_reader_that_lays_out_pieces_is_interpreted_alike() -> None:
    pieces = (
        Words(line=1, text=TITLE, role=Role.HEADING),
        Words(line=2, text="Housing", role=Role.HEADING),
        Cells(line=3, cells=("Action", "By when", "Lead"), is_header=True),
        Cells(line=4, cells=("1.1 Fit ramps\n1.2 Widen doors", "May 2010\nJune 2010", "A Smith")),
    )

    read = read_pieces(pieces)

    assert [(each.heading, each.label, each.target.raw) for each in read.actions] == [
        ("Housing", "1.1", "May 2010"),
        ("Housing", "1.2", "June 2010"),
    ]


def test_prose_with_commas_is_no_csv() -> None:
    read = read_plan("Action, target date, lead, outcome\nwere all discussed.\n")

    assert read.actions == ()


HEAD = "| Action | Target date | Lead | Outcome |\n|--|--|--|--|\n"
HOSTILE = {
    "thousands of labels": HEAD + "| " + "(i) Do it " * 60_000 + "| May 2010 | A | x |",
    "thousands of sections": "".join(f"A. {n}\n\n{HEAD}|a|May 2010|A Smith|x|\n" for n in range(2_000)),
    "thousands that point": f"C. It\n\n{HEAD}" + "|See all under 'C'|May 2010|A Smith|x|\n" * 4_000,
    "thousands of names": HEAD + "".join(f"|a|May|Ann H{'o' * n} Hal Lee|x|\n" for n in range(900)),
    "bars without end": HEAD + "|-" * 400_000,
    "one quote": 'Action,By when,Lead\n"a,May 2010,A Smith\n' + "b,May 2010,A Smith\n" * 20_000,
    "thousands of bullets": "Staff\n" + "- Train by May 2010\n" * 60_000,
    "one sentence without end": "Staff\n" + "and so on\n" * 150_000,
}


ODD = [
    "| Action | Target date | Lead |",
    "|--|--|--|",
    "|(i) Do (ii) Do|May 2010|Ann Hall Tom Reed|",
    "|see (i) above|as above||",
    "A. Voices",
    "RECOMMENDATION",
    "- (i) Listen",
    "Action,By when,Lead",
    '"a',
    "1 A plan",
    "\t3.1",
    "We must:",
    "- ask by May 2010",
    "That is so",
    "Action\tBy when\tLead",
]
LINES = st.lists(st.one_of(st.text(max_size=30), st.sampled_from(ODD)), max_size=12)


@given(LINES)
def test_no_mixture_of_tables_and_prose_breaks_the_reading(lines: list[str]) -> None:
    read = read_plan("\n".join(lines))

    json.dumps(plan_as_json(read))
    for each in read.actions:
        assert each.target.latest is None or each.target.raw


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_read_soon(text: str) -> None:
    started = time.process_time()

    read = read_plan(f"{TITLE}\n\n{text}")

    assert time.process_time() - started < 5
    assert read.title == TITLE


def test_the_real_tables_give_every_action_under_thirteen_headings(high_peak: PlanRead) -> None:
    tables = {each.passage.first_line for each in high_peak.actions}

    assert (len(tables), len(high_peak.actions), high_peak.assessments) == (13, 31, ())
    assert len({each.heading for each in high_peak.actions}) == 12
    lines = [each.passage.first_line for each in high_peak.actions]
    assert [lines.count(line) for line in sorted(tables)] == [
        3, 3, 2, 3, 3, 4, 4, 1, 1, 1, 1, 1, 4,
    ]  # fmt: skip


def test_the_real_tables_labels_are_kept_as_printed(high_peak: PlanRead) -> None:
    labels = [each.label for each in high_peak.actions]

    assert labels[8:11] == ["(i)", "(i)", "(ii)"]
    assert labels[14:18] == ["(iv)", "(vi)", "(vii)", "(viii)"]
    assert (labels[23], labels[24], labels[25:27]) == ("(i-vi)", "(i-iii)", ["", ""])


def test_the_real_tables_dates_are_days(high_peak: PlanRead) -> None:
    assert {each.target.kind for each in high_peak.actions} == {TargetKind.DAY}
    assert [each.target.raw for each in high_peak.actions[:3]] == ["31.3.10", "30.06.10", "31.03.10"]
    late = [each for each in high_peak.actions if each.target.latest == date(2010, 9, 30)]
    assert len(late) == 7


def test_the_real_tables_leads_are_all_read(high_peak: PlanRead) -> None:
    counts = [len(each.leads) for each in high_peak.actions]

    assert counts == [2] * 6 + [1] * 5 + [2] * 3 + [1] * 4 + [2] * 4 + [1, 2, 2, 1, 1, 1, 1, 1, 1]
    assert not any("No lead" in problem for each in high_peak.actions for problem in each.problems)


def test_the_real_contradiction_is_one_conflict(high_peak: PlanRead) -> None:
    (conflict,) = high_peak.conflicts

    assert conflict.subject == "Equality Impact Assessments"
    assert conflict.values == ("31.03.10", "30.09.10")


def test_the_real_recommendations_are_linked(high_peak: PlanRead) -> None:
    assert len(high_peak.recommendations) == 40
    assert all(each.recommendations for each in high_peak.actions)
    assert [len(each.recommendations) for each in high_peak.actions if each.label == "(i-vi)"] == [6]


def test_nothing_in_the_real_tables_is_left_unread(high_peak: PlanRead) -> None:
    assert not any("not read" in problem for problem in high_peak.problems)
