"""Reports in the browser, and as files."""

from __future__ import annotations

import csv
import io
from datetime import date
from uuid import UUID, uuid4
from zipfile import ZipFile

import page as pdf_check
import pytest
from sqlalchemy import func, select, update

from eia.store.tables import audit_event, kept_report, plan
from tests.web.conftest import Town, give

QUARTER = "/reports/quarterly-pack?period=quarter-2025-3"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
KINDS = ("quarterly-pack", "annual-report", "annual-review")


def plant(town: Town) -> None:
    town.add_assessment(
        "Bins", "follow_up", decision_on=date(2025, 11, 3), approved_on=date(2025, 11, 1), target_latest=None
    )
    town.add_assessment("Rents", "analysis", department="HOU", decision_on=date(2025, 11, 4))
    town.add_action("Count the bins", "nia", date(2025, 12, 1), assessment_id=town.assessments["Bins"])


def rows(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_first_figure_is_approved_before_the_decision(town, browser_of):
    plant(town)
    shown = browser_of("olu").get(QUARTER).text
    figures = shown[shown.index("The figures") :]
    assert figures.index("Approved before the decision") < figures.index("Screened out")
    assert "50% (1 of 2)" in figures


@pytest.mark.parametrize("kind", KINDS)
def test_every_report_is_a_page_that_says_how_it_counts(town, browser_of, kind):
    plant(town)
    answer = browser_of("olu").get(f"/reports/{kind}?period=financial-2025&as_at=2026-01-31")
    assert answer.status_code == 200
    assert "How these are counted" in answer.text
    assert "31 January 2026" in answer.text


@pytest.mark.parametrize("kind", KINDS)
def test_every_report_is_an_accessible_pdf(town, browser_of, kind):
    plant(town)
    answer = browser_of("olu").get(f"/reports/{kind}.pdf?period=financial-2025")
    report = pdf_check.validate_pdf_bytes(answer.data, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_the_word_file_has_the_figures(town, browser_of):
    plant(town)
    answer = browser_of("olu").get("/reports/annual-report.docx?period=financial-2025")
    assert "50% (1 of 2)" in ZipFile(io.BytesIO(answer.data)).read("word/document.xml").decode()


def test_the_figures_as_csv_have_numerator_denominator_and_what_is_not_known(town, browser_of):
    plant(town)
    header, first, *_ = rows(browser_of("olu").get("/reports/annual-review.csv?period=financial-2025"))
    named = dict(zip(header, first, strict=True))
    assert named["Figure"] == "Approved before the decision"
    assert (named["Counted"], named["Out of"], named["Not known"]) == ("1", "2", "0")


def test_no_cell_of_the_csv_is_a_formula(town, browser_of):
    plant(town)
    for begins in DANGEROUS:
        town.add_action(f"{begins}1+1", "nia", date(2025, 12, 2), assessment_id=town.assessments["Bins"])
    found = rows(browser_of("olu").get("/reports/quarterly-pack.actions.csv?period=quarter-2025-3"))
    cells = [cell for row in found for cell in row]
    assert {f"'{begins}1+1" for begins in DANGEROUS} <= set(cells)
    assert not [cell for cell in cells if cell.startswith(DANGEROUS)]


def test_the_charts_say_in_words_what_they_draw(town, browser_of):
    plant(town)
    shown = browser_of("olu").get(QUARTER).text
    drawing = shown[shown.index("<svg") : shown.index("</svg>")]
    assert "<title" in drawing
    assert "Finance: 100% (1 of 1); Housing: 0% (0 of 1)" in drawing
    assert "style=" not in drawing


def test_a_head_sees_only_her_department_and_is_told_so(town, browser_of):
    plant(town)
    everything = browser_of("hal").get(QUARTER).text
    assert "count only the assessments and actions that you may see" in everything
    assert "Rents" not in everything
    own = browser_of("hal").get(f"{QUARTER}&department={town.departments['FIN']}").text
    assert "count only the assessments" not in own
    assert "Rents" in browser_of("olu").get(QUARTER).text


def test_whoever_sees_no_assessment_counts_nothing(town, browser_of):
    plant(town)
    shown = browser_of("ada").get("/reports/annual-review?period=financial-2025").text
    assert "None to count" in shown
    assert "1 of " not in shown


def test_a_choice_leads_to_the_report(town, browser_of):
    answer = browser_of("olu").get("/reports?kind=annual-report&period=municipal-2025")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/reports/annual-report?period=municipal-2025"


def test_own_days_are_written_as_people_write_days(browser_of):
    answer = browser_of("olu").get("/reports?kind=annual-report&period=days&first=1.4.2025&last=30 June 2025")
    assert answer.headers["Location"] == "/reports/annual-report?period=2025-04-01--2025-06-30"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("period=days&first=x&last=1.1.2026", "Give the day, month and year"),
        ("period=days&first=1.1.1900&last=1.1.2026", "Choose a period"),
        ("period=days&first=2.1.2026&last=1.1.2026", "The last day of the period must not be before"),
        ("period=financial-2026", "This period has not begun yet"),
        ("period=quarter-2025-3&as_at=1.1.2024", "The day to count to must be in the period"),
        ("period=quarter-2025-3&department=x", "Choose a department from the list"),
        ("period=nonsense", "Choose a period"),
    ],
)
def test_a_choice_that_cannot_be_read_says_how_to_put_it_right(browser_of, asked, said):
    answer = browser_of("olu").get(f"/reports?kind=annual-report&{asked}")
    assert answer.status_code == 422
    assert said in answer.text


def test_an_address_that_names_no_period_leads_nowhere(browser_of):
    assert browser_of("olu").get("/reports/annual-review?period=x").status_code == 404
    assert browser_of("olu").get("/reports/annual-review").status_code == 404
    assert browser_of("olu").get("/reports/no-such-report?period=financial-2025").status_code == 404


def test_a_plan_is_a_page_and_three_files_for_whoever_may_see_it(town, browser_of):
    plan_id = add_plan(town)
    browser = browser_of("olu")
    shown = browser.get(f"/reports/plans/{plan_id}").text
    assert "by spring, if funded" in shown
    assert browser.get(f"/reports/plans/{plan_id}.pdf").data.startswith(b"%PDF")
    assert browser.get(f"/reports/plans/{plan_id}.docx").data.startswith(b"PK")
    header, line = rows(browser.get(f"/reports/plans/{plan_id}.csv"))
    assert dict(zip(header, line, strict=True))["Target date"] == "by spring, if funded"
    assert browser_of("ada").get(f"/reports/plans/{plan_id}").status_code == 404


def add_plan(town: Town) -> UUID:
    plan_id = uuid4()
    town.insert(
        plan,
        id=plan_id,
        body_id=town.body_id,
        department_id=town.departments["HOU"],
        title="Housing action plan",
        source_name="plan.txt",
        source_sha256="0" * 64,
        problems=[],
        imported_by=town.people["olu"],
        imported_at=town.clock.now(),
    )
    town.add_action(
        "Publish it",
        None,
        date(2026, 5, 31),
        plan_id=plan_id,
        target_raw="by spring, if funded",
    )
    return plan_id


def keep(browser, **more: str):
    return give(browser, "/reports/quarterly-pack/keep", page=QUARTER, period="quarter-2025-3", **more)


def test_a_kept_report_stays_what_it_was(town, browser_of):
    plant(town)
    browser = browser_of("olu")
    kept = keep(browser).headers["Location"]
    town.add_assessment("Late", "analysis", decision_on=date(2025, 11, 5))
    assert "33% (1 of 3)" in browser.get(QUARTER).text
    shown = browser.get(kept).text
    assert "50% (1 of 2)" in shown
    assert "Olu Example" in shown
    assert kept in browser.get("/reports").text
    report = pdf_check.validate_pdf_bytes(browser.get(f"{kept}.pdf").data, profile="ua1")
    assert report.is_compliant
    assert browser.get(f"{kept}.docx").data.startswith(b"PK")


def test_a_kept_report_is_in_the_history_by_its_hash(town, browser_of):
    keep(browser_of("olu"))
    with town.services.database.read() as connection:
        (row,) = connection.execute(select(kept_report.c.sha256))
        events = [bytes(each.body).decode() for each in connection.execute(select(audit_event.c.body))]
    assert [event for event in events if "report_kept" in event and row.sha256 in event]


def test_a_kept_report_that_somebody_changed_says_so_and_is_not_handed_out(town, browser_of):
    plant(town)
    browser = browser_of("olu")
    kept = keep(browser).headers["Location"]
    with town.services.database.write() as work:
        content = func.replace(kept_report.c.content, "50%", "99%")
        work.connection.execute(update(kept_report).values(content=content))
    assert "This is not what was kept" in browser.get(kept).text
    assert browser.get(f"{kept}.pdf").status_code == 404


def test_a_head_keeps_what_is_of_her_department_and_reads_nothing_else(town, browser_of):
    plant(town)
    head, own = browser_of("hal"), str(town.departments["FIN"])
    whole = keep(browser_of("olu")).headers["Location"]
    assert keep(head).status_code == 403
    assert keep(head, department=str(town.departments["HOU"])).status_code == 403
    kept = keep(head, department=own).headers["Location"]
    assert head.get(kept).status_code == 200
    assert head.get(whole).status_code == 404
    assert browser_of("nia").get(kept).status_code == 404


def test_only_whoever_may_keep_a_report_is_offered_to(town, browser_of):
    assert "Keep this report" in browser_of("olu").get(QUARTER).text
    assert "Keep this report" not in browser_of("hal").get(QUARTER).text
    assert "Keep this report" not in browser_of("nia").get(QUARTER).text
