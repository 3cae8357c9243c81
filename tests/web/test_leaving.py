"""Somebody leaves, and each thing they had open is asked after."""

from __future__ import annotations

from sqlalchemy import select

from eia.store import tables
from eia.usecases.reminders import sweep
from tests.web.conftest import Town, give


def told(town: Town) -> set[object]:
    sweep(town.services)
    with town.services.database.read() as connection:
        return set(connection.scalars(select(tables.reminder.c.recipient_id)))


def work_of_lea(town: Town) -> tuple[str, str]:
    """What the form asks about: her name in plans, and the assessment that she leads."""
    town.add_action("Publish the fees policy", "lea", town.clock.at.date())
    return str(town.parties["lea"]), f"{town.add_assessment('Fees', 'evidence')}:lead"


def person_form(active: str) -> dict[str, str]:
    return {"name": "Lea Example", "job_title": "Officer", "email": "lea@example.org", "active": active}


def test_the_page_asks_who_takes_each_thing_and_whoever_does_is_reminded(town, browser_of):
    name, assessment = work_of_lea(town)
    officer, address = browser_of("olu"), f"/people/{town.people['lea']}/leaving"
    page = officer.get(address).text
    assert "1 open action" in page
    assert "Fees: Lead" in page
    nia = str(town.people["nia"])
    assert give(officer, address, **{name: nia, assessment: nia}).status_code == 302
    assert "Nothing is open under their name." in officer.get(address).text
    assert told(town) == {town.people["nia"]}


def test_nothing_is_left_out(town, browser_of):
    name, _ = work_of_lea(town)
    address = f"/people/{town.people['lea']}/leaving"
    answer = give(browser_of("olu"), address, **{name: str(town.people["nia"])})
    assert (answer.status_code, "Select who takes this" in answer.text) == (422, True)
    assert told(town) == {town.people["lea"]}


def test_what_nobody_takes_yet_the_officer_is_reminded_of(town, browser_of):
    name, assessment = work_of_lea(town)
    officer = browser_of("olu")
    give(officer, f"/people/{town.people['lea']}/leaving", **{name: "nobody", assessment: "nobody"})
    assert told(town) == {town.people["olu"]}


def test_whoever_marks_somebody_as_gone_is_asked_at_once(town, browser_of):
    work_of_lea(town)
    answer = give(browser_of("olu"), f"/people/{town.people['lea']}", **person_form("no"))
    assert answer.headers["Location"] == f"/people/{town.people['lea']}/leaving"
    assert told(town) == {town.people["olu"]}


def test_only_an_officer_says_who_takes_over(town, browser_of):
    for name in ("lea", "ada"):
        assert browser_of(name).get(f"/people/{town.people['lea']}/leaving").status_code == 403
