"""The pages of actions: a date looked at before it is promised, updates in two clicks, another to verify."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from eia.domain.people import Role
from eia.store.tables import action
from eia.web.actions.reading import how_late
from tests.journeys.walker import Walker, form_of, problems, text
from tests.web.conftest import Town

LOOP = {"text": "Put a hearing loop at the desk", "target": "31 March 2027", "outcome": "Everybody hears."}


@pytest.fixture
def person(browser_of: Callable[[str], FlaskClient]) -> Callable[[str], Walker]:
    return lambda name: Walker(browser_of(name))


@pytest.fixture
def at(town: Town) -> str:
    town.add_person("cleo", Role.CHAMPION)
    return f"/assessments/{town.add_assessment('Library hours', 'analysis', champion='cleo')}"


@pytest.fixture
def promised(town: Town, at: str) -> str:
    assessment_id = town.assessments["Library hours"]
    made = town.add_action(
        "Put a loop there", "nia", date(2026, 2, 9), assessment_id=assessment_id, target_raw="9.2.26"
    )
    return f"/actions/{made}"


def stored(town: Town) -> list[str]:
    with town.services.database.read() as connection:
        return list(connection.execute(select(action.c.target_raw)).scalars())


def test_a_clear_date_is_kept_at_once_and_said_back(person, at, town):
    lea = person("lea")
    to = lea.fill(f"{at}/actions/add", lead=str(town.people["nia"]), **LOOP)
    shown = text(lea.look(to))
    assert "We read this as: 31 March 2027." in shown
    assert "Nia Example" in shown


def test_a_date_that_is_not_clear_is_shown_as_read_before_it_is_kept(person, at, town):
    lea = person("lea")
    answer = lea.send(f"{at}/actions/add", lead=str(town.people["nia"]), **LOOP | {"target": "end of June"})
    assert answer.status_code == 200
    assert "has no year" in text(answer.text)
    assert stored(town) == []
    again = lea.browser.post(f"{at}/actions/add", data=form_of(answer.text).sent)
    assert again.status_code == 302
    assert stored(town) == ["end of June"]


def test_an_unfinished_action_says_what_is_missing_and_keeps_the_rest(person, at):
    answer = person("lea").send(f"{at}/actions/add", **LOOP)
    assert answer.status_code == 422
    assert problems(answer.text) == ["Say who leads it"]
    assert "Everybody hears." in answer.text


def test_a_name_that_is_not_on_the_list_is_kept_and_marked(person, at):
    lea = person("lea")
    to = lea.fill(f"{at}/actions/add", **LOOP, **{"lead-other": "The desk"})
    assert "The desk (not confirmed)" in " ".join(text(lea.look(to)).split())


def test_the_leads_page_offers_what_they_may_say_and_a_strangers_is_not_there(person, promised):
    shown = person("nia").look(promised)
    assert "3 weeks late" in text(shown)
    assert f'href="{promised}/done"' in shown
    assert person("ada").browser.get(promised).status_code == 404


def test_whoever_leads_an_action_reads_it_and_not_the_draft_that_it_comes_from(person, promised, at):
    nia = person("nia")
    assert "Put a loop there" in nia.look(promised)
    assert [nia.browser.get(f"{at}{page}").status_code for page in ("", "/record", "/comments")] == [404] * 3


def test_whoever_may_not_update_it_is_told_who_may(person, promised):
    lea = person("lea")
    shown = lea.look(promised)
    assert "Only the people who lead this action" in text(shown)
    assert f'href="{promised}/done"' not in shown
    assert lea.browser.get(f"{promised}/done").status_code == 403


@pytest.mark.parametrize(
    ("step", "typed", "says"),
    [
        ("on-track", {"note": "Ordered"}, "On track"),
        ("delayed", {"note": "The part is late"}, "Delayed"),
        ("move", {"target": "30 June 2026", "note": "The part is late"}, "Date moved"),
        ("done", {"evidence": "See the desk"}, "Said to be done"),
    ],
)
def test_an_update_takes_one_page_and_stands_in_the_progress(person, promised, step, typed, says):
    nia = person("nia")
    assert nia.fill(f"{promised}/{step}", **typed) == promised
    progress = text(nia.look(promised)).partition("Progress")[2]
    assert says in progress
    assert "Nia Example" in progress


@pytest.mark.parametrize("step", ["delayed", "move", "done"])
def test_an_update_without_its_words_is_refused_beside_the_field(person, promised, step):
    answer = person("nia").send(f"{promised}/{step}")
    assert answer.status_code == 422
    assert len(problems(answer.text)) == 1


def test_a_moved_date_that_is_not_clear_is_looked_at_first(person, promised, town):
    nia = person("nia")
    answer = nia.send(f"{promised}/move", target="in June", note="Late part")
    assert answer.status_code == 200
    assert stored(town) == ["9.2.26"]
    assert nia.browser.post(f"{promised}/move", data=form_of(answer.text).sent).status_code == 302
    assert stored(town) == ["in June"]


def test_a_day_that_is_no_day_is_pointed_at(person, promised):
    answer = person("nia").send(
        f"{promised}/done",
        evidence="See",
        **{"done_on-day": "31", "done_on-month": "2", "done_on-year": "2026"},
    )
    assert answer.status_code == 422
    assert 'href="#done_on-day"' in answer.text
    assert "See" in answer.text


def test_done_twice_from_two_pages_is_done_once_and_the_second_text_is_not_lost(person, promised):
    nia = person("nia")
    form = form_of(nia.look(f"{promised}/done")).sent
    nia.fill(f"{promised}/done", evidence="See the desk")
    answer = nia.browser.post(f"{promised}/done", data=form | {"evidence": "See the other desk"})
    assert answer.status_code == 409
    assert "See the other desk" in answer.text


def test_somebody_else_verifies_and_may_send_it_back(person, promised):
    nia, cleo = person("nia"), person("cleo")
    nia.fill(f"{promised}/done", evidence="See the desk")
    assert nia.browser.get(f"{promised}/verify").status_code == 403
    cleo.fill(f"{promised}/not-verified", note="It does not work")
    assert "It does not work" in text(nia.look(promised))
    nia.fill(f"{promised}/done", evidence="Repaired")
    cleo.fill(f"{promised}/verify")
    assert "Done and verified" in text(nia.look("/actions"))


def test_the_equality_officer_who_closed_an_action_is_told_that_another_must_verify(person, promised):
    olu = person("olu")
    olu.fill(f"{promised}/done", evidence="See the desk")
    assert "somebody else must verify it" in text(olu.look(promised))


def test_the_lead_changes_words_and_keeps_the_person(person, promised, town):
    lea = person("lea")
    lea.fill(f"{promised}/change", text="Put two loops there", outcome="Better")
    shown = text(lea.look(promised))
    assert "Put two loops there" in shown
    assert "Nia" in shown
    assert "nobody has confirmed" not in shown


def test_two_texts_stand_on_the_page_when_somebody_else_was_quicker(person, promised):
    lea = person("lea")
    old = form_of(lea.look(f"{promised}/change")).sent
    lea.fill(f"{promised}/change", text="Theirs", outcome="Better")
    answer = lea.browser.post(f"{promised}/change", data=old | {"text": "Mine", "outcome": "Best"})
    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert "Mine" in answer.text
    assert lea.browser.post(f"{promised}/change", data=form_of(answer.text).sent).status_code == 302
    assert "Mine" in lea.look(promised)


def test_an_action_is_dropped_with_a_reason_that_stays(person, promised):
    lea = person("lea")
    assert lea.send(f"{promised}/drop").status_code == 422
    lea.fill(f"{promised}/drop", because="No money")
    shown = text(lea.look(promised))
    assert "Dropped" in shown
    assert "No money" in shown


def test_nobody_without_actions_is_shown_an_empty_page(person):
    assert "You lead no action at the moment." in text(person("hal").look("/actions"))


def test_my_actions_say_how_late_they_are(person, promised):
    shown = text(person("nia").look("/actions"))
    assert "Overdue" in shown
    assert "3 weeks late" in shown
    assert "Library hours" in shown


@pytest.mark.parametrize(
    ("latest", "said"),
    [
        (date(2026, 3, 1), "1 day late"),
        (date(2026, 2, 17), "13 days late"),
        (date(2026, 2, 16), "2 weeks late"),
        (date(2025, 12, 1), "2 months late"),
        (date(2011, 3, 31), "14 years late"),
    ],
)
def test_lateness_is_told_in_the_largest_measure_that_still_says_something(app, latest, said):
    with app.test_request_context():
        assert how_late(latest, date(2026, 3, 2)) == said


def test_there_is_nothing_else_to_say_about_an_action(person, promised):
    assert person("nia").browser.get(f"{promised}/nonsense").status_code == 404


# A person's own list.


@pytest.fixture
def several(town: Town, promised: str) -> None:
    hours = town.assessments["Library hours"]
    town.add_action("Train the cashiers", "nia", date(2026, 3, 20), assessment_id=hours)
    other = town.add_assessment("Car parks", "follow_up")
    town.add_action("Paint the bays", "nia", None, assessment_id=other, target_kind="unknown")
    town.add_action("Count the users", "nia", date(2027, 3, 31), assessment_id=other)


def listed(person, query: str) -> list[str]:
    shown = person("nia").look(f"/actions{query}")
    known = ("Put a loop there", "Train the cashiers", "Paint the bays", "Count the users")
    return [each for each in known if f">{each}</a>" in shown]


def test_what_is_asked_of_a_lead_is_counted_and_leads_to_it(person, several):
    shown = text(person("nia").look("/actions"))
    assert "Say why it is late, or that it is done" in shown
    assert listed(person, "?asked=late") == ["Put a loop there"]
    assert listed(person, "?asked=new_date") == ["Paint the bays"]
    assert listed(person, "?asked=soon") == ["Train the cashiers"]


def test_a_lead_finds_an_action_by_words_of_it_or_of_where_it_comes_from(person, several):
    assert listed(person, "?words=CASHIERS+train") == ["Train the cashiers"]
    assert listed(person, "?words=car+parks") == ["Paint the bays", "Count the users"]
    assert listed(person, "?words=zebra") == []
    assert "0 of your 4 actions." in text(person("nia").look("/actions?words=zebra"))


def test_a_lead_sees_what_comes_from_one_assessment(person, several, town):
    assert listed(person, f"?source={town.assessments['Car parks']}") == ["Paint the bays", "Count the users"]


def test_a_filter_that_makes_no_sense_narrows_nothing(person, several):
    assert len(listed(person, "?source=x&asked=y&words=")) == 4


def test_a_date_that_moved_later_says_so_wherever_the_action_is(person, promised, town):
    person("nia").fill(f"{promised}/move", target="11 February 2026", note="No builder")
    hours = f"/assessments/{town.assessments['Library hours']}"
    for name, address in (("nia", promised), ("nia", "/actions"), ("olu", f"{hours}/actions")):
        assert "Date moved later once, by 2 days in all" in text(person(name).look(address))


# All that somebody may see.


def test_the_officer_finds_what_others_are_late_with_and_who_leads_it(person, several):
    olu = person("olu")
    home = olu.look("/")
    assert "See 1 overdue action, whoever leads it" in text(home)
    shown = olu.look("/actions/all?which=overdue")
    assert "/actions/all?which=overdue" in home
    assert "Put a loop there" in shown
    assert "Train the cashiers" not in shown
    assert "Library hours · Nia Example" in " ".join(text(shown).split())


def test_all_actions_and_ones_own_lead_to_each_other(person, several):
    assert 'href="/actions/all"' in person("nia").look("/actions")
    assert 'href="/actions"' in person("nia").look("/actions/all")


def test_a_choice_is_kept_while_the_list_is_narrowed_and_what_makes_no_sense_narrows_nothing(person, several):
    olu = person("olu")
    kept = form_of(olu.look("/actions/all?which=soon&words=train")).sent
    assert (kept["which"], kept["words"]) == (["soon"], ["train"])
    whole = text(olu.look("/actions/all?which=x&department=y&after=z&words=the"))
    assert "Every open action (4)" in " ".join(whole.split())
    assert "No action fits." in text(olu.look("/actions/all?words=zebra"))


def test_a_list_of_all_actions_goes_on_where_it_ended_narrowed_as_it_was(person, several, town):
    for number in range(52):
        town.add_action(f"Promise {number}", "nia", date(2026, 5, 1))
    olu = person("olu")
    first = olu.look("/actions/all?words=promise")
    [to] = re.findall(r'rel="next" href="([^"]+)"', first)
    second = olu.look(unescape(to))
    listed = re.findall(r">(Promise \d+)</a>", first + second)
    assert (len(listed), len(set(listed))) == (52, 52)
