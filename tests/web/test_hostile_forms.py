"""What no browser sends, sent to every page: an answer comes back, and nothing breaks or changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask

from eia.domain.evidence import EvidenceKind
from eia.domain.people import Role
from eia.usecases.attachments import add_attachment
from eia.usecases.evidence import EvidenceEntry, add_evidence
from eia.usecases.evidence_pages import evidence_page
from eia.usecases.plan_import import import_plan
from eia.usecases.plan_readings import PlanFile, begin_reading
from eia.usecases.uploads import Upload
from eia.web.actions.steps import STEPS
from tests.web.conftest import PASSWORD, Town, give

GARBAGE = (
    "",
    "a\x00b",
    "\x0b\x1f\ufffe",
    "9" * 5000,
    "-1",
    "018f0000-0000-7000-8000-000000000000",
    "%s%(x)s{{7*7}}'\"<b>",
)
PLAN = Path(__file__).parent.parent / "fixtures" / "plans" / "lindenvale-housing-2010-11.txt"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
NAMED: dict[str, tuple[str, ...]] = {
    "name": (*STEPS, "hold", "submit_for_review", "framework-eflg-2021-1", "a\x00b"),
    "area": ("communities", "a\x00b"),
    "kind": ("quarterly-pack",),
    "form": ("schedule", "outcome", "quality_check", "a\x00b"),
    "role": ("lead", "clock"),
    "slug": ("plan", "recommended-outcome", "a\x00b"),
    "token": ("nonsense",),
    "key": ("a1", "c1", "p1", "a\x00b"),
    "state": ("failed", "in_doubt"),
}
NAMES = re.compile(r'name="([^"]+)"')
STRANGE = ("save", "page_token", "page_version", "people", "roles", "text", "note", "content", "again")


@pytest.fixture
def ids(town: Town) -> dict[str, UUID]:
    """Things that are there, so that the garbage reaches what is behind the door."""
    town.add_person("all", *(role for role in Role if role not in (Role.CLOCK, Role.LEAD)))
    town.add_person("chris", Role.CHAMPION)
    assessment_id = town.add_assessment("Leisure passes", "analysis", lead="all", champion="chris")
    entry = EvidenceEntry(title="Census", kind=EvidenceKind.CENSUS, characteristics=("age",), finding="None")
    evidence_id = add_evidence(town.services, town.actor("all"), assessment_id, entry)
    cited = evidence_page(town.services, town.actor("all"), assessment_id).item(evidence_id)
    letter = Upload(name="letter.txt", content=b"We shall miss the pool.")
    attachment_id = add_attachment(town.services, town.actor("all"), assessment_id, "evidence", letter)
    action_id = town.add_action("Keep the pool warm", "all", None, assessment_id=assessment_id)
    return plan_ids(town) | {
        "assessment_id": assessment_id,
        "evidence_id": evidence_id,
        "attachment_id": attachment_id,
        "source_id": cited.source_id,
        "action_id": action_id,
        "party_id": town.party("all"),
        "person_id": town.people["nia"],
    }


def plan_ids(town: Town) -> dict[str, UUID]:
    """A plan, and another file that is being checked."""
    actor, content = town.actor("all"), PLAN.read_bytes()
    file = PlanFile(name="plan.txt", content=content, department_id=town.departments["FIN"])
    made = import_plan(town.services, actor, file)
    begun = begin_reading(town.services, actor, replace(file, content=content + b"\n"))
    assert begun.reading_id is not None
    return {"plan_id": made.plan_id, "reading_id": begun.reading_id}


def addresses(app: Flask, ids: dict[str, UUID]) -> Iterator[str]:
    """Every address that takes a form, with ids that are there and with names that fit or do not."""
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()) or rule.endpoint == "sign_in.leave":
            continue
        told: list[dict[str, object]] = [{}]
        for argument in sorted(rule.arguments):
            values = NAMED.get(argument) or (ids.get(argument, uuid4()),)
            told = [{**each, argument: value} for each in told for value in values]
        with app.test_request_context(base_url="http://localhost"):
            yield from (app.url_map.bind("localhost").build(rule.endpoint, each) for each in told)


def garbage_for(fields: list[str], token: str) -> Iterator[dict[str, str]]:
    """Nothing at all, everything wrong at once, and a draft of nothing."""
    yield {"csrf_token": token}
    yield {"csrf_token": token, "save": "later"}
    for rubbish in GARBAGE:
        sent = dict.fromkeys((*fields, *STRANGE), rubbish)
        parts = {f"{name}-{part}": rubbish for name in fields for part in ("day", "month", "year")}
        yield {**sent, **parts, "csrf_token": token}


def test_no_garbage_sent_to_any_form_breaks_a_page(app: Flask, town: Town, ids: dict[str, UUID]):
    app.testing, broken = False, []
    browser = app.test_client()
    give(browser, "/sign-in", email="all@example.org", password=PASSWORD)
    found = TOKEN.search(browser.get("/assessments/new").text)
    assert found
    for address in addresses(app, ids):
        fields = sorted(set(NAMES.findall(browser.get(address).text)) - {"csrf_token"})
        for sent in garbage_for(fields, found[1]):
            code = browser.post(address, data=sent).status_code
            broken += [(address, sent)] if code >= 500 else []
    assert broken == []
