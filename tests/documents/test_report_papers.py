"""Reports on paper: what a paper says survives being kept, and no cell of a CSV is a formula."""

from __future__ import annotations

import pytest

from eia.documents.record.as_text import as_text, from_text
from eia.documents.record.layout import lay_out
from eia.documents.record.paper import Bar, Chart, Facts, Heading, Line, Notice, Paper, Prose, Table
from eia.documents.report import words
from eia.documents.report.as_csv import neutral, written
from tests.documents.record_examples import LIBRARY, WORDS

PAPER = Paper(
    language="en",
    body="Ashmere",
    about="For everybody",
    title="Review",
    running="Review",
    page_of="Page %(page)s of %(pages)s",
    is_brief=False,
    blocks=(
        Heading(text="Figures"),
        Facts(rows=(("Period", "all"),)),
        Notice(text="Mind this"),
        Prose(text="Words", label="Label"),
        Chart(title="Shares", description="A: 1%", bars=(Bar(label="A", percent=1, text="1%"),)),
        Table(
            summary="A table",
            header=("A", "B"),
            rows=(((Line(text="x", label="y"), Line(text="z")), ()),),
            widths=(1, 2),
        ),
    ),
)


@pytest.mark.parametrize("paper", [PAPER, lay_out(LIBRARY, WORDS)])
def test_a_paper_is_read_back_as_it_was_kept(paper):
    assert from_text(as_text(paper)) == paper


def test_the_same_paper_gives_the_same_text():
    assert as_text(PAPER) == as_text(from_text(as_text(PAPER)))


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="eia-paper-1"):
        from_text('{"format": "eia-paper-2"}')


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\n=1", "  @x", "\uff1d1+1", "\u200b=1", "\u00a0=1"],
)
def test_a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ask people", "3 = 3", "50%", "'quoted"])
def test_other_cells_are_as_they_were(text):
    assert neutral(text) == text


def test_no_word_of_a_report_stands_for_two_things():
    parts = (words.TITLES, words.FRAME, words.LISTS)
    assert sum(len(part) for part in parts) == len({name for part in parts for name in part})


@pytest.mark.parametrize("between", [";", "\t"])
def test_a_spreadsheet_that_parts_cells_elsewhere_finds_no_formula_within_one(between):
    assert written([(f"Ask people{between}=1+1", "x")]).decode("utf-8-sig") == (
        f'"Ask people{between}=1+1","x"\r\n'
    )
