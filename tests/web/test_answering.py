"""Two clicks from the mail: a link that opens one action's form, and the button that sends it."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date, timedelta
from email import message_from_bytes, policy

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from eia.store.tables import action, action_progress, one_use_link, web_session
from eia.usecases.outbox import deliver
from eia.usecases.reminders import sweep
from tests.journeys.walker import problems, text
from tests.web.conftest import Town, give


class Letterbox:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    @contextmanager
    def connect(self):
        yield self

    def has(self, key: str) -> bool:
        return False

    def send(self, mail, intend) -> None:
        intend()
        whole = message_from_bytes(mail.raw, policy=policy.SMTP)
        self.texts.append(whole.get_body(("plain",)).get_content())


@pytest.fixture
def mailed(town: Town) -> str:
    """The text of the reminder that Nia gets of an action that is late."""
    by = town.services.today() - timedelta(days=7)
    where = town.add_assessment("Library hours", "follow_up")
    town.add_action("Put a loop there", "nia", by, assessment_id=where, target_raw="last week")
    sweep(town.services)
    box = Letterbox()
    deliver(town.services, box)
    return next(each for each in box.texts if "Put a loop there" in each and "/answer/" in each)


@pytest.fixture
def link(mailed: str) -> Callable[[str], str]:
    """The address in the mail for an answer."""
    return lambda name: re.search(rf"(/answer/\S+/{name})\s", mailed)[1]


def told(town: Town) -> list[str]:
    with town.services.database.read() as connection:
        return list(connection.execute(select(action_progress.c.kind)).scalars())


def rows(town: Town, table: object) -> int:
    with town.services.database.read() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_a_reminder_is_answered_with_a_click_and_a_button(browser, town, link):
    assert give(browser, link("on-track"), note="").headers["Location"] == "/answered"
    assert told(town) == ["on_track"]
    assert "It is on record that this is on track." in browser.get("/answered").text


def test_a_delay_needs_its_reason_and_nothing_typed_is_lost(browser, town, link):
    refused = give(browser, link("delayed"), note=" ")
    assert (refused.status_code, problems(refused.text)) == (422, ["Enter why it is delayed"])
    assert give(browser, link("delayed"), note="The builder is ill").status_code == 302
    assert told(town) == ["delayed"]


def test_what_is_done_takes_evidence_and_a_day(browser, town, link):
    sent = {"evidence": "A photograph", "done_on-day": "31", "done_on-month": "2", "done_on-year": "2026"}
    refused = give(browser, link("done"), **sent)
    assert refused.status_code == 422
    assert "A photograph" in refused.text
    assert give(browser, link("done"), **sent | {"done_on-day": "27"}).status_code == 302
    with town.services.database.read() as connection:
        (done,) = connection.execute(select(action.c.state, action.c.done_on, action.c.done_by))
    assert tuple(done) == ("done", date(2026, 2, 27), town.people["nia"])


def test_a_scanner_that_opens_every_link_changes_nothing(app, town, link):
    for name in ("on-track", "delayed", "done"):
        for _ in range(3):
            scanner = app.test_client()
            assert scanner.get(link(name)).status_code == 200
            assert scanner.head(link(name)).status_code == 200
    assert told(town) == []
    assert give(app.test_client(), link("on-track"), note="").status_code == 302


def test_a_form_without_its_token_is_refused(browser, town, link):
    assert browser.post(link("on-track"), data={"note": ""}).status_code == 400
    assert told(town) == []


def test_the_link_signs_nobody_in(browser, town, link):
    give(browser, link("on-track"), note="")
    assert rows(town, web_session) == 0
    assert browser.get("/actions").headers["Location"].startswith("/sign-in")


def test_the_page_shows_its_action_and_nothing_else(browser, town, link):
    town.add_action("Something else of hers", "nia", None)
    shown = text(browser.get(link("on-track")).text)
    assert "Put a loop there" in shown
    for secret in ("Something else of hers", "Nia Example", "Library hours", "Lea Example"):
        assert secret not in shown


def test_a_link_that_was_used_and_one_that_never_was_answer_alike(app, browser, link):
    give(browser, link("on-track"), note="")
    used, unknown = (app.test_client().get(each) for each in (link("on-track"), "/answer/nonsense/on-track"))
    assert used.status_code == unknown.status_code == 404
    assert text(used.text) == text(unknown.text)


def test_what_was_typed_for_a_link_that_stopped_working_is_shown_back(app, town, link):
    shown, late = app.test_client(), app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', late.get(link("delayed")).text)[1]
    give(shown, link("on-track"), note="")
    answer = late.post(link("delayed"), data={"csrf_token": token, "note": "The builder is ill"})
    assert answer.status_code == 404
    assert "The builder is ill" in answer.text
    assert told(town) == ["on_track"]


def test_the_address_is_neither_kept_nor_passed_on(browser, link):
    for name, status in ((link("on-track"), 200), ("/answer/nonsense/on-track", 404)):
        answer = browser.get(name)
        assert answer.status_code == status
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_what_counts_the_tries_does_not_keep_the_token(app, browser, link):
    give(browser, link("on-track"), note="")
    counted = " ".join(app.extensions["limits"].storage.events)
    assert counted
    assert link("on-track").split("/")[2] not in counted


def test_whoever_tries_token_after_token_is_stopped(browser):
    answers = [browser.get(f"/answer/guess-{number}/on-track").status_code for number in range(102)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_there_is_nothing_else_to_answer(browser, link):
    assert browser.get(link("on-track").replace("on-track", "drop")).status_code == 404


def test_without_such_links_the_mail_opens_the_same_form_behind_the_door(town, browser_of):
    saved = {"name": "Sandmere", "brand": "#123456", "accent": "#112233"}
    ada = browser_of("ada")
    assert "checked" in ada.get("/settings").text
    give(ada, "/settings", **saved)
    where = town.add_assessment("Library hours", "follow_up")
    made = town.add_action("Put a loop there", "nia", town.services.today(), assessment_id=where)
    sweep(town.services)
    box = Letterbox()
    deliver(town.services, box)
    (told_nia,) = [each for each in box.texts if "Put a loop there" in each and "You are responsible" in each]
    assert "/answer/" not in told_nia
    assert rows(town, one_use_link) == 0
    nia: FlaskClient = browser_of("nia")
    assert f"/actions/{made}/delayed" in told_nia
    assert give(nia, f"/actions/{made}/delayed", note="The builder is ill").status_code == 302


def test_somebody_not_signed_in_is_taken_to_the_door_and_back_to_the_form(town, browser):
    made = town.add_action("Put a loop there", "nia", town.services.today())
    answer = browser.get(f"/actions/{made}/done")
    assert answer.headers["Location"] == f"/sign-in?next=/actions/{made}/done"
