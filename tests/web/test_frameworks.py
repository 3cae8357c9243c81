"""Frameworks in the browser: what is said is kept, what is missing is named, nothing typed is lost."""

from __future__ import annotations

from tests.web.conftest import give

AREA = "/frameworks/framework-eflg-2021-1/communities"
SAID = {
    "level": "developing",
    "standing": "Every assessment uses the census.",
    "because": "Our own look at it.",
    "target_level": "achieving",
    "target": "March 2028",
    "closes_gap": "Ask more people.",
}


def test_the_list_leads_to_each_framework_and_its_areas(browser_of):
    browser = browser_of("olu")
    assert "framework-eflg-2009-1" in browser.get("/frameworks").text
    assert AREA in browser.get("/frameworks/framework-eflg-2021-1").text
    assert browser.get(AREA).status_code == 200


def test_what_is_said_stands_on_the_page_with_the_gap(browser_of):
    browser = browser_of("olu")
    answer = give(browser, f"{AREA}/assess", **SAID, page_token="0")
    assert answer.headers["Location"] == AREA
    shown = browser.get(AREA).text
    assert "1 level missing" in shown
    assert "at the latest 31 March 2028" in shown
    assert "Our own look at it." in shown
    assert "1 level missing" in browser.get("/frameworks/framework-eflg-2021-1").text


def test_what_is_missing_is_named_and_the_rest_is_still_there(browser_of):
    answer = give(browser_of("olu"), f"{AREA}/assess", **{**SAID, "because": ""}, page_token="0")
    assert answer.status_code == 422
    assert "Say why the level changes" in answer.text
    assert "Every assessment uses the census." in answer.text


def test_when_somebody_else_was_first_both_texts_stand_there(browser_of):
    browser = browser_of("olu")
    give(browser, f"{AREA}/assess", **SAID, page_token="0")
    answer = give(browser, f"{AREA}/assess", **{**SAID, "standing": "Mine."}, page_token="0")
    assert answer.status_code == 409
    assert "Mine." in answer.text
    assert "Every assessment uses the census." in answer.text


def test_what_shows_it_is_found_linked_and_unlinked(town, browser_of):
    assessment_id = town.add_assessment("Library hours", "screening")
    browser = browser_of("olu")
    assert "Library hours" in browser.get(f"{AREA}?find=library").text
    give(browser, f"{AREA}/link", page=f"{AREA}?find=library", kind="assessment", subject=str(assessment_id))
    shown = browser.get(AREA).text
    assert "Library hours" in shown
    removal = shown[shown.index(f"{AREA}/links/") :].split('"')[0]
    give(browser, removal, page=AREA)
    assert "Library hours" not in browser.get(AREA).text


def test_a_head_reads_and_changes_nothing(town, browser_of):
    browser = browser_of("hal")
    shown = browser.get(AREA).text
    assert "Say where we stand" not in shown
    assert browser.get(f"{AREA}/assess").status_code == 403


def test_what_is_not_there_is_not_found(browser_of):
    browser = browser_of("olu")
    for address in ("/frameworks/screening-1", "/frameworks/x", f"{AREA}x"):
        assert browser.get(address).status_code == 404
    answer = give(browser, f"{AREA}/link", page=f"{AREA}/assess", kind="secret", subject="x")
    assert answer.status_code == 404
