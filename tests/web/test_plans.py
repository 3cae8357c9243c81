"""The pages of plans: looked at before they are kept, kept once, read as people know them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.journeys.walker import Walker, form_of, problems, text
from tests.web.conftest import Town

FIXTURE = Path(__file__).parent.parent / "fixtures" / "plans" / "lindenvale-housing-2010-11.txt"
IMPORT = "/plans/import"


@pytest.fixture
def olu(browser_of: Callable[[str], FlaskClient]) -> Walker:
    return Walker(browser_of("olu"))


def upload(walker: Walker, content: bytes, **fields: str) -> TestResponse:
    data = form_of(walker.look(IMPORT)).sent | fields | {"file": (io.BytesIO(content), "plan.txt")}
    return walker.browser.post(IMPORT, data=data, content_type="multipart/form-data")


def bring_in(walker: Walker, town: Town) -> str:
    seen = upload(walker, FIXTURE.read_bytes(), department=str(town.departments["HOU"]))
    answer = walker.browser.post(IMPORT, data=form_of(seen.text).sent)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_an_empty_list_says_what_an_import_would_bring(olu: Walker):
    assert "No plan has been imported yet." in text(olu.look("/plans"))


def test_the_preview_shows_words_beside_readings_and_keeps_nothing(olu: Walker, town: Town):
    seen = upload(olu, FIXTURE.read_bytes(), department=str(town.departments["HOU"]))
    shown = " ".join(text(seen.text).split())
    assert "We found 9 actions and 3 assessments. Nothing has been kept yet." in shown
    assert "Q3 2010/11 We read this as: from 1 October 2010 to 31 December 2010." in shown
    assert "This line fell out of the table." in shown
    assert "No plan has been imported yet." in text(olu.look("/plans"))


def test_a_file_survives_a_forgotten_department_and_a_wrong_period(olu: Walker, town: Town):
    first = upload(olu, FIXTURE.read_bytes())
    assert first.status_code == 422
    assert problems(first.text) == ["Select the department whose plan this is"]
    sent = form_of(first.text).sent | {"department": str(town.departments["HOU"]), "period": "sometime"}
    second = olu.browser.post(IMPORT, data=sent)
    assert second.status_code == 422
    third = olu.browser.post(IMPORT, data=form_of(second.text).sent | {"period": "2010/11"})
    assert third.status_code == 200
    assert "We found 9 actions" in text(third.text)


def test_text_can_be_pasted(olu: Walker, town: Town):
    answer = olu.send(
        IMPORT, text=FIXTURE.read_text(), department=str(town.departments["HOU"]), period="2010/11"
    )
    assert answer.status_code == 200
    assert "We found 9 actions" in text(answer.text)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Choose a file"),
        (b"\x00\x01\x02", "is not text"),
        (b"x" * 1_000_001, "smaller than 1 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(olu: Walker, town: Town, content, says):
    answer = upload(olu, content, department=str(town.departments["HOU"]))
    assert answer.status_code == 422
    assert says in " ".join(problems(answer.text))


def test_a_text_without_a_plan_offers_no_import(olu: Walker, town: Town):
    answer = upload(olu, b"Minutes about bins.", department=str(town.departments["HOU"]))
    assert "there is nothing to import" in text(answer.text)
    assert "Import this plan" not in answer.text


def test_an_imported_plan_is_read_under_its_headings_with_its_doubts(olu: Walker, town: Town):
    shown = " ".join(text(olu.look(bring_in(olu, town))).split())
    assert "Imported: 9 actions and 3 assessments." in shown
    assert shown.index("Priority A") < shown.index("Action A.1") < shown.index("Priority B")
    assert "“R Okonjo” in the plan, not confirmed yet" in shown
    assert "This line fell out of the table." in shown


def test_the_same_file_again_says_that_nothing_changed(olu: Walker, town: Town):
    first = bring_in(olu, town)
    assert bring_in(olu, town) == first
    assert "Nothing changed." in text(olu.look(first))


def test_a_name_is_confirmed_from_its_page_and_can_be_taken_back(olu: Walker, town: Town, browser_of):
    bring_in(olu, town)
    [address] = re.findall(
        r'href="(/plans/parties/[^"]+)">[^<]*<span class="govuk-visually-hidden">: R\. Okonjo',
        olu.look("/plans/parties"),
    )
    assert olu.send(address).status_code == 422
    olu.fill(address, holder=str(town.people["nia"]))
    nia = Walker(browser_of("nia"))
    assert "Offer letters in large print" in text(nia.look("/actions"))
    olu.fill(address, holder="nobody")
    assert "You lead no action" in text(nia.look("/actions"))


def test_a_likely_person_is_one_click_away(olu: Walker, town: Town):
    bring_in(olu, town)
    town.add_person("r", department="HOU")
    with town.services.database.write() as work:
        work.connection.exec_driver_sql(
            "UPDATE person SET name = 'Rose Okonjo' WHERE email = 'r@example.org'"
        )
    shown = olu.look("/plans/parties")
    assert text(shown).count("It is Rose Okonjo") == 2


def test_only_equality_officers_import_and_say_who_names_are(browser_of, olu: Walker, town: Town):
    plan = bring_in(olu, town)
    lea = browser_of("lea")
    assert lea.get("/plans").status_code == 200
    assert [lea.get(page).status_code for page in (IMPORT, "/plans/parties")] == [403, 403]
    assert lea.get(plan).status_code == 404
