"""What somebody sends who means harm, or whose browser asks in an odd way."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from eia.domain.evidence import EvidenceKind
from eia.store.tables import action, assessment, evidence, outbox, person
from eia.usecases.evidence import EvidenceEntry, add_evidence
from eia.web.printable import LONGEST_FIELD
from tests.web.conftest import Town, give


def a_source(town: Town, assessment_id):
    entry = EvidenceEntry(title="Census", kind=EvidenceKind.CENSUS, characteristics=("age",), finding="Older")
    return add_evidence(town.services, town.actor("lea"), assessment_id, entry)


def one(town: Town, query):
    with town.services.database.read() as connection:
        return connection.scalar(query)


def test_looking_at_the_head_of_a_page_removes_nothing(town: Town, browser_of):
    assessment_id = town.add_assessment("Leisure passes", "analysis")
    evidence_id = a_source(town, assessment_id)
    shown = browser_of("lea").head(f"/assessments/{assessment_id}/evidence/{evidence_id}/remove")
    assert (shown.status_code, shown.data) == (200, b"")
    assert one(town, select(func.count()).select_from(evidence)) == 1


def test_looking_at_the_head_of_a_page_verifies_no_action(town: Town, browser_of):
    assessment_id = town.add_assessment("Leisure passes", "follow_up")
    action_id = town.add_action("Paint", "nia", None, assessment_id=assessment_id, state="done")
    browser_of("olu").head(f"/actions/{action_id}/verify")
    assert one(town, select(action.c.state)) == "done"


def test_nothing_at_all_saved_for_later_is_no_evidence(town: Town, browser_of):
    assessment_id = town.add_assessment("Leisure passes", "analysis")
    answer = give(browser_of("lea"), f"/assessments/{assessment_id}/evidence/add", save="later")
    assert answer.status_code == 422


@pytest.mark.parametrize("version", ["9" * 5000, "9" * 30, "-1", "x"])
def test_a_page_token_that_is_no_version_is_stale(town: Town, browser_of, version: str):
    assessment_id = town.add_assessment("Leisure passes", "analysis")
    action_id = town.add_action("Paint the wall", "nia", None, assessment_id=assessment_id)
    fields = {
        "text": "Paint it",
        "lead": str(town.people["nia"]),
        "target": "31 March 2027",
        "outcome": "It lasts",
    }
    answer = give(browser_of("lea"), f"/actions/{action_id}/change", page_token=version, **fields)
    assert answer.status_code == 409


@pytest.mark.parametrize(
    "address",
    [
        "/programme?year=99999999999999999999999",
        "/programme?after=FIN~99999999999999999999999",
        "/programme?after=FIN~" + "9" * 5000,
        "/programme?after=a%00b~1",
        "/programme?department=a%00b",
        "/outbox?before=0001-01-01T00:00:00%2B14:00",
        "/outbox?before=a%00b",
    ],
)
def test_an_address_that_makes_no_sense_is_answered_all_the_same(browser_of, address: str):
    assert browser_of("olu").get(address).status_code in (200, 400, 404)


def test_a_character_that_no_database_takes_is_not_kept(town: Town, browser_of):
    fields = {"department": str(town.departments["FIN"]), "financial_year": "2026"}
    give(browser_of("lea"), "/assessments/new", title="Leisure\x00 \x0bpasses\x1f", **fields)
    assert one(town, select(assessment.c.title)) == "Leisure passes"


def test_a_title_with_odd_characters_still_makes_a_document(town: Town, browser_of):
    fields = {"department": str(town.departments["FIN"]), "financial_year": "2026"}
    give(browser_of("olu"), "/assessments/new", title="Leisure\x0b\ufffe\x02 passes", **fields)
    assessment_id = one(town, select(assessment.c.id))
    for ending in ("docx", "pdf", "json"):
        assert browser_of("olu").get(f"/assessments/{assessment_id}/record.{ending}").status_code == 200


def test_mails_of_the_same_moment_are_all_found_page_by_page(town: Town, browser_of):
    now = town.clock.now()
    for number in range(70):
        town.insert(
            outbox,
            id=uuid4(),
            body_id=town.body_id,
            recipient_id=town.people["lea"],
            kind="digest",
            day=now.date(),
            state="sent",
            payload={"subject": f"Mail number {number}.", "text": "", "html": ""},
            message_id="",
            attempt=1,
            due_at=now,
            error="",
            created_at=now,
        )
    browser, address, found = browser_of("lea"), "/outbox", set()
    while address:
        shown = browser.get(address).text
        found |= set(re.findall(r"Mail number \d+\.", shown))
        following = re.search(r'href="(/outbox\?before=[^"]+)"', shown)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(found) == 70


def test_an_equality_officer_cannot_make_a_link_into_an_administrators_account(town: Town, browser_of):
    shown = browser_of("olu").get(f"/people/{town.people['nia']}").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', shown)
    browser = browser_of("olu")
    answer = give(browser, f"/people/{town.people['ada']}/welcome", page=f"/people/{town.people['nia']}")
    assert token and answer.status_code == 403


def test_an_equality_officer_cannot_send_an_administrator_away(town: Town, browser_of):
    fields = {"name": "Ada", "email": "ada@example.org", "roles": "administrator", "active": "no"}
    give(browser_of("olu"), f"/people/{town.people['ada']}", **fields)
    assert one(town, select(person.c.active).where(person.c.id == town.people["ada"])) is True


@pytest.mark.parametrize(
    "email", ["jo smith@example.org", "jo@example.org, x@example.org", "jo@", "a\r\nb@c", "<jo@example.org>"]
)
def test_an_address_to_which_no_mail_can_go_is_refused_when_it_is_typed(browser_of, email: str):
    answer = give(browser_of("ada"), "/people/add", name="Jo", email=email)
    assert answer.status_code == 422


def test_signing_in_anew_ends_the_session_before(town: Town, app: Flask, browser_of):
    browser = browser_of("lea")
    before = browser.get_cookie("eia_session").value
    give(browser, "/sign-in", email="olu@example.org", password="a horse, a battery and a staple")
    thief = app.test_client()
    thief.set_cookie("eia_session", before)
    assert thief.get("/").status_code == 302


@pytest.mark.parametrize(("length", "status"), [(LONGEST_FIELD, 302), (LONGEST_FIELD + 1, 413)])
def test_no_field_brings_more_than_anybody_writes(town: Town, browser_of, length: int, status: int):
    action_id = town.add_action("Keep the pool warm", "lea", None)
    answer = give(browser_of("lea"), f"/actions/{action_id}/on-track", note="x" * length)
    assert answer.status_code == status


def test_a_plan_is_pasted_whatever_its_length(browser_of):
    answer = give(browser_of("olu"), "/plans/import", text="x" * (LONGEST_FIELD + 1))
    assert answer.status_code == 422
