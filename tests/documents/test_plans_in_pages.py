"""Web pages and PDF files: what they leave open, what stands on every page, rows cut in two by one."""

import sys

import pytest
import typst

from eia.documents.laying_out import in_child
from eia.documents.plan_reading import read_file
from eia.domain.errors import Invalid
from eia.domain.plan import PlanAction, PlanRead
from tests.documents.plan_writers import read_here

HEAD = "<tr><th>Objective<th>Action<th>By when<th>Lead</tr>"


def page(body: str) -> PlanRead:
    return read_file(f"<!DOCTYPE html><html><body><h1>Equality plan 2010/11</h1>{body}".encode())


def leads(action: PlanAction) -> list[str]:
    return [lead.name for lead in action.leads]


def test_a_page_may_leave_its_cells_and_rows_open() -> None:
    found = page(f"<table>{HEAD}<tr><td>Train<td>1.1 Do it.<td>May 2010<td>A Smith<tr><td><td>1.2 Do more.")

    assert [(each.label, each.heading) for each in found.actions] == [("1.1", "Train"), ("1.2", "Train")]


def test_cells_of_a_page_reach_over_rows_and_across() -> None:
    found = page(
        f"<table>{HEAD}"
        "<tr><td colspan=4>Theme A: Know your communities</td></tr>"
        "<tr><td></td><td>1.1 Do it.</td><td rowspan=2>May 2010</td><td rowspan='2'>A Smith</td></tr>"
        "<tr><td></td><td>1.2 Do more.</td></tr></table>"
    )

    assert [(each.heading, each.target.raw, leads(each)) for each in found.actions] == [
        ("Theme A: Know your communities", "May 2010", ["A Smith"])
    ] * 2


def test_what_runs_hides_or_is_struck_through_is_not_read() -> None:
    found = page(
        "<nav><a>Home</a></nav><script>document.write('<table>')</script><p hidden>Secret</p>"
        f"<table><caption>Housing</caption>{HEAD}"
        "<tr><td>Train<td>1.1 Do it.<td><del>May 2010</del> June 2010<td>A Smith</tr></table>"
    )

    (action,) = found.actions
    assert (action.heading, action.target.raw) == ("Train", "June 2010")
    assert not any("Secret" in line.text or "write" in line.text for line in found.lines)
    assert {each.text for each in found.left_over} >= {"Home (beside the page)", "May 2010"}


def test_lists_of_a_page_are_labelled_as_they_are_printed() -> None:
    found = page(
        f"<table>{HEAD}<tr><td>Train<td>1.1 Ask:<ul><li>in person<li>by post</ul><td>May 2010<td>A Smith"
        "</table><h2>Notes</h2><ol type=a><li>One<li>Two</ol>"
    )

    assert found.actions[0].text == "Ask:\n- in person\n- by post"
    assert [line.text for line in found.lines][-2:] == ["a. One", "b. Two"]


def test_a_fragment_of_a_page_is_a_page() -> None:
    table = f"<table>{HEAD}<tr><td>x<td>1.1 Do it.<td>May 2010<td>A Smith</table>"
    found = read_file(f"<h2>Equality plan 2010/11</h2>{table}".encode())

    assert (found.title, len(found.actions)) == ("Equality plan 2010/11", 1)


def pdf(body: str, *, page: str = "width: 20cm, height: 12cm, margin: 2cm") -> PlanRead:
    source = f'#set page({page})\n#set text(font: "Libertinus Serif", size: 10pt)\n{body}'
    return read_here(typst.compile(source.encode(), format="pdf"))


ROWS = """
= Equality action plan 2010/11
#table(columns: (1fr, 3fr, 2fr, 2fr),
  table.header([*Objective*], [*Action*], [*By when*], [*Lead*]),
  [Train], [1.1 First, #lorem(40)], [May 2010], [A Smith],
  [], [1.2 Second, #lorem(60)], [June 2010], [B Jones],
  [], [1.3 Third, #lorem(50)], [July 2010], [C Hall],
)
"""


def test_rows_cut_in_two_by_a_page_are_whole_again_and_that_is_said() -> None:
    found = pdf(ROWS)

    assert [(each.label, each.target.raw, leads(each)) for each in found.actions] == [
        ("1.1", "May 2010", ["A Smith"]),
        ("1.2", "June 2010", ["B Jones"]),
        ("1.3", "July 2010", ["C Hall"]),
    ]
    assert [len(each.text.split()) for each in found.actions] == [41, 61, 51]
    assert any("cut by a page break" in problem for each in found.actions for problem in each.problems)


def test_running_titles_and_page_numbers_are_kept_beside_the_plan() -> None:
    found = pdf(
        ROWS,
        page='width: 20cm, height: 12cm, margin: 2cm, numbering: "1", header: [Council papers]',
    )

    assert [each.label for each in found.actions] == ["1.1", "1.2", "1.3"]
    assert any(each.text.startswith("Council papers") for each in found.left_over)
    assert not any("Council papers" in line.text for line in found.lines)


def test_merged_cells_of_a_pdf_reach_over_rows_and_across() -> None:
    found = pdf(
        """
        = Equality action plan 2010/11
        #table(columns: (2fr, 1fr, 1fr),
          [Action], [By when], [Lead],
          table.cell(colspan: 3)[Theme A: Know your communities],
          [1.1 Do it.], table.cell(rowspan: 2)[May 2010], [A Smith],
          [1.2 Do more.], [B Jones],
        )
        """,
        page="width: 20cm, height: 20cm",
    )

    assert [(each.heading, each.target.raw, leads(each)) for each in found.actions] == [
        ("Theme A: Know your communities", "May 2010", ["A Smith"]),
        ("Theme A: Know your communities", "May 2010", ["B Jones"]),
    ]


def test_paragraphs_and_items_of_a_cell_stand_apart_and_wrapped_lines_do_not() -> None:
    found = pdf(
        """
        = Equality action plan 2010/11
        #table(columns: (4cm, 3cm, 3cm),
          [Action], [By when], [Lead],
          [(i) Ask everybody who lives in the district

          (ii) Tell them: - in person - by letter], [May 2010

          June 2010], [A Smith],
        )
        """
    )

    assert [(each.label, each.target.raw) for each in found.actions] == [
        ("(i)", "May 2010"),
        ("(ii)", "June 2010"),
    ]
    assert found.actions[0].text == "Ask everybody who lives in the district"


def test_without_its_extra_a_pdf_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "eia.documents.laying_out.pdf", raising=False)
    monkeypatch.setitem(sys.modules, "pdfplumber", None)

    with pytest.raises(Invalid) as refused:
        in_child.lay_out(typst.compile(b"A plan", format="pdf"))
    assert "extra `pdf` is not installed" in refused.value.problems["file"]


def test_a_picture_of_a_plan_is_refused_in_words() -> None:
    with pytest.raises(Invalid) as refused:
        pdf("#rect(width: 5cm, height: 5cm)")
    assert "only pictures of them" in refused.value.problems["file"]


def test_a_row_with_dates_in_both_halves_is_one_row_with_its_dates_in_order() -> None:
    found = pdf(
        """
        = Equality action plan 2010/11
        #v(5.4cm)
        #table(columns: (4cm, 3cm, 3cm),
          [Action], [By when], [Lead],
          [(i) Ask everybody who lives here and is affected

          (ii) Tell everybody what became of it], [May 2010 #v(0.9cm) June 2010], [A Smith #v(0.9cm) B Jones],
        )
        """
    )

    assert [(each.label, each.target.raw, leads(each)) for each in found.actions] == [
        ("(i)", "May 2010", ["A Smith"]),
        ("(ii)", "June 2010", ["B Jones"]),
    ]
    assert len({line.place for line in found.lines if "|" in line.text}) == 2


def test_words_among_dates_in_a_row_are_asked_about() -> None:
    found = page(
        f"<table>{HEAD}<tr><td>x<td><p>1.1 Ask.</p><p>1.2 Tell.</p>"
        "<td>from April 2010 June 2010 (tbc)<td>A Smith</table>"
    )

    assert [each.target.raw for each in found.actions] == ["April 2010", "June 2010"]
    for each in found.actions:
        assert any("say whether 'from (tbc)' changes it" in problem for problem in each.problems)
