"""The pages of the library and of gaps: found by words, cited from an assessment, put right, counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from tests.journeys.walker import Walker, form_of, problems, text
from tests.web.conftest import Town
from tests.web.test_evidence import CENSUS, GAP


@pytest.fixture
def lea(browser_of: Callable[[str], FlaskClient]) -> Walker:
    return Walker(browser_of("lea"))


@pytest.fixture
def olu(browser_of: Callable[[str], FlaskClient]) -> Walker:
    return Walker(browser_of("olu"))


@pytest.fixture
def evidence(town: Town) -> str:
    return f"/assessments/{town.add_assessment('Library hours', 'evidence')}/evidence"


@pytest.fixture
def other(town: Town) -> str:
    return f"/assessments/{town.add_assessment('Pool prices', 'evidence')}/evidence"


@pytest.fixture
def source(lea: Walker, evidence: str) -> str:
    lea.fill(f"{evidence}/add", **CENSUS)
    [address] = set(re.findall(r'href="(/evidence/[0-9a-f-]{36})"', lea.look(evidence)))
    return address


def test_an_empty_library_says_how_it_fills(olu: Walker):
    assert "The library is empty." in text(olu.look("/evidence"))
    assert "No assessment that you may see admits a gap" in text(olu.look("/gaps"))


def test_what_was_entered_once_is_cited_elsewhere(lea: Walker, source: str, other: str):
    found = lea.look(f"{other}/library?q=census&group=age")
    [cite] = re.findall(rf'href="({other}/cite/[^"]+)"', found)
    assert form_of(lea.look(cite)).sent["characteristics"] == ["age"]
    lea.fill(cite, finding="One in four swims.")
    shown = text(lea.look(other))
    assert "One in four swims." in shown
    assert "1 March 2024" in shown
    assert "Cited here already" in text(lea.look(f"{other}/library"))
    assert "Cited by 2 assessments" in text(lea.look("/evidence"))


def test_a_citation_without_a_finding_is_asked_for_one(lea: Walker, source: str, other: str):
    [cite] = re.findall(rf'href="({other}/cite/[^"]+)"', lea.look(f"{other}/library"))
    answer = lea.send(cite, finding="")
    assert answer.status_code == 422
    assert problems(answer.text) == ["Say what it tells you"]


def test_words_that_no_source_has_find_nothing(lea: Walker, source: str, other: str):
    assert "has nothing like that" in text(lea.look(f"{other}/library?q=zebra"))
    assert "has nothing like that" in text(lea.look("/evidence?q=zebra"))


@pytest.mark.parametrize(
    "asked", ["kind=nonsense", "group=%00", "after=nonsense", "after=2026-01-01~x", "q=%25"]
)
def test_an_address_that_nobody_made_narrows_nothing_or_finds_nothing(olu: Walker, source: str, asked: str):
    assert olu.browser.get(f"/evidence?{asked}").status_code == 200
    assert olu.browser.get(f"/gaps?{asked}").status_code == 200


def test_an_old_source_carries_its_age(lea: Walker, evidence: str):
    lea.fill(f"{evidence}/add", **CENSUS | {"kind": "survey", "published_on-year": "2019"})
    assert "Older than 3 years" in text(lea.look(evidence))
    assert "Older than 3 years" in text(lea.look("/evidence?old=yes"))


def test_a_fresh_source_carries_none(lea: Walker, source: str, evidence: str):
    assert "Older than" not in text(lea.look(evidence))
    assert "has nothing like that" in text(lea.look("/evidence?old=yes"))


def test_a_change_in_the_library_is_offered_where_it_is_cited_and_taken_over(
    lea: Walker, source: str, evidence: str
):
    assert lea.fill(f"{source}/change", title="Census, second release") == source
    shown = lea.look(evidence)
    assert "The library now says:" in text(shown)
    [take_over] = re.findall(r'action="([^"]+/take-over)"', shown)
    lea.fill(take_over, on=evidence)
    shown = text(lea.look(evidence))
    assert "Census, second release" in shown
    assert "The library now says:" not in shown


def test_two_who_change_a_source_lose_nothing(lea: Walker, olu: Walker, source: str):
    old = form_of(lea.look(f"{source}/change")).sent
    olu.fill(f"{source}/change", title="Theirs")
    answer = lea.browser.post(f"{source}/change", data=old | {"title": "Mine"})
    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert "Mine" in answer.text
    assert lea.browser.post(f"{source}/change", data=form_of(answer.text).sent).status_code == 302


def test_only_whoever_entered_it_or_the_equality_officer_changes_a_source(
    browser_of: Callable[[str], FlaskClient], source: str
):
    nia = Walker(browser_of("nia"))
    assert nia.browser.get("/evidence").status_code == 403
    assert nia.browser.get(f"{source}/change").status_code == 403


def test_a_source_that_nothing_cites_is_removed(lea: Walker, source: str, evidence: str):
    assert f"{source}/remove" not in lea.look(source)
    [remove] = re.findall(rf'href="({evidence}/[0-9a-f-]+/remove)"', lea.look(evidence))
    lea.fill(remove)
    assert lea.fill(f"{source}/remove", on=source) == "/evidence"
    assert lea.browser.get(source).status_code == 404


def test_gaps_roll_up_with_the_action_that_will_close_them(lea: Walker, olu: Walker, evidence: str):
    lea.fill(f"{evidence}/add-gap", **GAP)
    assert "No action yet" in text(olu.look("/gaps"))
    lea.fill(f"{evidence}/add-gap", **GAP | {"title": "Who comes", "characteristics": ["age"]})
    [promise, _] = re.findall(r'action="([^"]+/promise)"', lea.look(evidence))
    lea.fill(promise, on=evidence)
    everything = text(olu.look("/gaps"))
    assert "Close the gap:" in everything
    assert "Who comes" in text(olu.look("/gaps?group=age"))
    assert "Who stays away" not in text(olu.look("/gaps?group=age"))


def test_gaps_of_others_are_not_shown(browser_of: Callable[[str], FlaskClient], lea: Walker, evidence: str):
    lea.fill(f"{evidence}/add-gap", **GAP)
    assert "Who stays away" not in browser_of("nia").get("/gaps").text


def test_the_file_of_a_source_is_handed_out_and_never_shown(lea: Walker, olu: Walker, source: str):
    form = form_of(lea.look(f"{source}/file/add"))
    sent = {"csrf_token": form.sent["csrf_token"][0], "file": (BytesIO(b"22 per cent"), "survey.txt")}
    assert lea.browser.post(f"{source}/file/add", data=sent).status_code == 302
    assert "survey.txt" in text(olu.look(source))
    answer = olu.browser.get(f"{source}/file")
    assert answer.data == b"22 per cent"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.mimetype == "application/octet-stream"
    olu.fill(f"{source}/file/remove", on=source)
    assert olu.browser.get(f"{source}/file").status_code == 404


def test_no_file_chosen_is_said_at_the_field(lea: Walker, source: str):
    answer = lea.send(f"{source}/file/add")
    assert answer.status_code == 422
    assert problems(answer.text) == ["Choose a file"]
