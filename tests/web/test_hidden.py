"""What somebody may not see answers at every address and to every verb as though it were not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from eia.domain.evidence import EvidenceKind
from eia.domain.people import Role
from eia.store import tables
from eia.usecases.attachments import add_attachment
from eia.usecases.evidence import EvidenceEntry, add_evidence
from eia.usecases.plan_import import import_plan
from eia.usecases.plan_readings import PlanFile, begin_reading
from eia.usecases.uploads import Upload
from tests.usecases.test_plan_versions import FIRST, SECOND
from tests.web.conftest import PASSWORD, Town

OTHERS = {
    "head": (Role.HEAD_OF_SERVICE, "HOU"),
    "director": (Role.DIRECTOR, "HOU"),
    "author": (Role.AUTHOR, "HOU"),
    "administrator": (Role.ADMINISTRATOR, None),
    "newcomer": (None, None),
}
OTHERWISE = {
    "form": "impact",
    "slug": "plan",
    "name": "on-track",
    "role": "lead",
    "key": "a1",
    "number": 1,
    "ending": "pdf",
}


@pytest.fixture
def ids(town: Town) -> dict[str, UUID]:
    """An assessment and a plan of Finance, with something of each kind in them."""
    for name, (role, department) in OTHERS.items():
        town.add_person(name, *filter(None, (role,)), department=department)
    lea, olu, finance = town.actor("lea"), town.actor("olu"), town.departments["FIN"]
    assessment_id = town.add_assessment("Secret savings", "evidence")
    entry = EvidenceEntry(
        title="Survey", kind=EvidenceKind.SURVEY, characteristics=("age",), finding="Secret"
    )
    letter = Upload(name="secret.txt", content=b"Secret")
    plan = PlanFile(name="secret.txt", content=FIRST.encode(), department_id=finance)
    newer = PlanFile(name="secret-2.txt", content=SECOND.encode(), department_id=finance)
    reading_id = begin_reading(town.services, olu, newer).reading_id
    assert reading_id is not None
    return {
        "assessment_id": assessment_id,
        "evidence_id": add_evidence(town.services, lea, assessment_id, entry),
        "attachment_id": add_attachment(town.services, lea, assessment_id, "evidence", letter),
        "action_id": town.add_action("Secret", "lea", date(2026, 5, 1), assessment_id=assessment_id),
        "plan_id": import_plan(town.services, olu, plan).plan_id,
        "reading_id": reading_id,
    }


def about(app: Flask, ids: dict[str, UUID]) -> Iterator[tuple[str, Rule]]:
    """Every address about one of these things, with each of its verbs."""
    for rule in app.url_map.iter_rules():
        if rule.arguments & set(ids) and rule.endpoint != "static":
            yield from ((verb, rule) for verb in rule.methods & {"GET", "POST"})


def telling(app: Flask, ids: dict[str, UUID], who: str) -> list[tuple[str, str, list[int]]]:
    """Where the answer about something that is there differs from that about nothing at all."""
    app.config["WTF_CSRF_ENABLED"] = False
    browser, adapter = app.test_client(), app.url_map.bind("localhost")
    browser.post("/sign-in", data={"email": f"{who}@example.org", "password": PASSWORD})
    found = []
    for verb, rule in about(app, ids):
        absent = {name: uuid4() for name in rule.arguments if name.endswith("_id")}
        others = {name: OTHERWISE[name] for name in rule.arguments - set(absent)}
        there = {name: ids.get(name, absent[name]) for name in absent}
        answers = [
            browser.open(adapter.build(rule.endpoint, where | others, method=verb), method=verb)
            for where in (there, absent)
        ]
        codes = [each.status_code for each in answers]
        if codes[0] != codes[1] or "ecret" in answers[0].text:
            found.append((verb, rule.rule, codes))
    return found


def events(town: Town) -> int:
    with town.services.database.read() as connection:
        return connection.scalar(select(func.count()).select_from(tables.audit_event)) or 0


@pytest.mark.parametrize("who", OTHERS)
def test_what_is_hidden_is_as_though_it_were_not_there_and_stays_as_it_was(app, town, ids, who):
    before = events(town)
    assert telling(app, ids, who) == []
    assert events(town) == before


def test_whoever_may_see_it_is_told(app, ids):
    assert len(telling(app, ids, "lea")) > 20
