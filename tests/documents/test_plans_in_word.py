"""Word documents as people make them: merged cells, tracked changes, numbers that Word prints, notes."""

import pytest

from eia.documents.plan_reading import read_file
from eia.domain.plan import PlanAction, PlanRead
from tests.documents.office_files import docx

HEAD = ("Objective", "Action", "By when", "Lead")


def p(text: str, *, style: str = "", list_id: str = "", depth: int = 0, run: str = "") -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>' if list_id else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{numbered}</w:pPr>{r(text, run)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*paragraphs: str, span: int = 1, merge: str = "") -> str:
    merged = {"": "", "begins": '<w:vMerge w:val="restart"/>', "goes on": "<w:vMerge/>"}[merge]
    inner = "".join(each if each.startswith("<") else p(each) for each in paragraphs) or p("")
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merged}</w:tcPr>{inner}</w:tc>'


def tr(*cells: str, properties: str = "") -> str:
    written = "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{written}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def read(*body: str, parts: dict[str, str] | None = None) -> PlanRead:
    return read_file(docx(p("Equality action plan 2010/11", style="Title") + "".join(body), parts))


def leads(action: PlanAction) -> list[str]:
    return [lead.name for lead in action.leads]


def test_a_lead_and_date_merged_over_rows_belong_to_each_of_them_for_certain() -> None:
    found = read(
        tbl(
            tr(*HEAD),
            tr("Train", "1.1 Train staff.", tc("May 2010", merge="begins"), tc("A Smith", merge="begins")),
            tr("", "1.2 Train members.", tc(merge="goes on"), tc(merge="goes on")),
            tr("", "1.3 Train partners.", "", ""),
        )
    )

    first, second, third = found.actions
    assert [(each.target.raw, leads(each)) for each in (first, second)] == [("May 2010", ["A Smith"])] * 2
    assert second.problems == first.problems
    assert third.target.raw == ""
    assert any("is blank and the row above says" in problem for problem in third.problems)


def test_an_action_merged_over_rows_is_one_action_with_several_dates_and_leads() -> None:
    found = read(
        tbl(
            tr(*HEAD),
            tr("Train", tc("1.1 Train everybody.", merge="begins"), "May 2010", "A Smith"),
            tr("", tc(merge="goes on"), "June 2010", "B Jones"),
        )
    )

    (action,) = found.actions
    assert leads(action) == ["A Smith", "B Jones"]
    assert [each.raw for each in action.target.milestones] == ["May 2010", "June 2010"]


def test_an_objective_merged_over_rows_heads_all_of_them() -> None:
    found = read(
        tbl(
            tr(*HEAD),
            tr(tc("Priority 1 Plan ahead", merge="begins"), "1.1 Do it.", "May 2010", "A Smith"),
            tr(tc(merge="goes on"), "1.2 Do more.", "June 2010", "B Jones"),
        )
    )

    assert [each.heading for each in found.actions] == ["Priority 1 Plan ahead"] * 2


def test_a_cell_across_the_table_heads_the_rows_below_it() -> None:
    found = read(
        tbl(
            tr("Action", "By when", "Lead"),
            tr(tc("Theme A: Know your communities", span=3)),
            tr("1.1 Do it.", "May 2010", "A Smith"),
            tr(tc("Theme B: Leadership", span=3)),
            tr(tc("Ramps", span=3)),
            tr("1.2 Do more.", "June 2010", "B Jones"),
        )
    )

    assert [each.heading for each in found.actions] == [
        "Theme A: Know your communities",
        "Theme B: Leadership – Ramps",
    ]


def test_a_cell_across_the_end_of_a_table_is_left_over() -> None:
    found = read(
        tbl(
            tr("Action", "By when", "Lead"),
            tr("1.1 Do it.", "May 2010", "A Smith"),
            tr(tc("All of it within existing budgets", span=3)),
        )
    )

    assert [each.text for each in found.left_over] == ["All of it within existing budgets"]


def test_a_table_goes_on_in_another_without_headings() -> None:
    found = read(
        tbl(tr("Action", "By when", "Lead"), tr("1.1 Do it.", "May 2010", "A Smith")),
        p(""),
        tbl(tr("1.2 Do more.", "June 2010", "B Jones")),
    )

    assert [each.label for each in found.actions] == ["1.1", "1.2"]


def test_tracked_changes_are_read_as_if_accepted_and_that_is_said() -> None:
    deleted, inserted = "<w:del><w:r><w:delText>2010</w:delText></w:r></w:del>", f"<w:ins>{r('2011')}</w:ins>"
    dated = f"<w:p>{r('May ')}{deleted}{inserted}</w:p>"
    found = read(
        tbl(
            tr("Action", "By when", "Lead"),
            tr("1.1 Do it.", tc(dated), "A Smith"),
            tr("1.2 Gone.", "May 2010", "B Jones", properties="<w:del/>"),
            f"<w:ins>{tr('1.3 New.', 'June 2011', 'C Hall')}</w:ins>",
        )
    )

    assert [(each.label, each.target.raw) for each in found.actions] == [
        ("1.1", "May 2011"),
        ("1.3", "June 2011"),
    ]
    assert any("tracked changes" in problem for problem in found.problems)
    assert "2010 (table 1, row 2)" in [each.text for each in found.left_over]


def test_words_struck_through_are_left_out_kept_and_said() -> None:
    struck, kept = r("May 2010 ", "<w:strike/>"), r(" July", '<w:strike w:val="0"/>')
    dates = f"<w:p>{struck}{r('June 2010')}{kept}</w:p>"
    found = read(tbl(tr("Action", "By when", "Lead"), tr("1.1 Do it.", tc(dates), "A Smith")))

    assert found.actions[0].target.raw == "June 2010 July"
    assert any("struck through" in problem for problem in found.problems)
    assert [each.text for each in found.left_over] == ["May 2010 (table 1, row 2)"]


NUMBERING = """
<w:abstractNum w:abstractNumId="7">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%1)"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="8"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
"""


def test_labels_that_word_prints_are_the_labels_of_actions() -> None:
    found = read(
        tbl(
            tr("Action", "By when", "Lead"),
            tr(tc(p("Ask them", list_id="2"), p("Tell them", list_id="2")), "May 2010", "A Smith"),
            tr(tc(p("Thank them", list_id="2")), "June 2010", "A Smith"),
            tr(tc(p("Begin anew", list_id="3")), "June 2010", "A Smith"),
        ),
        parts={"numbering": NUMBERING},
    )

    assert [(each.label, each.text) for each in found.actions] == [
        ("(i)", "Ask them"),
        ("(ii)", "Tell them"),
        ("(iii)", "Thank them"),
        ("(iv)", "Begin anew"),
    ]


def test_a_label_in_a_column_of_its_own_may_be_printed_by_word() -> None:
    found = read(
        tbl(
            tr("No", "Action", "By when", "Lead"),
            tr(tc(p("", list_id="1")), "Do it.", "May 2010", "A Smith"),
            tr(tc(p("", list_id="1")), "Do more.", "May 2010", "A Smith"),
        ),
        parts={"numbering": NUMBERING},
    )

    assert [each.label for each in found.actions] == ["1.", "2."]


def test_nested_lists_in_a_cell_are_its_items() -> None:
    found = read(
        tbl(
            tr("Action", "By when", "Lead"),
            tr(
                tc("1.1 Ask", p("in person", list_id="2", depth=1), p("by post", list_id="2", depth=1)),
                "May 2010",
                "A Smith",
            ),
        ),
        parts={"numbering": NUMBERING},
    )

    assert found.actions[0].text == "Ask\n- in person\n- by post"


def test_a_legend_below_the_table_writes_out_initials_and_asks() -> None:
    found = read(
        tbl(
            tr("Action", "By when", "Lead"),
            tr("1.1 Do it.", "May 2010", "JB/ DW"),
            tr("1.2 Do more.", "May 2010", "XY"),
        ),
        p("Key: JB = Jane Brown; DW – Dana West (Housing)"),
    )

    assert [(each.initials, each.name) for each in found.legend] == [
        ("JB", "Jane Brown"),
        ("DW", "Dana West"),
    ]
    assert leads(found.actions[0]) == ["Jane Brown", "Dana West"]
    assert any("'JB' is read as Jane Brown" in problem for problem in found.actions[0].problems)
    assert leads(found.actions[1]) == ["XY"]
    assert not any("not read as part of the table" in problem for problem in found.problems)


def test_a_legend_may_be_a_table_and_a_footnote() -> None:
    table = tbl(tr("Initials", "Name"), tr("JB", "Jane Brown"))
    found = read(
        tbl(tr("Action", "By when", "Lead"), tr("1.1 Do it.", "May 2010", "JB, DW")),
        table,
        parts={"footnotes": f'<w:footnote w:id="2">{p("DW = Dana West")}</w:footnote>'},
    )

    assert leads(found.actions[0]) == ["Jane Brown", "Dana West"]


def test_initials_with_two_names_are_not_guessed() -> None:
    found = read(
        tbl(tr("Action", "By when", "Lead"), tr("1.1 Do it.", "May 2010", "JB")),
        p("JB = Jane Brown"),
        p("JB = John Bell"),
    )

    assert found.legend == ()
    assert leads(found.actions[0]) == ["JB"]


def test_words_of_every_page_and_of_comments_are_kept_beside_the_plan() -> None:
    found = read(
        tbl(tr("Action", "By when", "Lead"), tr("1.1 Do it.", "May 2010", "A Smith")),
        parts={"header": p("DRAFT 3"), "comments": f"<w:comment>{p('Is this date right?')}</w:comment>"},
    )

    assert {each.text for each in found.left_over} == {"DRAFT 3 (header)", "Is this date right? (comment)"}
    assert found.title == "Equality action plan 2010/11"


def test_a_table_inside_a_cell_is_read_as_its_lines_and_that_is_said() -> None:
    inner = tbl(tr("by post", "by phone"))
    found = read(tbl(tr("Action", "By when", "Lead"), tr(tc("1.1 Ask", inner), "May 2010", "A Smith")))

    assert found.actions[0].text == "Ask\nby post\nby phone"
    assert "A table inside a cell was read as lines of that cell." in found.problems


def test_content_controls_links_and_text_boxes_hide_no_words() -> None:
    control = f"<w:p><w:sdt><w:sdtContent>{r('May 2010')}</w:sdtContent></w:sdt></w:p>"
    link = f"<w:p><w:hyperlink>{r('A Smith')}</w:hyperlink></w:p>"
    box = f"<w:p><w:r><w:txbxContent>{p('Housing', style='Heading1')}</w:txbxContent></w:r></w:p>"
    found = read(
        box,
        tbl(
            tr("Action", "By when", "Lead"),
            f"<w:sdt><w:sdtContent>{tr('1.1 Do it.', tc(control), tc(link))}</w:sdtContent></w:sdt>",
        ),
    )

    (action,) = found.actions
    assert (action.heading, action.target.raw, leads(action)) == ("Housing", "May 2010", ["A Smith"])


def test_words_that_look_like_tags_are_words() -> None:
    found = read(
        tbl(
            tr("Action", "By when", "Lead"),
            tr("1.1 Reach &lt;b&gt; groups &amp;amp; others", "May 2010", "A Smith"),
        )
    )

    assert found.actions[0].text == "Reach <b> groups &amp; others"


@pytest.mark.parametrize("heading", ["Task", "Resource"])
def test_a_table_of_another_kind_is_left_over_with_all_its_rows(heading: str) -> None:
    found = read(
        tbl(tr("Action", "By when", "Lead"), tr("1.1 Do it.", "May 2010", "A Smith")),
        p("Budget", style="Heading1"),
        tbl(tr(heading, "Cost"), tr("Ramps", "£500")),
    )

    assert [each.text for each in found.left_over] == [f"{heading} Cost", "Ramps £500"]
    assert len(found.actions) == 1


def test_a_document_laid_out_in_a_table_is_read_as_prose() -> None:
    bullets = {"numbering": NUMBERING}

    def item(text: str) -> str:
        return p(text, list_id="2", depth=1)

    found = read(
        tbl(
            tr("4", "An improvement plan"),
            tr(
                "4.1",
                tc(p("Listening", style="Heading1"), "We will in the short term:", item("Ask"), item("Tell")),
            ),
            tr("5", "Conclusion"),
        ),
        parts=bullets,
    )

    assert [(each.heading, each.text, each.is_draft) for each in found.actions] == [
        ("4.1 Listening", "Ask", True),
        ("4.1 Listening", "Tell", True),
    ]
    assert not any("was not read" in problem for problem in found.problems)


def test_a_row_that_says_only_who_is_left_over_and_asked_about() -> None:
    found = read(
        tbl(tr("Action", "By when", "Lead"), tr("1.1 Do it.", "May 2010", "A Smith"), tr("", "", "B Jones"))
    )

    assert any("has no action: 'B Jones'" in problem for problem in found.problems)
    assert [each.text for each in found.left_over] == ["B Jones"]
