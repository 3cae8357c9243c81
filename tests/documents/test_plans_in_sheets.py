"""Spreadsheets as people make them: real dates, merged and hidden cells, several sheets, formulas."""

import pytest

from eia.documents.plan_reading import read_file
from eia.domain.plan import PlanAction, PlanRead
from eia.domain.target_date import TargetKind
from tests.documents.office_files import Sheet, docx, ods, xlsx

HEAD = ["Action", "By when", "Lead", "Outcome"]
TITLE = ["Equality action plan 2010/11"]
STYLES = (
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="mmmm\\ yyyy"/>'
    '<numFmt numFmtId="165" formatCode="0.0"/></numFmts>'
    "<fonts><font/><font><strike/></font></fonts><cellXfs>"
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="17"/><xf numFmtId="164"/><xf numFmtId="9"/>'
    '<xf numFmtId="165"/><xf numFmtId="0" fontId="1"/></cellXfs>'
)
MARCH = 40268  # 31 March 2010, in days as Excel counts them


def read(*rows: list[str], **sheet: object) -> PlanRead:
    return read_file(xlsx([Sheet(rows=[TITLE, HEAD, *rows], **sheet)], STYLES))  # type: ignore[arg-type]


def leads(action: PlanAction) -> list[str]:
    return [lead.name for lead in action.leads]


@pytest.mark.parametrize(
    ("cell", "written", "kind"),
    [
        (f'<c s="1"><v>{MARCH}</v></c>', "31 March 2010", TargetKind.DAY),
        (f'<c s="2"><v>{MARCH}</v></c>', "March 2010", TargetKind.MONTH),
        (f'<c s="3"><v>{MARCH}</v></c>', "March 2010", TargetKind.MONTH),
        (f'<c s="1"><f>TODAY()</f><v>{MARCH}</v></c>', "31 March 2010", TargetKind.DAY),
        ("<c><v>2010</v></c>", "2010", TargetKind.SPAN),
        ('<c t="str"><f>A1</f><v>Q3 2010/11</v></c>', "Q3 2010/11", TargetKind.SPAN),
    ],
)
def test_a_date_is_read_as_it_is_shown_and_no_more_exactly(cell: str, written: str, kind: TargetKind) -> None:
    (action,) = read(["1.1 Do it.", "x", "A Smith", ""], raw={"B3": cell}).actions

    assert (action.target.raw, action.target.kind) == (written, kind)


def test_numbers_are_read_as_they_are_shown() -> None:
    raw = {"A3": '<c s="5"><v>1.1</v></c>', "D3": '<c s="4"><v>0.5</v></c>', "A4": "<c><v>12</v></c>"}
    rows = [["x", "Do it.", "May 2010", "x"], ["x", "Do more.", "May 2010", "Done"]]
    found = read_file(
        xlsx([Sheet(rows=[TITLE, ["Ref", "Action", "By when", "Outcome"], *rows], raw=raw)], STYLES)
    )

    assert [(each.label, each.outcome) for each in found.actions] == [("1.1", "50%"), ("12", "Done")]


def test_merged_cells_stand_for_all_their_rows_and_a_title_across_heads_them() -> None:
    found = read(
        ["Theme A: Know your communities"],
        ["1.1 Do it.", "May 2010", "A Smith"],
        ["1.2 Do more.", "", ""],
        ["Theme B: Leadership"],
        ["1.3 Do all.", "", "B Jones"],
        merged=["A3:D3", "B4:B5", "C4:C5", "A6:D6"],
    )

    assert [(each.heading, each.target.raw, leads(each)) for each in found.actions] == [
        ("Theme A: Know your communities", "May 2010", ["A Smith"]),
        ("Theme A: Know your communities", "May 2010", ["A Smith"]),
        ("Theme B: Leadership", "", ["B Jones"]),
    ]


def test_hidden_rows_and_columns_are_read_and_that_is_said() -> None:
    found = read(
        ["1.1 Do it.", "May 2010", "A Smith"],
        ["1.2 Do more.", "May 2010", "A Smith"],
        hidden_rows=[4],
        columns='<cols><col min="3" max="3" hidden="1"/></cols>',
    )

    assert len(found.actions) == 2
    assert "Read although hidden in the sheet 'Plan': row 4. Say what of it still holds." in found.problems
    assert "Read although hidden in the sheet 'Plan': column C. Say what of it still holds." in found.problems


def test_a_hidden_sheet_is_named_and_not_read() -> None:
    rows = [HEAD, ["1.1 Do it.", "May 2010", "A Smith"]]
    found = read_file(xlsx([Sheet(rows=[TITLE, *rows]), Sheet(name="Old", rows=rows, state="veryHidden")]))

    assert len(found.actions) == 1
    assert "The sheet 'Old' is hidden and was not read." in found.problems


def test_sheets_with_names_of_their_own_head_their_actions() -> None:
    def rows(label: str) -> list[list[str]]:
        return [HEAD, [f"{label} Do it.", "May 2010", "A Smith"]]

    found = read_file(
        xlsx([Sheet(name="Housing", rows=rows("1.1")), Sheet(name="Leisure", rows=rows("2.1"))])
    )

    assert [(each.heading, each.label) for each in found.actions] == [("Housing", "1.1"), ("Leisure", "2.1")]
    places = {line.number: line.place for line in found.lines}
    assert places[found.actions[1].passage.first_line] == "sheet Leisure, row 2"


def test_struck_through_cells_are_left_out_kept_and_said() -> None:
    struck = '<c s="6" t="inlineStr"><is><t>May 2010</t></is></c>'
    found = read(["1.1 Do it.", "x", "A Smith"], raw={"B3": struck})

    assert found.actions[0].target.raw == ""
    assert "May 2010 (sheet Plan, row 3)" in [each.text for each in found.left_over]
    assert any("struck through" in problem for problem in found.problems)


def test_formulas_without_results_are_said() -> None:
    found = read(["1.1 Do it.", "x", "A Smith"], raw={"B3": "<c><f>TODAY()</f></c>"})

    assert any("formulas without stored results" in problem for problem in found.problems)


def test_several_lines_in_a_cell_are_paragraphs_matched_by_position() -> None:
    found = read(["(i) Ask them\n(ii) Tell them", "May 2010\nJune 2010", "A Smith\nB Jones", "Asked\nTold"])

    assert [(each.label, each.target.raw, leads(each), each.outcome) for each in found.actions] == [
        ("(i)", "May 2010", ["A Smith"], "Asked"),
        ("(ii)", "June 2010", ["B Jones"], "Told"),
    ]


def test_pages_pasted_into_a_sheet_are_mended_where_their_headings_are_repeated() -> None:
    found = read(
        ["1.1 Offer letters in large print and", "", "A Smith"],
        HEAD,
        ["in five languages.", "May 2010", ""],
        ["1.2 do more", "", "A Smith"],
        ["in five more languages.", "May 2010", "A Smith"],
    )

    assert [each.text for each in found.actions] == [
        "Offer letters in large print and in five languages.",
        "do more",
        "in five more languages.",
    ]


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def cell(text: str, given: str = "") -> str:
    lines = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell {given}>{lines}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"


def sheet(*rows: str, name: str = "Plan", given: str = "") -> str:
    head = row(*map(cell, HEAD))
    return (
        f'<table:table table:name="{name}" {given}>{row(cell(TITLE[0]))}{head}{"".join(rows)}</table:table>'
    )


def test_opendocument_dates_merges_breaks_and_comments() -> None:
    day = 'office:value-type="date" office:date-value="2010-03-31"'
    comment = "<office:annotation><text:p>Too late?</text:p></office:annotation>"
    found = read_file(
        ods(
            sheet(
                row(
                    cell("1.1 Ask<text:line-break/>them"),
                    cell("31/03/10", day),
                    cell("A Smith", 'table:number-rows-spanned="2"').replace(
                        "<text:p>", f"{comment}<text:p>"
                    ),
                ),
                row(cell("1.2 Tell<text:s/>them"), cell("Mar 10", day), COVERED),
            )
        )
    )

    assert [(each.text, each.target.raw, leads(each)) for each in found.actions] == [
        ("Ask\nthem", "31 March 2010", ["A Smith"]),
        ("Tell them", "March 2010", ["A Smith"]),
    ]
    assert "Too late? (comment)" in [each.text for each in found.left_over]


def test_opendocument_hidden_struck_and_repeated() -> None:
    styles = (
        '<style:style style:name="gone">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="unseen"><style:table-properties table:display="false"/></style:style>'
    )
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    hidden = row(cell("1.2 Do more."), cell("June 2010"), cell("A Smith")).replace(
        "<table:table-row", '<table:table-row table:visibility="collapse"', 1
    )
    one = row(cell("1.1 Do it."), cell("May 2010", 'table:style-name="gone"'), cell("A Smith"))
    found = read_file(
        ods(sheet(one, hidden, blank) + sheet(one, name="Old", given='table:style-name="unseen"'), styles)
    )

    assert [(each.label, each.target.raw) for each in found.actions] == [("1.1", ""), ("1.2", "June 2010")]
    assert "Read although hidden in the sheet 'Plan': row 4. Say what of it still holds." in found.problems
    assert "The sheet 'Old' is hidden and was not read." in found.problems
    assert "May 2010 (sheet Plan, row 3)" in [each.text for each in found.left_over]


def test_a_kind_is_told_by_the_content_alone() -> None:
    assert read_file(xlsx([Sheet(rows=[TITLE, HEAD, ["1.1 Do it.", "May 2010", "A Smith"]])])).actions
    assert read_file(docx("<w:p><w:r><w:t>Dear all</w:t></w:r></w:p>")).title == "Dear all"
    assert read_file("Action,By when,Lead\n1.1 Do it.,May 2010,A Smith\n".encode("utf-16")).actions
