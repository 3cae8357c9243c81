"""The pages of an assessment: schedule, its own page, sections, moves, people and history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache

import pytest
from flask import Flask
from sqlalchemy import event

from eia.domain.people import Role
from tests.journeys.life import SCREENING, Life
from tests.journeys.walker import Walker, form_of, text
from tests.web.conftest import PASSWORD, Town, give


@pytest.fixture
def person(app: Flask, town: Town) -> Callable[[str], Walker]:
    town.add_person("cleo", Role.CHAMPION)
    town.add_person("dee", Role.DIRECTOR)

    @cache
    def sign_in(name: str) -> Walker:
        browser = app.test_client()
        give(browser, "/sign-in", email=f"{name}@example.org", password=PASSWORD)
        return Walker(browser)

    return sign_in


@pytest.fixture
def life(town: Town, person: Callable[[str], Walker]) -> Life:
    """An assessment at screening, led by Lea, which Cleo will check."""
    life = Life(town, person)
    life.begin_screening()
    return life


def status(walker: Walker, address: str) -> int:
    return walker.browser.get(address).status_code


# Scheduling


def test_a_title_is_asked_for_and_what_was_typed_is_kept(person: Callable[[str], Walker]):
    answer = person("olu").send("/assessments/new", decision_body="Cabinet", **{"decision_on-day": "31"})
    assert answer.status_code == 422
    assert 'href="#title"' in answer.text
    assert 'href="#decision_on-month"' in answer.text
    assert 'value="Cabinet"' in answer.text
    assert "<title>Error:" in answer.text


def test_whoever_may_not_schedule_is_told_who_may(person: Callable[[str], Walker]):
    answer = person("nia").browser.get("/assessments/new")
    assert answer.status_code == 403
    assert "Equality officer" in answer.text


def test_an_author_is_offered_their_own_department_only(person: Callable[[str], Walker]):
    page = person("lea").look("/assessments/new")
    assert "Finance" in page
    assert "Housing" not in page


def test_a_target_date_says_how_it_is_read(life: Life, person: Callable[[str], Walker]):
    person("olu").fill(f"{life.at}/details", target="autumn 2026")
    shown = text(person("olu").look(life.at))
    assert "autumn 2026" in shown
    assert "from 1 September 2026 to 30 November 2026" in shown


def test_details_that_somebody_changed_meanwhile_keep_what_was_typed(
    life: Life, person: Callable[[str], Walker]
):
    old = form_of(person("olu").look(f"{life.at}/details")).sent
    person("lea").fill(f"{life.at}/details", title="Library hours everywhere")
    answer = person("olu").browser.post(
        f"{life.at}/details", data=old | {"title": "Library hours in the north"}
    )
    assert answer.status_code == 409
    assert "Library hours in the north" in answer.text
    assert "Library hours everywhere" in text(person("olu").look(life.at))


# The page itself


def test_an_assessment_is_there_only_for_whoever_may_see_it(life: Life, person: Callable[[str], Walker]):
    assert [status(person(name), life.at) for name in ("lea", "olu", "hal", "cleo", "dee")] == [200] * 5
    assert status(person("nia"), life.at) == 404
    assert status(person("ada"), life.at) in (403, 404)


def test_every_part_of_a_hidden_assessment_is_hidden(life: Life, person: Callable[[str], Walker]):
    parts = (
        "/history",
        "/details",
        "/screening",
        "/screening/check",
        "/screening/already-known",
        "/moves/hold",
    )
    assert {status(person("nia"), life.at + part) for part in parts} == {404}


def test_the_page_says_whose_turn_it_is_and_what_is_missing(life: Life, person: Callable[[str], Walker]):
    lead, officer = text(person("lea").look(life.at)), text(person("olu").look(life.at))
    assert "It is with you." in lead
    assert "It is with Lea Example, as lead." in officer
    for page in (lead, officer):
        assert "Some characteristics have no answer yet." in page


def test_what_is_missing_leads_to_the_page_that_asks_for_it(town: Town, person: Callable[[str], Walker]):
    begun = person("lea").look(f"/assessments/{town.add_assessment('Parks', 'screening')}")
    proposed = person("olu").look(f"/assessments/{town.add_assessment('Bins', 'proposed')}")
    assert "Go to “What is being assessed”" in begun
    assert "Go to “Title, dates and people”" not in begun
    assert "Go to “Title, dates and people”" in proposed


def test_a_move_that_would_work_is_a_button_and_one_that_would_not_is_its_reasons(
    life: Life, person: Callable[[str], Walker]
):
    address = f"{life.at}/moves/submit_screening"
    assert address not in person("lea").look(life.at)
    life.answer("lea", "screening", SCREENING)
    assert address in person("lea").look(life.at)
    assert address not in person("olu").look(life.at)


def test_sections_whose_stage_has_not_come_cannot_be_started(life: Life, person: Callable[[str], Walker]):
    page = person("lea").look(life.at)
    assert f'href="{life.at}/screening"' in page
    assert f'href="{life.at}/impact"' not in page
    assert "Opens at: Analysis" in page


def test_an_assessment_behind_its_decision_says_so_plainly(life: Life, person: Callable[[str], Walker]):
    person("olu").fill(
        f"{life.at}/details", **{"decision_on-day": "1", "decision_on-month": "2", "decision_on-year": "2026"}
    )
    assert "before this assessment was approved" in text(person("lea").look(life.at))


def test_the_page_asks_the_database_as_often_however_much_there_is_to_show(
    life: Life, person: Callable[[str], Walker], town: Town
):
    few = _queries(town, lambda: person("lea").look(life.at))
    life.answer("lea", "screening", SCREENING)
    assert _queries(town, lambda: person("lea").look(life.at)) == few
    assert few < 25


def _queries(town: Town, act: Callable[[], object]) -> int:
    asked: list[str] = []

    def count(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    engines = (town.services.database._reading, town.services.database._writing)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", count)
    act()
    for engine in engines:
        event.remove(engine, "before_cursor_execute", count)
    return len(asked)


# The lead


def test_the_lead_declines_with_a_reason_that_stays(town: Town, person: Callable[[str], Walker]):
    life = Life(town, person)
    life.propose()
    assert person("lea").send(f"{life.at}/decline", because="").status_code == 422
    person("lea").fill(f"{life.at}/decline", because="I leave in June.")
    assert "I leave in June." in text(person("olu").look(f"{life.at}/history"))


def test_another_lead_is_chosen_and_asked(life: Life, person: Callable[[str], Walker], town: Town):
    person("olu").fill(f"{life.at}/people/lead", people=str(town.people["nia"]))
    page = person("nia").look(life.at)
    assert "You are asked to lead this" in page
    assert "Nia Example" in page


def test_an_officer_does_not_make_themselves_champion_of_what_is_under_way(
    life: Life, person: Callable[[str], Walker], town: Town
):
    answer = person("olu").send(f"{life.at}/people/champion", people=str(town.people["olu"]))
    assert answer.status_code == 403
    assert "yourself" in answer.text


# Sections


def test_a_required_answer_is_asked_for_at_its_place(life: Life, person: Callable[[str], Walker]):
    answer = person("lea").send(f"{life.at}/screening/relevance-age")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "Say whether the proposal is relevant to this group" in answer.text


def test_an_unfinished_page_is_kept_for_later(life: Life, person: Callable[[str], Walker]):
    address = f"{life.at}/screening/relevance-age"
    assert person("lea").fill(address, reason="Older people come by bus.", save="later") == life.at
    assert "Older people come by bus." in person("lea").look(address)


def test_a_saved_page_leads_to_the_next_and_the_last_to_the_answers_to_check(
    life: Life, person: Callable[[str], Walker]
):
    to = person("lea").fill(f"{life.at}/screening/already-known", already_known="A third are over 65.")
    assert to == f"{life.at}/screening/relevance-age"
    last = person("lea").fill(
        f"{life.at}/screening/conclusion",
        recommended="require_full",
        outcome_reason="It closes two evenings. " * 9,
    )
    assert last == f"{life.at}/screening/check"
    assert "A third are over 65." in person("lea").look(last)


def test_a_page_that_somebody_else_saved_shows_both_and_saves_when_sent_again(
    life: Life, person: Callable[[str], Walker]
):
    address = f"{life.at}/screening/already-known"
    old = form_of(person("lea").look(address)).sent
    person("lea").fill(address, already_known="A third are over 65.")
    clash = person("lea").browser.post(address, data=old | {"already_known": "Most come by bus."})
    assert clash.status_code == 409
    assert "A third are over 65." in clash.text
    assert "Most come by bus." in clash.text
    assert "Lea Example saved this page" in text(clash.text)
    again = person("lea").browser.post(address, data=form_of(clash.text).sent)
    assert again.status_code == 302
    assert "Most come by bus." in person("lea").look(address)


def test_a_section_can_be_read_by_whoever_cannot_write_it(life: Life, person: Callable[[str], Walker]):
    person("lea").fill(f"{life.at}/screening/already-known", already_known="A third are over 65.")
    page = person("cleo").look(f"{life.at}/screening")
    assert "A third are over 65." in page
    assert f"{life.at}/screening/already-known" not in page
    assert status(person("cleo"), f"{life.at}/screening/already-known") == 403


@pytest.mark.parametrize(
    "part", ["/shoes", "/screening/shoes", "/evidence_source", "/moves/fly", "/people/mayor"]
)
def test_what_the_workflow_does_not_have_is_not_there(life: Life, person: Callable[[str], Walker], part: str):
    assert status(person("olu"), life.at + part) == 404


# Moves


def test_looking_at_a_move_changes_nothing(life: Life, person: Callable[[str], Walker]):
    person("lea").look(f"{life.at}/moves/hold")
    assert life.stage() == "screening"


def test_a_move_that_is_not_ready_says_everything_that_is_missing(
    life: Life, person: Callable[[str], Walker]
):
    page = person("lea").look(f"{life.at}/moves/submit_screening")
    assert "Some characteristics have no answer yet." in page
    assert "Some questions have no answer yet." in page
    token = form_of(person("lea").look(f"{life.at}/moves/hold")).sent
    answer = person("lea").browser.post(f"{life.at}/moves/submit_screening", data=token)
    assert answer.status_code == 409
    assert life.stage() == "screening"


def test_a_move_asks_for_its_reason_and_keeps_the_comment(life: Life, person: Callable[[str], Walker]):
    answer = person("lea").send(f"{life.at}/moves/hold", comment="The lease is not signed.")
    assert answer.status_code == 422
    assert "Choose at least one reason." in answer.text
    assert "The lease is not signed." in answer.text


def test_a_move_from_an_older_page_says_what_changed_and_is_not_made(
    life: Life, person: Callable[[str], Walker]
):
    address = f"{life.at}/moves/hold"
    old = form_of(person("olu").look(address)).sent
    person("lea").fill(f"{life.at}/screening/already-known", already_known="A third are over 65.")
    answer = person("olu").browser.post(
        address, data=old | {"reasons": "lead_absent", "comment": "Until Rowan is back."}
    )
    assert answer.status_code == 409
    assert "Lea Example changed the answers" in answer.text
    assert "Until Rowan is back." in answer.text
    assert life.stage() == "screening"


def test_a_button_pressed_twice_moves_once(life: Life, person: Callable[[str], Walker]):
    address = f"{life.at}/moves/hold"
    sent = form_of(person("lea").look(address)).sent | {"reasons": "lead_absent"}
    first, second = (person("lea").browser.post(address, data=sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert "It has moved on" in second.text
    assert life.stage() == "on_hold"


def test_somebody_elses_move_is_refused_with_who_may(life: Life, person: Callable[[str], Walker]):
    answer = person("cleo").browser.get(f"{life.at}/moves/hold")
    assert answer.status_code == 403
    assert "Lead" in answer.text


def test_a_signature_is_given_by_whoever_proved_lately_that_it_is_them(
    town: Town, person: Callable[[str], Walker]
):
    life = Life(town, person)
    life.begin_screening()
    with town.services.database.write() as work:
        work.connection.exec_driver_sql("UPDATE assessment SET stage = 'sign_off'")
    hal = person("hal")
    town.clock.at += timedelta(minutes=16)
    answer = hal.browser.get(f"{life.at}/moves/sign")
    assert answer.headers["Location"] == f"{life.at}/sign-off/sign"
    assert hal.browser.get(f"{life.at}/sign-off/sign").headers["Location"].startswith("/sign-in/again")


# History


def test_the_history_says_who_did_what_and_where_the_record_ends(life: Life, person: Callable[[str], Walker]):
    shown = text(person("cleo").look(f"{life.at}/history"))
    for line in ("Proposed", "Schedule this assessment", "Agreed to lead", "From Scheduled to Screening"):
        assert line in shown
    assert "The last hash is" in shown


def test_a_contributor_is_told_that_the_history_is_not_theirs(
    life: Life, person: Callable[[str], Walker], town: Town
):
    person("olu").fill(f"{life.at}/people/contributor", people=[str(town.people["nia"])])
    assert status(person("nia"), life.at) == 200
    assert status(person("nia"), f"{life.at}/history") == 403


def test_a_section_whose_time_is_over_can_be_read_and_does_not_promise_to_open(
    life: Life, person: Callable[[str], Walker]
):
    life.answer("lea", "screening", SCREENING)
    life.move("lea", "submit_screening")
    life.move("cleo", "require_full")
    page = person("lea").look(life.at)
    assert f'href="{life.at}/schedule"' in page
    assert "Opens at: Proposed" not in page
    assert page.count("Sections whose time is over can still be read.") == 1
