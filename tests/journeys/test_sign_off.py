"""What a signatory meets: the version as it stands, the statement, and an answer that is taken once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.journeys.life import Life
from tests.journeys.walker import form_of, problems, text


@pytest.fixture
def recommended(life: Life) -> Life:
    life.recommend()
    return life


def test_the_page_says_what_is_signed_and_who_recommended_it(recommended: Life):
    shown = " ".join(text(recommended.person("hal").look(f"{recommended.at}/sign-off")).split())
    assert "Your signature is awaited." in shown
    assert "Recommended by Cleo Example" in shown
    assert "Unchanged since it was recommended." in shown
    assert "Nobody has signed yet." in shown


def test_the_button_of_the_assessment_leads_to_the_statement(recommended: Life):
    shown = recommended.person("hal").look(recommended.at)
    assert f'href="{recommended.at}/sign-off/sign"' in shown


def test_two_signatures_through_the_pages_approve_it(recommended: Life):
    for name in ("hal", "dee"):
        recommended.person(name).fill(f"{recommended.at}/sign-off/sign", attested="yes", comment="Agreed.")
    assert recommended.stage() == "follow_up"
    shown = text(recommended.person("lea").look(f"{recommended.at}/sign-off"))
    assert "Hal Example" in shown
    assert "Dee Example" in shown
    assert "due regard" in shown


def test_without_the_statement_nothing_is_signed_and_the_comment_stays(recommended: Life):
    answer = recommended.person("hal").send(f"{recommended.at}/sign-off/sign", comment="Well done.")
    assert answer.status_code == 422
    assert problems(answer.text) == ["Tick the box to attest to the statement."]
    assert "Well done." in answer.text


def test_a_statement_is_not_agreed_to_for_a_version_that_has_changed(recommended: Life):
    hal = recommended.person("hal")
    form = form_of(hal.look(f"{recommended.at}/sign-off/sign")).sent
    sent = form | {"page_version": "1", "attested": "yes", "comment": "Well done."}
    answer = hal.browser.post(f"{recommended.at}/sign-off/sign", data=sent)
    assert answer.status_code == 409
    assert "Well done." in answer.text
    assert "attested" not in form_of(answer.text).sent
    assert "Nobody has signed yet." in text(hal.look(f"{recommended.at}/sign-off"))


def test_signing_twice_is_told_why_not(recommended: Life):
    hal = recommended.person("hal")
    form = form_of(hal.look(f"{recommended.at}/sign-off/sign")).sent | {"attested": "yes"}
    hal.browser.post(f"{recommended.at}/sign-off/sign", data=form)
    again = hal.browser.post(f"{recommended.at}/sign-off/sign", data=form)
    assert again.status_code == 409
    assert "You have signed this version already." in text(again.text)


def test_the_director_waits_for_the_head_of_service(recommended: Life):
    shown = text(recommended.person("dee").look(f"{recommended.at}/sign-off/sign"))
    assert "The signature awaited now is somebody" in shown
    assert "Your statement" not in shown


def test_the_lead_who_wrote_it_never_comes_to_the_statement(recommended: Life):
    lea = recommended.person("lea")
    assert lea.browser.get(f"{recommended.at}/sign-off/sign").status_code == 403
    assert "/sign-off/sign" not in lea.look(f"{recommended.at}/sign-off")


def test_a_refusal_needs_a_reason_and_sends_the_assessment_back_with_it(recommended: Life):
    hal = recommended.person("hal")
    bare = hal.send(f"{recommended.at}/sign-off/refuse")
    assert problems(bare.text) == ["Choose at least one reason.", "Write a comment that says why."]
    hal.fill(f"{recommended.at}/sign-off/refuse", reasons=["not_satisfied"], comment="Who was asked?")
    assert recommended.stage() == "analysis"
    shown = text(recommended.person("lea").look(f"{recommended.at}/sign-off"))
    assert "Refused" in shown
    assert "Who was asked?" in shown


def test_a_quarter_of_an_hour_later_the_password_is_asked_for_first(recommended: Life):
    hal = recommended.person("hal")
    recommended.town.clock.at += timedelta(minutes=16)
    answer = hal.browser.get(f"{recommended.at}/sign-off/sign")
    assert answer.headers["Location"].startswith("/sign-in/again")
