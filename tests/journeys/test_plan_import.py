"""A plan on paper becomes actions that somebody follows and an assessment that somebody leads."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

from tests.journeys.life import Life
from tests.journeys.walker import Walker, form_of, text

FIXTURE = Path(__file__).parent.parent / "fixtures" / "plans" / "lindenvale-housing-2010-11.txt"


def test_a_plan_is_imported_its_names_confirmed_and_whoever_it_names_follows_it_up(
    life: Life, person: Callable[[str], Walker]
):
    officer = person("olu")
    plan = bring_in(officer, str(life.town.departments["FIN"]))
    for name in ("R Okonjo", "R. Okonjo"):
        officer.fill(party(officer, name), holder=str(life.town.people["lea"]))

    lea = person("lea")
    assert "Offer letters in large print" in text(lea.look("/actions"))
    letters = link(lea.look(plan), "/actions/", "Offer letters in large print")
    lea.fill(f"{letters}/done", evidence="The letters of May are in 18 point.")
    person("hal").fill(f"{letters}/verify", note="I asked for one.")
    assert "Done and verified" in text(lea.look(plan))

    assessment = link(lea.look(plan), "/assessments/", "Repairs service")
    assert "You are asked to lead this" in text(lea.look(assessment))
    lea.fill(f"{assessment}/accept", on=assessment)
    assert "You are asked to lead this" not in text(lea.look(assessment))


def bring_in(officer: Walker, department: str) -> str:
    data = form_of(officer.look("/plans/import")).sent | {
        "department": department,
        "file": (io.BytesIO(FIXTURE.read_bytes()), "lindenvale.txt"),
    }
    read = officer.browser.post("/plans/import", data=data, content_type="multipart/form-data")
    token = form_of(officer.look(str(read.headers["Location"]))).sent["csrf_token"]
    said = {"csrf_token": token, "do": "import", "as_read": "yes"}
    answer = officer.browser.post(f"{read.headers['Location']}/finish", data=said)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def party(officer: Walker, name: str) -> str:
    hidden = rf'<span class="govuk-visually-hidden">: {re.escape(name)}'
    [address] = re.findall(rf'href="(/plans/parties/[^"]+)">[^<]*{hidden}', officer.look("/plans/parties"))
    return str(address)


def link(html: str, start: str, words: str) -> str:
    [address] = re.findall(rf'href="({start}[^"]+)"[^>]*>{re.escape(words)}', html)
    return str(address)
