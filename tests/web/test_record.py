"""The whole record and the committee's paper: who may read them, and what is in and out of each."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import page as pdf_check
import pytest
from docx import Document
from sqlalchemy import event

from eia import content
from eia.store.tables import answer, consultation, evidence, sign_off
from eia.usecases.record import record
from eia.usecases.record_answers import Wording
from tests.web.conftest import Town

WORDING = Wording(
    say=lambda english, welsh: english,
    day=date.isoformat,
    yes="Yes",
    no="No",
    not_answered="Not answered yet",
)
ANSWERS: dict[tuple[str, str, str], object] = {
    ("schedule", "purpose", ""): "The library would open 34 hours a week, not 48.",
    ("schedule", "affected_as", ""): ["service_users", "staff"],
    ("screening", "relevance.relevance", "age"): "relevant",
    ("screening", "relevance.effect", "age"): "negative",
    ("screening", "relevance.reason", "age"): "Evening users are young.",
    ("screening", "relevance.relevance", "sex"): "not_relevant",
    ("screening", "relevance.reason", "sex"): "As many women as men come, at the same hours.",
    ("impact", "impact.rating", "age"): ["positive", "negative"],
    ("impact", "impact.explanation", "age"): "Students lose their evenings.",
    ("impact", "impact.who_and_how_many", "age"): "34 students.",
    ("outcome", "recommended_outcome", ""): "adjust",
    ("outcome", "outcome_reason", ""): "Most students keep Tuesdays.",
    ("quality_check", "plain_english", ""): True,
}
FILES = ("record.pdf", "record.docx", "record.json", "committee-paper.pdf", "committee-paper.docx")


@pytest.fixture
def library(town: Town) -> UUID:
    """An approved assessment with an answer, a source, a consultation, an action and a signature."""
    town.add_person("cleo")
    assessment_id = town.add_assessment(
        "Library hours",
        "follow_up",
        champion="cleo",
        decision_body="Cabinet",
        decision_on=date(2026, 2, 1),
        approved_on=date(2026, 2, 20),
        content_hash="ab" * 32,
    )
    for (form, question, group), value in ANSWERS.items():
        town.insert(
            answer,
            assessment_id=assessment_id,
            form=form,
            question=question,
            characteristic=group,
            value=value,
            written_by=town.people["lea"],
            written_at=town.clock.now(),
        )
    told = {"assessment_id": assessment_id, "written_by": town.people["lea"], "written_at": town.clock.now()}
    town.insert(
        evidence,
        id=uuid4(),
        title="Visits by hour",
        kind="service_data",
        published_on=date(2025, 6, 1),
        characteristics=["age"],
        finding="9 % come after five.",
        link="",
        is_gap=False,
        **told,
    )
    town.insert(
        consultation,
        id=uuid4(),
        method="Survey on paper",
        invited="All borrowers",
        characteristics=["age", "sex"],
        heard=["age"],
        opens_on=date(2025, 9, 1),
        closes_on=date(2025, 10, 1),
        summary="186 answered.",
        changed="Saturday mornings stay.",
        not_heard_because="",
        **told,
    )
    town.add_action(
        "Print the leaflet",
        "lea",
        date(2026, 6, 30),
        assessment_id=assessment_id,
        target_raw="June 2026",
        characteristic="age",
    )
    town.insert(
        sign_off,
        id=uuid4(),
        assessment_id=assessment_id,
        person_id=town.people["hal"],
        role="head_of_service",
        name="Hal Example",
        job_title="Head of finance",
        outcome="signed",
        attestation="I have read it.",
        comment="",
        content_hash="ab" * 32,
        lapsed=False,
        at=town.clock.now(),
    )
    return assessment_id


def test_the_record_says_everything_that_was_written(browser_of, library):
    page = browser_of("lea").get(f"/assessments/{library}/record").text
    for said in (
        "The library would open 34 hours a week, not 48.",
        "As people who use the service, As our staff, or people who apply to be",
        "Positive, Negative",
        "Students lose their evenings.",
        "9 % come after five.",
        "186 answered.",
        "Saturday mornings stay.",
        "Print the leaflet",
        "June 2026",
        "Hal Example, Head of finance",
        "abab abab abab",
        "I have read it.",
    ):
        assert said in page, said


def test_a_question_that_nobody_had_to_answer_is_left_out(browser_of, library):
    page = browser_of("lea").get(f"/assessments/{library}/record").text
    assert "Which other decisions touch the same people?" not in page


def test_a_question_that_must_be_answered_says_that_it_is_not(browser_of, library):
    page = browser_of("lea").get(f"/assessments/{library}/record").text
    assert "Why is it being assessed now?" in page
    assert "Not answered yet" in page


def test_a_group_that_is_not_affected_has_its_reason_in_the_record_and_its_name_in_the_paper(
    browser_of, library
):
    lea = browser_of("lea")
    reason = "As many women as men come, at the same hours."
    assert lea.get(f"/assessments/{library}/record").text.count(reason) == 1
    paper = lea.get(f"/assessments/{library}/committee-paper").text
    assert reason not in paper
    assert "Not affected.</strong> Sex" in paper


@pytest.mark.parametrize("address", ["record", "committee-paper"])
def test_an_assessment_approved_after_the_decision_says_so_plainly(browser_of, library, address):
    page = browser_of("lea").get(f"/assessments/{library}/{address}").text
    assert "Assessed after the decision" in page
    assert "1 February 2026" in page and "20 February 2026" in page


@pytest.mark.parametrize("name", FILES)
def test_a_file_comes_as_an_attachment_with_a_safe_name(browser_of, library, town, name):
    answer = browser_of("lea").get(f"/assessments/{library}/{name}")
    stem, ending = name.split(".")
    assert answer.status_code == 200
    named = answer.headers["Content-Disposition"]
    assert named == f"attachment; filename=FIN-2026-001-v1-{stem}.{ending}"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_pdf_is_accessible(browser_of, library):
    answer = browser_of("lea").get(f"/assessments/{library}/record.pdf")
    assert pdf_check.is_pdf_compliant_bytes(answer.data, profile="ua1")


def test_the_committee_paper_of_a_short_assessment_is_at_most_two_pages(browser_of, library):
    answer = browser_of("lea").get(f"/assessments/{library}/committee-paper.pdf")
    assert pdf_check.validate_pdf_bytes(answer.data, profile="ua1").document.page_count <= 2


def test_word_and_page_say_the_same_under_the_same_headings(browser_of, library):
    lea = browser_of("lea")
    word = Document(io.BytesIO(lea.get(f"/assessments/{library}/committee-paper.docx").data))
    page = lea.get(f"/assessments/{library}/committee-paper").text
    headings = [each.text for each in word.paragraphs if each.style.name == "Heading 2"]
    assert headings
    assert all(f">{text}</h2>" in page for text in headings)


def test_data_have_days_as_iso_and_the_version_that_was_signed(browser_of, library):
    told = json.loads(browser_of("lea").get(f"/assessments/{library}/record.json").data)
    assert told["format"] == "eia-record-1"
    assert told["decision_on"] == "2026-02-01"
    assert told["after_decision"] is True
    assert told["signatures"][0]["content_hash"] == told["content_hash"] == "ab" * 32


@pytest.mark.parametrize("name", ["record", "committee-paper", *FILES])
@pytest.mark.parametrize("who", ["nia", "ada"])
def test_whoever_may_not_see_the_assessment_finds_no_record(browser_of, library, name, who):
    answer = browser_of(who).get(f"/assessments/{library}/{name}")
    assert answer.status_code in (403, 404)
    assert b"34 hours" not in answer.data


def test_the_assessments_page_leads_to_both(browser_of, library):
    page = browser_of("lea").get(f"/assessments/{library}").text
    assert f"/assessments/{library}/record" in page
    assert f"/assessments/{library}/committee-paper" in page


def test_a_record_with_nothing_in_it_yet_can_still_be_read(browser_of, town):
    assessment_id = town.add_assessment("Bins", "proposed", target_raw="", decision_body="")
    page = browser_of("lea").get(f"/assessments/{assessment_id}/committee-paper")
    assert page.status_code == 200
    assert "Not approved yet" in page.text
    assert "Nobody has been consulted yet." in page.text
    assert "Nobody has signed this version yet." in page.text


def test_a_record_costs_the_same_few_queries_however_much_was_written(town, library):
    empty = town.add_assessment("Bins", "proposed")
    assert queries(town, library) <= queries(town, empty) + 1  # leads are asked for where there are actions
    assert queries(town, library) <= 12


def queries(town: Town, assessment_id: UUID) -> int:
    said: list[str] = []
    engine = town.services.database.engine

    def keep(connection, cursor, statement, *rest) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", keep)
    try:
        record(town.services, town.actor("lea"), assessment_id, wording=WORDING)
    finally:
        event.remove(engine, "before_cursor_execute", keep)
    return len(said)


def test_a_bodys_own_template_makes_its_word_file(library: UUID, browser_of, tmp_path: Path):
    pytest.importorskip("docxtpl", reason="the extra for templates is not installed")
    lea, own = browser_of("lea"), Document()
    own.add_paragraph("Sandmere's own paper: {{ reference }}")
    own.save(str(tmp_path / "record.docx"))
    content.lay_beside(tmp_path)
    try:
        made = Document(io.BytesIO(lea.get(f"/assessments/{library}/record.docx").data))
        ours = Document(io.BytesIO(lea.get(f"/assessments/{library}/committee-paper.docx").data))
    finally:
        content.lay_beside(None)
    assert made.paragraphs[0].text.startswith("Sandmere's own paper: FIN-")
    assert "Sandmere's own paper" not in ours.paragraphs[0].text
