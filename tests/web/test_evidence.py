"""The pages of evidence and consultation: what is known, what is missing, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.journeys.walker import Walker, form_of, problems, text
from tests.web.conftest import Town

CENSUS = {
    "title": "Census",
    "kind": "census",
    "finding": "One in five is over 65.",
    "characteristics": ["age"],
    "published_on-day": "1",
    "published_on-month": "3",
    "published_on-year": "2024",
}
GAP = {
    "title": "Who stays away",
    "finding": "Nobody counts.",
    "characteristics": ["sex"],
    "lead-other": "Front desk",
    "target": "31 May 2026",
}


@pytest.fixture
def lea(browser_of: Callable[[str], FlaskClient]) -> Walker:
    return Walker(browser_of("lea"))


@pytest.fixture
def evidence(town: Town) -> str:
    return f"/assessments/{town.add_assessment('Library hours', 'evidence')}/evidence"


@pytest.fixture
def consultation(town: Town) -> str:
    return f"/assessments/{town.add_assessment('Library hours', 'consultation')}/consultation"


def test_a_page_without_evidence_says_so_for_every_group(lea: Walker, evidence: str):
    shown = text(lea.look(evidence))
    assert "There is no evidence here yet." in shown
    assert shown.count("Nothing yet") == 2


def test_a_source_appears_beside_its_groups(lea: Walker, evidence: str):
    lea.fill(f"{evidence}/add", **CENSUS)
    groups = lea.look(evidence).partition("Group by group")[2]
    assert "Census" in groups.partition("Sex")[0]
    assert "Nothing yet" in groups.partition("Sex")[2]


def test_a_forgotten_answer_is_asked_for_and_the_rest_is_kept(lea: Walker, evidence: str):
    answer = lea.send(f"{evidence}/add", **CENSUS | {"title": ""})
    assert answer.status_code == 422
    assert problems(answer.text) == ["Give the source a name"]
    assert "One in five is over 65." in answer.text


def test_a_source_of_tomorrow_is_refused_beside_its_date(lea: Walker, evidence: str):
    answer = lea.send(f"{evidence}/add", **CENSUS | {"published_on-year": "2027"})
    assert answer.status_code == 422
    assert problems(answer.text) == ["The date of the source must be today or in the past"]


def test_a_gap_is_somebodys_by_a_date_that_is_read_aloud(lea: Walker, evidence: str):
    lea.fill(f"{evidence}/add-gap", **GAP)
    shown = text(lea.look(evidence))
    assert "read this as: 31 May 2026" in shown.partition("Added.")[2]
    assert "Front desk" in shown


@pytest.mark.parametrize("field", ["lead-other", "target"])
def test_a_gap_without_somebody_or_a_date_is_sent_back(lea: Walker, evidence: str, field: str):
    answer = lea.send(f"{evidence}/add-gap", **GAP | {field: ""})
    assert answer.status_code == 422
    assert "Nobody counts." in answer.text


def test_a_gap_becomes_an_action_with_one_button(lea: Walker, evidence: str):
    lea.fill(f"{evidence}/add-gap", **GAP)
    [promise] = re.findall(r'action="([^"]+/promise)"', lea.look(evidence))
    lea.fill(promise, on=evidence)
    shown = lea.look(evidence)
    assert "/promise" not in shown
    [action] = re.findall(r'href="(/actions/[^"]+)">The action that will close it', shown)
    told = text(lea.look(action))
    assert "Close the gap: Who stays away" in told
    assert "Front desk" in told
    assert "31 May 2026" in told


def test_whoever_owns_a_gap_goes_on_to_do_so_when_its_words_change(lea: Walker, evidence: str, town: Town):
    chosen = GAP | {"lead": str(town.people["nia"]), "lead-other": ""}
    lea.fill(f"{evidence}/add-gap", **chosen)
    [gap] = re.findall(rf'href="({evidence}/[0-9a-f-]{{36}})"', lea.look(evidence))
    assert form_of(lea.look(gap)).sent["lead"] == [str(town.people["nia"])]
    lea.fill(gap, finding="Nobody ever counted.")
    shown = text(lea.look(evidence))
    assert "Nobody ever counted." in shown
    assert "Nia" in shown


def test_an_admitted_gap_leads_to_the_action_in_other_words(lea: Walker, evidence: str):
    lea.fill(f"{evidence}/add-gap", **GAP)
    [add] = re.findall(r'href="([^"]+/actions/add\?gap=[^"]+)"', lea.look(evidence))
    assert form_of(lea.look(add)).sent["text"] == ["Close the gap: Who stays away"]
    to = lea.fill(add, target="31 May 2026", outcome="We know.", **{"lead-other": "The desk"})
    assert to == evidence
    assert "The action that will close it" in text(lea.look(evidence))


def test_two_texts_stand_on_the_page_when_somebody_else_was_quicker(lea: Walker, evidence: str):
    lea.fill(f"{evidence}/add", **CENSUS)
    [source] = re.findall(rf'href="({evidence}/[0-9a-f-]{{36}})"', lea.look(evidence))
    old = form_of(lea.look(source)).sent
    lea.fill(source, finding="Theirs")
    answer = lea.browser.post(source, data=old | {"finding": "Mine"})
    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert "Mine" in answer.text
    again = lea.browser.post(source, data=form_of(answer.text).sent)
    assert again.status_code == 302
    assert "Mine" in lea.look(evidence)


def test_a_source_is_removed_after_one_more_question(lea: Walker, evidence: str):
    lea.fill(f"{evidence}/add", **CENSUS)
    [remove] = re.findall(rf'href="({evidence}/[0-9a-f-]+/remove)"', lea.look(evidence))
    assert "Remove “Census”?" in text(lea.look(remove))
    lea.fill(remove)
    assert "Census" not in lea.look(evidence)
    assert lea.browser.get(remove).status_code == 404


def test_the_equality_officer_reads_evidence_and_is_told_why_not_more(browser_of, evidence: str):
    olu = Walker(browser_of("olu"))
    shown = olu.look(evidence)
    assert "Only people assigned to this assessment to write it may do this." in text(shown)
    assert "/evidence/add" not in shown
    assert olu.browser.get(f"{evidence}/add").status_code == 403


def test_to_a_stranger_there_is_no_such_page(browser_of, evidence: str, consultation: str):
    nia = browser_of("nia")
    assert nia.get(evidence).status_code == 404
    assert nia.get(consultation).status_code == 404


SURVEY = {
    "method": "Survey",
    "invited": "All card holders",
    "characteristics": ["age"],
    "opens_on-day": "1",
    "opens_on-month": "4",
    "opens_on-year": "2026",
    "closes_on-day": "31",
    "closes_on-month": "5",
    "closes_on-year": "2026",
}


def pages_of(walker: Walker, consultation: str) -> dict[str, str]:
    found = re.findall(rf'href="({consultation}/[0-9a-f-]+/([a-z-]+))"', walker.look(consultation))
    return {name: address for address, name in found}


def test_an_activity_is_planned_on_one_page_and_reported_on_another(lea: Walker, consultation: str):
    lea.fill(f"{consultation}/add", **SURVEY)
    assert "Not open yet" in text(lea.look(consultation))
    lea.fill(
        pages_of(lea, consultation)["what-was-said"],
        heard=["age"],
        summary="They mind.",
        changed="Saturdays stay.",
    )
    shown = text(lea.look(consultation))
    assert "All card holders" in shown
    assert "Saturdays stay." in shown
    missing = shown.partition("Not heard from yet")[2]
    assert "Sex" in missing
    assert "Age" not in missing


def test_the_plan_keeps_the_report_and_the_report_the_plan(lea: Walker, consultation: str):
    lea.fill(f"{consultation}/add", **SURVEY)
    there = pages_of(lea, consultation)
    lea.fill(there["what-was-said"], heard=["age"], summary="They mind.", changed="Saturdays stay.")
    lea.fill(there["plan"], invited="Everybody")
    shown = text(lea.look(consultation))
    assert "Everybody" in shown
    assert "They mind." in shown


def test_a_window_that_ends_before_it_begins_is_refused(lea: Walker, consultation: str):
    answer = lea.send(f"{consultation}/add", **SURVEY | {"closes_on-month": "3"})
    assert answer.status_code == 422
    assert problems(answer.text) == ["The last day must be on or after the first day"]


def test_an_activity_has_no_third_page(lea: Walker, consultation: str):
    lea.fill(f"{consultation}/add", **SURVEY)
    plan = pages_of(lea, consultation)["plan"]
    assert lea.browser.get(plan.replace("/plan", "/nonsense")).status_code == 404


def test_who_was_invited_is_named_and_their_answer_is_recorded_on_one_page(lea: Walker, consultation: str):
    lea.fill(f"{consultation}/add", **SURVEY)
    invited = pages_of(lea, consultation)["invited"]
    assert lea.browser.post(invited, data=form_of(lea.look(invited)).sent | {"name": ""}).status_code == 422
    lea.fill(invited, name="Access Forum")
    assert "No answer yet" in text(lea.look(invited))
    [one] = re.findall(rf'action="({invited}/[0-9a-f-]+)"', lea.look(invited))
    token = re.findall(r'name="csrf_token" value="([^"]+)"', lea.look(invited))[0]
    assert lea.browser.post(one, data={"csrf_token": token, "what": "answered"}).status_code == 302
    assert "Answered on" in text(lea.look(invited))
    assert lea.browser.post(one, data={"csrf_token": token, "what": "nonsense"}).status_code == 404
