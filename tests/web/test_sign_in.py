"""Signing in, staying signed in, and signing out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from eia.domain.errors import Invalid
from eia.store.tables import web_session
from eia.usecases.sign_in import sign_in
from tests.web.conftest import PASSWORD, give


def sessions(town) -> int:
    with town.services.database.read() as connection:
        return connection.scalar(select(func.count()).select_from(web_session))


def test_the_right_password_opens_ones_own_work(browser, town):
    answer = give(browser, "/sign-in", email="Lea@example.org ", password=PASSWORD)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"
    assert "Lea Example" in browser.get("/").text


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(app, town):
    known = give(app.test_client(), "/sign-in", email="lea@example.org", password="wrong")
    unknown = give(app.test_client(), "/sign-in", email="xxx@example.org", password="wrong")
    assert known.status_code == unknown.status_code == 422
    assert "do not match" in known.text

    def anonymous(text, address):
        return re.sub(r"(value|nonce)=\"[^\"]{20,}\"", "", text.replace(address, ""))

    assert anonymous(known.text, "lea@example.org") == anonymous(unknown.text, "xxx@example.org")


def test_an_unknown_address_costs_as_much_hashing_as_a_known_one(town):
    asked = []

    class Counting:
        def verify(self, password, kept):
            asked.append(kept)
            return False

    services = replace(town.services, passwords=Counting())
    for address in ("lea@example.org", "nobody@example.org"):
        with pytest.raises(Invalid):
            sign_in(services, email=address, password="x")
    assert len(asked) == 2


def test_the_cookie_is_not_what_the_database_keeps(browser_of, town):
    browser = browser_of("lea")
    token = browser.get_cookie("eia_session").value
    with town.services.database.read() as connection:
        kept = connection.scalar(select(web_session.c.token_hash))
    assert token.encode() not in kept
    assert len(kept) == 32


def test_the_cookie_cannot_be_read_by_scripts_or_sent_from_elsewhere(browser):
    answer = give(browser, "/sign-in", email="lea@example.org", password=PASSWORD)
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("eia_session"))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_signing_in_again_gives_another_token(browser_of):
    first = browser_of("lea").get_cookie("eia_session").value
    second = browser_of("lea").get_cookie("eia_session").value
    assert first != second


def test_signing_out_ends_the_session_for_a_copy_of_the_cookie_too(browser_of, app):
    browser = browser_of("lea")
    stolen = browser.get_cookie("eia_session").value
    assert give(browser, "/sign-out", page="/").status_code == 302
    thief = app.test_client()
    thief.set_cookie("eia_session", stolen)
    assert thief.get("/").status_code == 302


def test_half_an_hour_without_a_page_signs_out(browser_of, town):
    browser = browser_of("lea")
    town.clock.at += timedelta(minutes=29)
    assert browser.get("/").status_code == 200
    town.clock.at += timedelta(minutes=29)
    assert browser.get("/").status_code == 200, "being seen did not begin the half hour again"
    town.clock.at += timedelta(minutes=31)
    assert browser.get("/").status_code == 302


def test_twelve_hours_sign_out_however_busy_one_was(browser_of, town):
    browser = browser_of("lea")
    for _ in range(12 * 3):
        town.clock.at += timedelta(minutes=20)
        assert browser.get("/").status_code == 200
    town.clock.at += timedelta(minutes=1)
    assert browser.get("/").status_code == 302


def test_old_sessions_are_swept_when_somebody_signs_in(browser_of, town):
    browser_of("lea")
    town.clock.at += timedelta(hours=13)
    browser_of("olu")
    assert sessions(town) == 1


def test_who_is_sent_to_sign_in_comes_back_to_the_page_they_wanted(browser):
    answer = browser.get("/programme?stage=screening")
    assert answer.headers["Location"] == "/sign-in?next=/programme?stage%3Dscreening"
    answer = give(
        browser, "/sign-in", email="lea@example.org", password=PASSWORD, next="/programme?stage=screening"
    )
    assert answer.headers["Location"] == "/programme?stage=screening"


def test_nobody_is_sent_to_another_site_after_signing_in(app):
    for trap in ("https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example"):
        answer = give(app.test_client(), "/sign-in", email="lea@example.org", password=PASSWORD, next=trap)
        assert answer.headers["Location"] == "/", trap


def test_the_eleventh_try_within_five_minutes_is_refused(browser):
    for _ in range(10):
        answer = give(browser, "/sign-in", email="limited@example.org", password="wrong")
        assert answer.status_code == 422
    assert give(browser, "/sign-in", email="limited@example.org", password="wrong").status_code == 429


def test_a_form_without_its_token_changes_nothing(browser_of, town):
    browser = browser_of("lea")
    assert browser.post("/sign-out").status_code == 400
    assert sessions(town) == 1


def test_the_token_of_another_session_is_refused(browser_of):
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser_of("olu").get("/").text)[1]
    assert browser_of("lea").post("/sign-out", data={"csrf_token": token}).status_code == 400


def test_the_demos_people_are_one_click_each(demo_app, demo):
    browser = demo_app.test_client()
    assert browser.get("/sign-in").headers["Location"] == "/sign-in/demo"
    page = browser.get("/sign-in/demo").text
    assert "Lea Example" in page
    give(browser, f"/sign-in/demo/{demo.people['lea']}", page="/sign-in/demo")
    assert "Lea Example" in browser.get("/").text


def test_one_click_does_not_exist_on_a_live_database(browser, town):
    assert browser.get("/sign-in/demo").status_code == 404
    answer = give(browser, f"/sign-in/demo/{town.people['lea']}", page="/sign-in")
    assert answer.status_code == 404
    assert sessions(town) == 0


def test_asking_again_wants_the_password_on_a_live_database(browser_of):
    browser = browser_of("lea")
    assert give(browser, "/sign-in/again", again="yes", password="wrong").status_code == 422
    assert give(browser, "/sign-in/again", again="yes", password=PASSWORD).status_code == 302


def typed_after_hours(browser, town, **headers):
    """Sends a form from a page of a session that has run out since."""
    token = token_on(browser.get("/sign-in/again").text)
    town.clock.at += timedelta(hours=1)
    fields = {"csrf_token": token, "because": "three\nlong lines"}
    return browser.post("/operations", data=fields, headers={"Origin": "http://localhost", **headers})


def token_on(page, name="csrf_token"):
    return re.search(rf'name="{name}" value="([^"]+)"', page)[1]


def test_what_was_typed_outlives_the_session(browser_of, town):
    browser = browser_of("olu")
    ended = typed_after_hours(browser, town)
    assert ended.status_code == 401
    give(browser, "/sign-in", email="olu@example.org", password=PASSWORD)
    asked = browser.post("/sign-in/resume", data={"kept": token_on(ended.text, "kept")})
    assert asked.status_code == 200
    assert 'name="because" value="three\nlong lines"' in asked.text
    assert 'action="/operations"' in asked.text
    sent = browser.post("/operations", data={"csrf_token": token_on(asked.text), "because": "three"})
    assert sent.status_code == 302


def test_another_site_cannot_leave_words_to_be_sent(browser_of, town):
    ended = typed_after_hours(browser_of("olu"), town, Origin="https://evil.example")
    assert ended.status_code == 400
    assert "kept" not in ended.text


def test_words_that_we_did_not_keep_are_not_shown(browser_of):
    assert browser_of("olu").post("/sign-in/resume", data={"kept": "forged"}).status_code == 400


def test_kept_words_are_shown_to_nobody_who_has_not_signed_in(browser_of, town):
    browser = browser_of("olu")
    ended = typed_after_hours(browser, town)
    answer = browser.post("/sign-in/resume", data={"kept": token_on(ended.text, "kept")})
    assert answer.status_code == 302


def test_what_is_done_in_ones_name_asks_again_after_a_quarter_of_an_hour_and_keeps_what_was_typed(
    browser_of, town
):
    browser = browser_of("hal")
    at = f"/assessments/{town.add_assessment('Bins', 'sign_off')}/sign-off/refuse"
    assert browser.get(at).status_code == 200
    token = token_on(browser.get("/sign-in/again").text)
    town.clock.at += timedelta(minutes=16)
    typed = {"csrf_token": token, "comment": "Not enough evidence"}
    sent_on = browser.post(at, data=typed)
    assert sent_on.status_code == 307, "a browser posts the same again"
    late = browser.post(sent_on.headers["Location"], data=typed)
    assert "Is it still you?" in late.text
    fields = {"csrf_token": token, "again": "yes", "kept": token_on(late.text, "kept")}
    back = browser.post("/sign-in/again", data=fields | {"password": PASSWORD, "next": at})
    assert 'name="comment" value="Not enough evidence"' in back.text
    assert f'action="{at}"' in back.text
    assert browser.get(at).status_code == 200


def test_a_wrong_password_keeps_what_was_typed_too(browser_of):
    browser = browser_of("hal")
    token = token_on(browser.get("/sign-in/again").text)
    late = browser.post(
        "/sign-in/again", data={"csrf_token": token, "comment": "Not enough", "next": "/people"}
    )
    kept = token_on(late.text, "kept")
    fields = {"csrf_token": token, "again": "yes", "kept": kept, "password": "wrong"}
    assert token_on(browser.post("/sign-in/again", data=fields).text, "kept") == kept
