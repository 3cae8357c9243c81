"""The pages of plans: looked at before they are kept, kept once, read as people know them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eia.domain.people import Role
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


def reading_of(walker: Walker, town: Town, content: bytes | None = None, **fields: str) -> str:
    """The address of the page on which an uploaded plan is checked."""
    department = str(town.departments["HOU"])
    read = upload(walker, content or FIXTURE.read_bytes(), department=department, **fields)
    assert read.status_code == 302
    return str(read.headers["Location"])


def say(walker: Walker, address: str, reading: str, **said: str) -> TestResponse:
    token = form_of(walker.look(reading)).sent["csrf_token"]
    return walker.browser.post(address, data={"csrf_token": token} | said)


def bring_in(walker: Walker, town: Town) -> str:
    reading = reading_of(walker, town)
    if "/readings/" not in reading:
        return reading
    answer = say(walker, f"{reading}/finish", reading, do="import", as_read="yes")
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def seen(walker: Walker, reading: str, key: str) -> str:
    """The mark of one thing on the page, as its buttons send it."""
    marks = re.findall(rf'/{key}/say"[^>]*>.*?name="seen" value="(\w+)"', walker.look(reading), re.S)
    return str(marks[0])


def test_an_empty_list_says_what_an_import_would_bring(olu: Walker):
    assert "No plan has been imported yet." in text(olu.look("/plans"))


def test_a_reading_shows_words_beside_readings_and_is_no_plan(olu: Walker, town: Town):
    reading = reading_of(olu, town)
    shown = " ".join(text(olu.look(reading)).split())
    assert "We found 9 actions and 3 assessments. Nothing has been imported yet" in shown
    assert "Q3 2010/11 We read this as: from 1 October 2010 to 31 December 2010." in shown
    assert "This line fell out of the table." in shown
    assert "No plan has been imported yet." in text(olu.look("/plans"))


def test_whoever_leaves_finds_the_reading_again(olu: Walker, town: Town):
    reading = reading_of(olu, town)
    assert reading in olu.look("/plans")
    assert reading_of(olu, town) == reading


def test_a_file_survives_a_forgotten_department_and_a_wrong_period(olu: Walker, town: Town):
    first = upload(olu, FIXTURE.read_bytes())
    assert first.status_code == 422
    assert problems(first.text) == ["Select the department whose plan this is"]
    sent = form_of(first.text).sent | {"department": str(town.departments["HOU"]), "period": "sometime"}
    second = olu.browser.post(IMPORT, data=sent)
    assert second.status_code == 422
    third = olu.browser.post(IMPORT, data=form_of(second.text).sent | {"period": "2010/11"})
    assert "We found 9 actions" in text(olu.look(str(third.headers["Location"])))


def test_text_can_be_pasted(olu: Walker, town: Town):
    answer = olu.send(
        IMPORT, text=FIXTURE.read_text(), department=str(town.departments["HOU"]), period="2010/11"
    )
    assert "We found 9 actions" in text(olu.look(str(answer.headers["Location"])))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Choose a file"),
        (b"\x00\x01\x02", ""),
        (b"x" * 10_000_001, "smaller than 10 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(olu: Walker, town: Town, content, says):
    answer = upload(olu, content, department=str(town.departments["HOU"]))
    assert answer.status_code == 422
    assert says in " ".join(problems(answer.text))


def test_a_text_without_a_plan_offers_no_import(olu: Walker, town: Town):
    shown = olu.look(reading_of(olu, town, b"Minutes about bins."))
    assert "there is nothing to import" in text(shown)
    assert "Import another file" in text(shown)
    for nothing in ("Import this plan", "0 actions", "you can leave and come back", "who is meant"):
        assert nothing not in text(shown)


def test_the_page_of_a_correction_has_the_links_of_every_page(olu: Walker, town: Town):
    reading = reading_of(olu, town)
    [key, *_] = re.findall(r'id="(a\d+)"', olu.look(reading))
    assert "How it is running" in olu.look(f"{reading}/{key}")


def test_what_is_not_understood_is_likely_no_action(olu: Walker, town: Town):
    promised = FIXTURE.read_bytes() + b"\n\nPublish the strategy by May.\n"
    shown = " ".join(text(olu.look(reading_of(olu, town, promised))).split())
    assert "Not understood as part of the plan Likely no action" in shown


def test_a_plan_is_not_imported_while_something_is_unasked(olu: Walker, town: Town):
    reading = reading_of(olu, town)
    answer = say(olu, f"{reading}/finish", reading, do="import")
    assert answer.status_code == 422
    assert "Some of it is not checked yet" in text(answer.text)
    assert "No plan has been imported yet." in text(olu.look("/plans"))


def test_a_button_says_that_an_action_is_right_and_can_be_taken_back(olu: Walker, town: Town):
    reading = reading_of(olu, town)
    key = re.findall(r'id="(a\d+)"', olu.look(f"{reading}?show=to-check"))[0]
    answer = say(olu, f"{reading}/{key}/say", reading, do="confirm", seen=seen(olu, reading, key))
    assert answer.status_code == 302
    assert f'id="{key}"' not in olu.look(f"{reading}?show=to-check")
    say(olu, f"{reading}/{key}/say", reading, do="take_back", seen="")
    assert f'id="{key}"' in olu.look(f"{reading}?show=to-check")


def test_an_action_is_left_out_only_with_a_reason(olu: Walker, town: Town):
    reading = reading_of(olu, town)
    mark = seen(olu, reading, "a2")
    refused = say(olu, f"{reading}/a2/say", reading, do="leave_out", seen=mark)
    assert refused.status_code == 422
    assert "Enter why it is left out" in text(refused.text)
    say(olu, f"{reading}/a2/say", reading, do="leave_out", seen=mark, because="Done before we began.")
    assert "Done before we began." in text(olu.look(reading))


def test_what_somebody_else_changed_meanwhile_is_shown_again(olu: Walker, town: Town):
    reading = reading_of(olu, town)
    answer = say(olu, f"{reading}/a2/say", reading, do="confirm", seen="an older page")
    assert answer.status_code == 302
    assert "Somebody changed this after you saw it" in text(olu.look(reading))


def test_a_date_is_read_while_it_is_corrected_and_kept_in_its_words(olu: Walker, town: Town):
    address = f"{reading_of(olu, town)}/a1"
    sent = form_of(olu.look(address)).sent | {"target": "autumn 2010", "do": "look"}
    looked = olu.browser.post(address, data=sent)
    assert looked.status_code == 200
    assert "from 1 September 2010 to 30 November 2010" in text(looked.text)
    saved = olu.browser.post(address, data=sent | {"do": "", "lead-0": "The new lead"})
    assert saved.status_code == 302
    shown = text(olu.look(str(saved.headers["Location"])))
    assert "autumn 2010" in shown
    assert "The new lead" in shown


def test_an_action_without_words_is_refused(olu: Walker, town: Town):
    address = f"{reading_of(olu, town)}/a1"
    answer = olu.browser.post(address, data=form_of(olu.look(address)).sent | {"text": " "})
    assert answer.status_code == 422
    assert problems(answer.text) == ["Enter what will be done"]


def test_columns_can_be_given_another_meaning(olu: Walker, town: Town):
    reading = reading_of(olu, town)
    form = form_of(olu.look(f"{reading}/columns"))
    outcome = next(name for name, value in form.sent.items() if value == ["outcome"])
    answer = olu.browser.post(f"{reading}/columns", data=form.sent | {outcome: "other"})
    assert answer.status_code == 302
    again = form_of(olu.look(f"{reading}/columns")).sent
    assert again[outcome] == ["other"]


def test_a_table_without_actions_is_refused(olu: Walker, town: Town):
    reading = reading_of(olu, town)
    form = form_of(olu.look(f"{reading}/columns"))
    actions = next(name for name, value in form.sent.items() if value == ["action"])
    answer = olu.browser.post(f"{reading}/columns", data=form.sent | {actions: "other"})
    assert answer.status_code == 422
    assert problems(answer.text) == ["Say which column holds the actions"]


def test_names_and_years_are_said_on_pages_of_their_own(olu: Walker, town: Town):
    reading = reading_of(olu, town)
    form = form_of(olu.look(f"{reading}/names"))
    assert olu.browser.post(f"{reading}/names", data=form.sent | {"name-0": "Rose Okonjo"}).status_code == 302
    assert form_of(olu.look(f"{reading}/names")).sent["name-0"] == ["Rose Okonjo"]
    about = form_of(olu.look(f"{reading}/about")).sent | {"kind": "improvement_plan", "period": "2011/12"}
    assert olu.browser.post(f"{reading}/about", data=about).status_code == 302
    shown = text(olu.look(reading))
    assert "Improvement plan" in shown
    assert "1 April 2011 to 31 March 2012" in shown


def test_a_reading_can_be_put_aside(olu: Walker, town: Town):
    reading = reading_of(olu, town)
    assert say(olu, f"{reading}/finish", reading, do="put_aside").status_code == 302
    assert reading not in olu.look("/plans")
    assert "put aside" in text(olu.look(reading))


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


NEWER = FIXTURE.read_text(encoding="utf-8").replace("Q3 2010/11", "Q4 2010/11")


def test_a_newer_version_shows_what_it_changes_and_asks_why_a_date_moves(olu: Walker, town: Town):
    plan = bring_in(olu, town)
    reading = reading_of(olu, town, NEWER.encode(), version_of=plan.rpartition("/")[2])
    assert "See what this version changes" in text(olu.look(reading))
    address = f"{reading}/differences"
    shown = olu.look(address)
    assert "Q3 2010/11" in text(shown)
    assert "Q4 2010/11" in text(shown)
    sent = form_of(shown).sent | {"as_read": "yes"}
    refused = olu.browser.post(address, data=sent)
    assert refused.status_code == 422
    assert "Enter why this date moves" in text(refused.text)
    assert olu.browser.post(address, data=sent | {"because": "No printer"}).status_code == 302
    version = olu.look(f"{plan}/versions/2")
    assert "No printer" in text(version)
    assert "Q4 2010/11" in text(olu.look(plan))


def test_a_plan_is_carried_forward_from_its_page(olu: Walker, town: Town):
    plan = bring_in(olu, town)
    sent = form_of(olu.look(f"{plan}/carry")).sent
    refused = olu.browser.post(f"{plan}/carry", data=sent | {"title": ""})
    assert problems(refused.text) == ["Enter what the next plan is called"]
    answer = olu.browser.post(f"{plan}/carry", data=sent)
    assert answer.status_code == 302
    shown = text(olu.look(str(answer.headers["Location"])))
    assert "carried forward from" in shown
    assert "What was open went on into" in text(olu.look(plan))
    assert olu.browser.get(f"{plan}/carry").status_code == 403


def test_a_plan_is_approved_on_its_page_after_scrutiny(browser_of, olu: Walker, town: Town):
    plan = bring_in(olu, town)
    for action_id in re.findall(r'href="/actions/([0-9a-f-]+)"', olu.look(plan)):
        olu.send(f"/plans/actions/{action_id}/lead", lead=str(town.people["nia"]))
        olu.send(f"/actions/{action_id}/move", target="March 2011", note="A date for every promise")
    town.add_person("cab", Role.CABINET_MEMBER)
    town.add_person("scr", Role.COMMITTEE)
    take(olu, plan, "submit_to_scrutiny")
    assert "With scrutiny" in text(olu.look(plan))
    scrutiny, cabinet = Walker(browser_of("scr")), Walker(browser_of("cab"))
    refused = take(scrutiny, plan, "pass_on")
    assert refused.status_code == 422
    assert take(scrutiny, plan, "pass_on", comment="Seen in May").status_code == 302
    assert take(cabinet, plan, "approve", attested="yes").status_code == 302
    shown = text(cabinet.look(plan))
    assert "Seen in May" in shown
    assert "Approved" in shown


def test_a_plan_that_was_changed_on_its_way_says_so_and_is_not_passed_on(browser_of, olu: Walker, town: Town):
    plan = bring_in(olu, town)
    found = re.findall(r'href="/actions/([0-9a-f-]+)"', olu.look(plan))
    for action_id in found:
        olu.send(f"/plans/actions/{action_id}/lead", lead=str(town.people["nia"]))
        olu.send(f"/actions/{action_id}/move", target="March 2011", note="A date for every promise")
    town.add_person("scr", Role.COMMITTEE)
    take(olu, plan, "submit_to_scrutiny")
    scrutiny = Walker(browser_of("scr"))
    assert "Changed since scrutiny" not in text(scrutiny.look(plan))
    olu.send(f"/actions/{found[0]}/move", target="March 2015", note="No money")
    shown = text(scrutiny.look(plan))
    assert "Changed since scrutiny" in shown
    assert "What this plan promises was changed since scrutiny saw it. Return it" in shown
    assert take(scrutiny, plan, "pass_on", comment="Seen in May").status_code == 409
    assert take(scrutiny, plan, "return_from_scrutiny", comment="A date moved").status_code == 302


def take(walker: Walker, plan: str, move: str, **said: str) -> TestResponse:
    shown = walker.look(plan)
    token = re.findall(r'name="csrf_token" value="([^"]+)"', shown)[0]
    version = re.findall(r'name="page_version" value="(\d+)"', shown)[0]
    sent = {"csrf_token": token, "page_version": version, "move": move}
    return walker.browser.post(f"{plan}/approval", data=sent | said)


def test_an_older_page_of_a_plan_moves_nothing(olu: Walker, town: Town):
    plan = bring_in(olu, town)
    token = form_of(olu.look("/plans/import")).sent["csrf_token"]
    sent = {"csrf_token": token, "page_version": "0", "move": "submit_to_scrutiny"}
    assert olu.browser.post(f"{plan}/approval", data=sent).status_code == 302
    assert "moved on since you saw it" in text(olu.look(plan))


def test_whoever_leads_an_action_of_a_plan_is_said_by_those_who_may(browser_of, olu: Walker, town: Town):
    plan = bring_in(olu, town)
    action_id = re.findall(r'href="/actions/([0-9a-f-]+)"', olu.look(plan))[0]
    address = f"/plans/actions/{action_id}/lead"
    assert "Say who leads it" in text(olu.look(f"/actions/{action_id}"))
    assert problems(olu.send(address).text) == ["Select or enter who will do it"]
    assert olu.send(address, lead=str(town.people["nia"])).status_code == 302
    nia = Walker(browser_of("nia"))
    assert nia.browser.get(address).status_code == 403
    assert "As the plan says it" in text(nia.look(f"/actions/{action_id}"))


def test_a_long_plan_is_checked_part_by_part(olu: Walker, town: Town):
    head = "Equality action plan 2010/11\n\nAction\tTarget date\tLead\n"
    rows = "".join(f"{number}. Do thing {number}.\tsoon\tA Abbot\n" for number in range(1, 151))
    reading = reading_of(olu, town, (head + rows).encode())
    assert "Do thing 100." in text(olu.look(reading))
    assert "Do thing 101." not in text(olu.look(reading))
    assert "Do thing 150." in text(olu.look(f"{reading}?sheet=2"))
    mark = re.findall(r'/a120/say"[^>]*>.*?name="seen" value="(\w+)"', olu.look(f"{reading}?sheet=2"), re.S)[
        0
    ]
    answer = say(olu, f"{reading}/a120/say", reading, do="confirm", seen=mark, sheet="2", next="a121")
    assert answer.headers["Location"].endswith("?sheet=2#a121")
