"""Reminders in the browser: what a day would bring, and how the body wants it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from eia.domain.people import Role
from eia.store import tables
from tests.web.conftest import Town, give

CHOICES = {
    "version": "0",
    "nation": "england",
    "offsets": "10, 3",
    "overdue_every_days": "7",
    "escalate_after_days": "14",
    "chain": "head_of_service",
    "chain_then": "director",
    "opens": "08:00",
    "closes": "18:00",
    "digest_days": ["0", "2"],
}


@pytest.fixture
def due(town: Town) -> date:
    """The day on which Lea has promised something."""
    day = town.clock.at.date() + timedelta(days=10)
    fees = town.add_assessment("Fees", "follow_up")
    town.add_action("Publish the fees policy", "lea", day, assessment_id=fees)
    return day


def test_the_officer_sees_who_would_be_reminded_and_why(browser_of, due):
    page = browser_of("olu").get(f"/reminders/preview?date={due}").text
    assert "Lea Example" in page
    assert "Publish the fees policy" in page
    assert "Rule: On the day itself" in page


def test_a_lead_sees_her_own_mail_and_nobody_elses(town, browser_of, due):
    town.add_person("ned")
    assert "Publish the fees policy" in browser_of("lea").get(f"/reminders/preview?date={due}").text
    page = browser_of("ned").get(f"/reminders/preview?date={due}").text
    assert "Publish the fees policy" not in page
    assert "These are your own." in page


def test_a_head_sees_what_is_of_the_department(town, browser_of, due):
    town.add_person("hana", Role.HEAD_OF_SERVICE)
    town.add_person("hugo", Role.HEAD_OF_SERVICE, department="HOU")
    address = f"/reminders/preview?date={due}"
    seen = {
        name: "Publish the fees policy" in browser_of(name).get(address).text for name in ("hana", "hugo")
    }
    assert seen == {"hana": True, "hugo": False}
    assert f"/reminders/cover/{town.people['lea']}" in browser_of("hana").get(address).text


def test_the_page_narrows_to_one_person(town, browser_of, due):
    other = town.add_person("ned")
    page = browser_of("olu").get(f"/reminders/preview?date={due}&person={other}").text
    assert "Publish the fees policy" not in page


def test_looking_writes_nothing(town, browser_of, due):
    browser_of("olu").get(f"/reminders/preview?date={due}")
    with town.services.database.read() as connection:
        assert connection.scalars(select(tables.reminder.c.id)).all() == []


@pytest.mark.parametrize("typed", ["tomorrow", "2026-13-01", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_refused_in_words(browser_of, typed):
    answer = browser_of("olu").get(f"/reminders/preview?date={typed}")
    assert (answer.status_code, "Enter a day" in answer.text) == (422, True)


def test_a_year_whose_bank_holidays_nobody_knows_is_said(browser_of):
    said = "The bank holidays of 2150 are not known here"
    assert said in browser_of("olu").get("/reminders/preview?date=2150-03-02").text
    assert "are not known here" not in browser_of("olu").get("/reminders/preview?date=2026-03-02").text


def test_what_the_officer_chose_is_on_the_page_and_in_the_preview(browser_of, due):
    officer = browser_of("olu")
    answer = give(officer, "/settings/reminders", **CHOICES)
    assert answer.headers["Location"] == "/settings/reminders"
    page = officer.get("/settings/reminders").text
    assert 'value="10, 3"' in page
    assert "Version 1, chosen by Olu Example" in page
    assert "Rule: 10 days before the date" in officer.get("/reminders/preview").text


def test_what_cannot_be_taken_stays_in_its_field(browser_of):
    answer = give(browser_of("olu"), "/settings/reminders", **{**CHOICES, "offsets": "soon"})
    assert (answer.status_code, 'value="soon"' in answer.text) == (422, True)
    assert "Enter up to 8 whole numbers of days" in answer.text


def test_an_older_page_does_not_undo_what_somebody_else_chose(browser_of):
    officer = browser_of("olu")
    give(officer, "/settings/reminders", **CHOICES)
    answer = give(officer, "/settings/reminders", **{**CHOICES, "offsets": "5"})
    assert (answer.status_code, "Somebody else chose meanwhile" in answer.text) == (422, True)


def test_a_lead_may_not_choose_how_people_are_reminded(browser_of):
    assert browser_of("lea").get("/settings/reminders").status_code == 403


def away(town: Town, deputy: str) -> dict[str, str]:
    day = town.clock.at.date()
    first = {f"first_day-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    last = {f"last_day-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    return {**first, **last, "deputy": str(town.people[deputy])}


def test_somebody_says_when_they_are_away_and_takes_it_back(town, browser_of):
    lea = browser_of("lea")
    address = f"/reminders/cover/{town.people['lea']}"
    assert give(lea, address, **away(town, "nia")).status_code == 302
    page = lea.get(address).text
    assert "Nia Example" in page
    (end,) = re.findall(rf'action="({address}/[^"]+/end)"', page)
    give(lea, end)
    assert "End this" not in lea.get(address).text


def test_a_deputy_sees_in_the_preview_for_whom(town, browser_of):
    town.add_action("Publish the fees policy", "lea", town.clock.at.date())
    give(browser_of("lea"), f"/reminders/cover/{town.people['lea']}", **away(town, "nia"))
    page = browser_of("nia").get("/reminders/preview").text
    assert "Publish the fees policy" in page
    assert "because Lea Example is away" in page


def test_what_is_missing_is_said_and_what_was_typed_stays(town, browser_of):
    typed = {**away(town, "nia"), "last_day-day": "32"}
    answer = give(browser_of("lea"), f"/reminders/cover/{town.people['lea']}", **typed)
    assert (answer.status_code, 'value="32"' in answer.text) == (422, True)
    assert "Enter the last day away" in answer.text


def test_nobody_says_it_for_a_colleague(town, browser_of):
    assert browser_of("nia").get(f"/reminders/cover/{town.people['lea']}").status_code == 403


def test_the_officer_gets_there_from_the_person(town, browser_of):
    assert (
        f"/reminders/cover/{town.people['lea']}"
        in browser_of("olu").get(f"/people/{town.people['lea']}").text
    )
