"""A person's target dates in their own calendar, read back as their calendar program would."""

from __future__ import annotations

import re
from datetime import date

import pytest
from icalendar import Calendar
from sqlalchemy import update

from eia.store import tables
from tests.web.conftest import Town, give

EASTER_MONDAY = date(2026, 4, 6)


def address_of(browser) -> str:
    """A new address, as the page shows it once."""
    page = give(browser, "/reminders/calendar").text
    found = re.search(r"/calendar/[\w-]+\.ics", page)
    assert found, page
    return found[0]


def days(client, address: str) -> dict[str, object]:
    answer = client.get(address)
    assert answer.status_code == 200
    return {str(event["UID"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}


def change(town: Town, table, row_id, **values) -> None:
    with town.services.database.write() as work:
        work.connection.execute(update(table).where(table.c.id == row_id).values(**values))


@pytest.fixture
def action_id(town: Town):
    fees = town.add_assessment("Closing two libraries", "follow_up", lead="nia")
    words = "Write to everybody at the shelter"
    return town.add_action(words, "lea", EASTER_MONDAY, assessment_id=fees)


def test_whoever_has_the_address_reads_the_dates_and_no_titles(app, browser_of, action_id):
    address = address_of(browser_of("lea"))
    stranger = app.test_client()
    answer = stranger.get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "Set-Cookie" not in answer.headers
    assert b"shelter" not in answer.data
    assert b"librar" not in answer.data
    (event,) = days(stranger, address).values()
    assert event.decoded("DTSTART") == EASTER_MONDAY
    assert event["SUMMARY"].startswith("Action due: FIN-")
    assert event["URL"].endswith(f"/actions/{action_id}")


def test_an_alarm_is_on_a_working_day(app, browser_of, action_id):
    (event,) = days(app.test_client(), address_of(browser_of("lea"))).values()
    rings = [alarm.decoded("TRIGGER").date() for alarm in event.walk("VALARM")]
    # 28, 14, 7 and 1 days before Easter Monday; the day before is a Sunday after Good Friday.
    assert rings == [date(2026, 3, 9), date(2026, 3, 23), date(2026, 3, 30), date(2026, 4, 2)]


def test_a_moved_date_is_the_same_entry_with_a_higher_number(town, app, browser_of, action_id):
    address = address_of(browser_of("lea"))
    before = days(app.test_client(), address)
    change(town, tables.action, action_id, target_latest=date(2026, 5, 1), row_version=2)
    after = days(app.test_client(), address)
    assert list(before) == list(after)
    (old,), (new,) = before.values(), after.values()
    assert new["SEQUENCE"] > old["SEQUENCE"]
    assert new.decoded("DTSTART") == date(2026, 5, 1)


def test_what_is_done_is_gone(town, app, browser_of, action_id):
    address = address_of(browser_of("lea"))
    change(town, tables.action, action_id, state="done")
    assert days(app.test_client(), address) == {}


def test_an_assessment_is_in_its_leads_calendar(app, browser_of, town):
    town.add_assessment("Fees", "evidence", target_latest=date(2026, 6, 30), target_kind="day")
    (event,) = days(app.test_client(), address_of(browser_of("lea"))).values()
    assert event["SUMMARY"].startswith("Assessment due: FIN-")


def test_a_new_address_stops_the_old_one(app, browser_of, action_id):
    lea = browser_of("lea")
    old, new = address_of(lea), address_of(lea)
    assert app.test_client().get(old).status_code == 404
    assert app.test_client().get(new).status_code == 200


def test_an_address_can_be_stopped_and_twice_is_no_worse(app, browser_of, action_id):
    lea = browser_of("lea")
    address = address_of(lea)
    for _ in range(2):
        assert give(lea, "/reminders/calendar/stop").status_code == 302
    assert app.test_client().get(address).status_code == 404


def test_an_unknown_address_says_what_a_stopped_one_says(app, browser_of, action_id):
    lea = browser_of("lea")
    address = address_of(lea)
    give(lea, "/reminders/calendar/stop")
    stopped, unknown = (app.test_client().get(each) for each in (address, "/calendar/x.ics"))
    assert (stopped.status_code, stopped.data) == (404, unknown.data)
    assert stopped.headers["Cache-Control"] == unknown.headers["Cache-Control"] == "no-store"


def test_whoever_has_left_shares_nothing(town, app, browser_of, action_id):
    address = address_of(browser_of("lea"))
    change(town, tables.person, town.people["lea"], active=False)
    assert app.test_client().get(address).status_code == 404


def test_the_database_does_not_hold_the_address(town, browser_of):
    token = address_of(browser_of("lea")).removeprefix("/calendar/").removesuffix(".ics")
    with town.services.database.read() as connection:
        (row,) = connection.execute(tables.calendar_feed.select()).all()
    assert token.encode() not in row.token_hash
    assert len(row.token_hash) == 32
