"""Mail that waits for a person, in the browser of whoever looks after it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from eia.domain.mail import RecipientRefused
from eia.domain.mail_hold import HoldKind
from eia.store import tables
from eia.store.migrate import head
from eia.usecases.mail_holds import hold
from eia.usecases.outbox import deliver
from eia.usecases.reminders import sweep
from eia.web import create_app
from tests.usecases.letterbox import Letterbox
from tests.web.conftest import Town, give


@pytest.fixture
def failed(town: Town) -> str:
    """The address of a mail to Lea that was refused."""
    town.add_action("Publish the fees policy", "lea", town.clock.at.date())
    sweep(town.services)
    deliver(town.services, Letterbox(RecipientRefused("550 5.1.1 no such person")))
    with town.services.database.read() as connection:
        (mail_id,) = connection.scalars(select(tables.outbox.c.id).where(tables.outbox.c.state == "failed"))
    return f"/operations/mail/{mail_id}"


def test_what_waits_is_one_click_from_how_it_is_running_and_says_why(browser_of, failed):
    officer = browser_of("olu")
    assert "Decide about 1 mail" in officer.get("/operations").text
    page = officer.get("/operations/mail").text
    assert "Could not be delivered" in page
    assert "550 5.1.1 no such person" in page
    assert "Lea Example" in page


def test_the_next_post_up_gets_a_mail_that_says_who_cannot_be_reached(browser_of, failed):
    assert "Mail cannot reach Lea Example" in browser_of("olu").get("/outbox").text


def test_without_a_choice_and_a_reason_the_form_says_what_is_missing(browser_of, failed):
    officer = browser_of("olu")
    answer = give(officer, failed)
    assert (answer.status_code, "Select what to do" in answer.text) == (422, True)
    answer = give(officer, failed, choice="give_up", because=" ")
    assert (answer.status_code, "Enter why, for whoever asks later" in answer.text) == (422, True)
    assert re.search(r'value="give_up" checked', answer.text)


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("again", "Done: Send it again."),
        ("delivered", "Done: Mark it as delivered."),
        ("give_up", "Done: Give it up."),
    ],
)
def test_the_officer_decides_and_the_list_is_empty(browser_of, failed, choice: str, said: str):
    officer = browser_of("olu")
    answer = give(officer, failed, choice=choice, because="Told her in person")
    assert answer.headers["Location"] == "/operations/mail"
    page = officer.get("/operations/mail").text
    assert said in page
    assert "There is none." in page
    if choice != "again":
        assert "Told her in person" in officer.get(failed.replace("/operations/mail", "/outbox")).text


def test_a_mail_that_was_dealt_with_leads_to_the_mail(browser_of, failed):
    officer = browser_of("olu")
    give(officer, failed, choice="again")
    assert officer.get(failed).headers["Location"] == failed.replace("/operations/mail", "/outbox")


def test_several_are_dealt_with_together(browser_of, town: Town):
    for name in ("lea", "hal"):
        town.add_action("Publish the fees policy", name, town.clock.at.date())
    sweep(town.services)
    hold(town.services, HoldKind.STORM, "999 reminders in one day")
    deliver(town.services, Letterbox())
    officer = browser_of("olu")
    assert "Decide about all 2 together" in officer.get("/operations/mail").text
    assert 'value="again"' not in officer.get("/operations/mail/all/held").text
    give(officer, "/operations/mail/all/held", choice="give_up", because="A false alarm")
    assert "Done, for 2 mails." in officer.get("/operations/mail").text
    assert officer.get("/operations/mail/all/held").status_code == 302
    assert officer.get("/operations/mail/all/sent").status_code == 404


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (HoldKind.REFUSED, "The mail server refuses us"),
        (HoldKind.STORM, "Far more reminders than usual"),
        (HoldKind.CLOCK, "The clock jumped"),
        (HoldKind.RESTORED, "An older copy of the data was put back"),
        (HoldKind.COPIED, "a copy of another installation"),
    ],
)
def test_a_hold_says_what_is_wrong_and_what_to_do(browser_of, town: Town, kind: HoldKind, words: str):
    hold(town.services, kind, "in the machine's words")
    page = browser_of("ada").get("/operations").text
    assert words in page
    assert "in the machine&#39;s words" in page
    assert "Let mail go" in page


def test_a_server_that_is_away_needs_nobody(browser_of, town: Town):
    hold(town.services, HoldKind.UNREACHABLE, "no route to host")
    page = browser_of("ada").get("/operations").text
    assert "It is tried again at 2 March 2026, 09:05" in page
    assert "Let mail go" not in page


def test_a_clock_that_stopped_is_named(browser_of, town: Town):
    sweep(town.services)
    town.clock.at += timedelta(minutes=10)
    assert "Is the worker running?" not in browser_of("ada").get("/operations").text
    town.clock.at += timedelta(hours=1)
    assert "Is the worker running?" in browser_of("ada").get("/operations").text


@pytest.mark.parametrize("name", ["lea", "hal"])
def test_nobody_else_sees_or_decides(browser_of, failed, name: str):
    browser = browser_of(name)
    for address in ("/operations/mail", failed, "/operations/mail/all/failed"):
        assert browser.get(address).status_code == 403


def test_readyz_counts_what_waits(browser, failed, town: Town):
    with town.services.database.write() as work:
        work.connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        work.connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head()})
    found = browser.get("/readyz").json
    assert (found["failed_mail"], found["in_doubt_mail"], found["held_mail"]) == (1, 0, 0)
    assert found["last_delivery"] == "2026-03-02T09:00:00+00:00"
    assert found["why_on_hold"] is None


@pytest.mark.parametrize(("at", "status"), [("0001", 503), ("9999", 200)])
def test_pages_are_ready_on_a_newer_database_and_not_on_an_older_one(
    browser, town: Town, at: str, status: int
):
    """A step back to the release before goes on working: releases only add."""
    with town.services.database.write() as work:
        work.connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        work.connection.execute(text("INSERT INTO alembic_version VALUES (:at)"), {"at": at})
    assert browser.get("/readyz").status_code == status


TOKEN = "t" * 40


def receipt(town: Town, token: str | None, settings_token: str = TOKEN, **said: object):
    app = create_app(town.services, replace(town.settings, notify_callback_token=settings_token))
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return app.test_client().post("/mail/receipts", json=said, headers=headers)


def test_a_receipt_needs_the_token_and_without_one_there_is_no_such_page(town: Town):
    assert receipt(town, None).status_code == 401
    assert receipt(town, "wrong").status_code == 401
    assert receipt(town, "", settings_token="").status_code == 404


def test_a_bounce_that_the_provider_tells_of_later_flags_the_address_once(browser_of, town: Town):
    town.add_action("Publish the fees policy", "lea", town.clock.at.date())
    sweep(town.services)
    deliver(town.services, Letterbox())
    with town.services.database.read() as connection:
        mail_id = str(connection.scalars(select(tables.outbox.c.id)).one())
    for _ in range(2):
        assert receipt(town, TOKEN, reference=mail_id, status="permanent-failure").status_code == 204
    page = browser_of("olu").get("/outbox").text
    assert page.count("Mail cannot reach Lea Example") == 1
    assert "The provider says: permanent-failure" in browser_of("olu").get("/operations/mail").text


@pytest.mark.parametrize(
    "said", [{}, {"reference": "no id", "status": "delivered"}, {"reference": "0" * 32, "status": "sending"}]
)
def test_a_receipt_that_says_nothing_to_us_changes_nothing(town: Town, said: dict[str, object]):
    assert receipt(town, TOKEN, **said).status_code == 204


def test_the_officers_home_says_that_mail_needs_them_and_nobody_elses_does(browser_of, failed, town: Town):
    hold(town.services, HoldKind.REFUSED, "535 wrong password")
    officers = browser_of("olu").get("/").text
    assert "Decide about 1 mail that did not simply go" in officers
    assert "No mail goes since 2 March 2026" in officers
    assert "Reminders need you" not in browser_of("lea").get("/").text


def test_a_person_whose_mail_comes_back_is_marked_until_their_address_changes(browser_of, failed, town: Town):
    officer = browser_of("olu")
    page = f"/people/{town.people['lea']}"
    assert page in officer.get(failed).text
    assert "Mail comes back since 2 March 2026" in officer.get(page).text
    fields = {"name": "Lea Example", "email": "lea.example@example.org", "active": "yes", "roles": "author"}
    give(officer, page, department=str(town.departments["FIN"]), **fields)
    assert "Mail comes back" not in officer.get(page).text


def test_mail_that_waits_for_offices_to_open_says_until_when(browser_of, town: Town):
    town.add_action("Publish the fees policy", "lea", town.clock.at.date())
    sweep(town.services)
    assert "when offices open" not in browser_of("olu").get("/outbox").text
    town.clock.at += timedelta(days=4, hours=10)  # Friday evening
    officer = browser_of("olu")
    page = officer.get("/outbox").text
    assert "when offices open, on 9 March 2026, 08:00" in page
    [message] = re.findall(r'href="(/outbox/[^"]+)"', page)
    assert "when offices open, on 9 March 2026, 08:00" in officer.get(message).text
