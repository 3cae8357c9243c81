"""What each person finds when they come in."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event

from eia.domain.people import Role
from eia.store.tables import authorship, sign_off
from eia.usecases.home import Stuck, home_page
from tests.web.conftest import Town

TODAY = date(2026, 3, 2)


def titles(lines) -> list[str]:
    return [line.assessment.title for line in lines]


def texts(lines) -> list[str]:
    return [line.text for line in lines]


def home_of(town: Town, name: str):
    return home_page(town.services, town.actor(name))


def test_a_lead_finds_what_they_lead_and_what_comes_next(town):
    town.add_assessment("Bins", "screening")
    town.add_assessment("Somebody else's", "screening", lead="nia")
    home = home_of(town, "lea")
    assert titles(home.later) == ["Bins"]
    assert home.later[0].next.name == "submit_screening"
    assert home.waiting == ()


def test_an_ended_assessment_is_nobodys_work(town):
    town.add_assessment("Bins", "closed")
    assert home_of(town, "lea").is_empty


def test_who_is_asked_to_lead_finds_it_waiting(town):
    town.add_assessment("Bins", "scheduled", lead_accepted_at=None)
    assert titles(home_of(town, "lea").waiting) == ["Bins"]


def test_a_champion_finds_the_reviews_that_are_theirs(town):
    town.add_assessment("Bins", "screening_review", champion="nia")
    town.add_assessment("Parks", "screening_review", champion="ada")
    assert titles(home_of(town, "nia").waiting) == ["Bins"]


def test_a_champion_who_decides_between_several_steps_is_not_told_which(town):
    town.add_assessment("Bins", "screening_review", champion="nia")
    [line] = home_of(town, "nia").waiting
    assert line.next is None


def test_a_champion_who_wrote_part_of_it_is_not_asked_to_review_it(town):
    assessment_id = town.add_assessment("Bins", "screening_review", champion="nia")
    town.insert(
        authorship, assessment_id=assessment_id, person_id=town.people["nia"], first_at=town.clock.now()
    )
    assert home_of(town, "nia").waiting == ()


def test_a_head_signs_first_and_the_director_after(town):
    town.add_person("dee", Role.DIRECTOR)
    assessment_id = town.add_assessment("Bins", "sign_off")
    assert titles(home_of(town, "hal").waiting) == ["Bins"]
    assert home_of(town, "dee").waiting == ()
    town.insert(
        sign_off,
        id=uuid4(),
        assessment_id=assessment_id,
        person_id=town.people["hal"],
        role=Role.HEAD_OF_SERVICE,
        name="x",
        job_title="x",
        outcome="signed",
        attestation="x",
        comment="",
        content_hash="0" * 64,
        lapsed=False,
        at=town.clock.now(),
    )
    assert home_of(town, "hal").waiting == ()
    assert titles(home_of(town, "dee").waiting) == ["Bins"]


def test_a_head_of_another_department_is_not_asked_to_sign(town):
    town.add_assessment("Rents", "sign_off", department="HOU")
    assert home_of(town, "hal").waiting == ()


def test_the_equality_officer_finds_what_was_proposed(town):
    town.add_assessment("Bins", "proposed")
    assert titles(home_of(town, "olu").waiting) == ["Bins"]
    assert home_of(town, "hal").waiting == ()


@pytest.mark.parametrize(
    ("days", "where"), [(-1, "overdue"), (0, "soon"), (28, "soon"), (29, "later"), (None, "later")]
)
def test_an_action_is_overdue_the_day_after_and_due_soon_for_four_weeks(town, days, where):
    by = None if days is None else TODAY + timedelta(days=days)
    town.add_action("Translate the leaflet", "lea", by)
    home = home_of(town, "lea")
    found = {
        "overdue": home.overdue_actions,
        "soon": home.soon_actions,
        "later": home.later_actions,
    }
    assert [name for name, lines in found.items() if lines] == [where]


def test_an_action_without_a_date_comes_after_those_with_one(town):
    town.add_action("No date", "lea", None)
    town.add_action("Far", "lea", date(2030, 1, 1))
    town.add_action("Near", "lea", date(2027, 1, 1))
    assert texts(home_of(town, "lea").later_actions) == ["Near", "Far", "No date"]


def test_a_closed_action_is_gone(town):
    town.add_action("Translate the leaflet", "lea", TODAY, state="done")
    assert home_of(town, "lea").is_empty


def test_whoever_said_it_is_done_is_not_asked_whether_it_is_so(town):
    assessment_id = town.add_assessment("Bins", "follow_up", champion="nia")
    town.add_action(
        "Leaflet", "lea", TODAY, assessment_id=assessment_id, state="done", done_by=town.people["nia"]
    )
    town.add_action(
        "Poster", "lea", TODAY, assessment_id=assessment_id, state="done", done_by=town.people["lea"]
    )
    assert texts(home_of(town, "nia").to_verify) == ["Poster"]


def test_what_is_stuck_says_why_all_of_it(town):
    town.add_assessment("Late", "screening", stage_due_on=date(2026, 3, 1))
    town.add_assessment("On time", "screening", stage_due_on=TODAY)
    town.add_assessment("Alone and late", "screening", lead=None, stage_due_on=date(2026, 2, 1))
    town.add_assessment("Unreviewed", "quality_review")
    long_ago = town.clock.now() - timedelta(days=29)
    town.add_assessment("Held", "on_hold", held_from="screening", stage_since=long_ago)
    town.add_assessment("Just held", "on_hold", held_from="screening")
    found = {line.assessment.title: line.stuck for line in home_of(town, "olu").stuck}
    assert found == {
        "Late": (Stuck.LATE,),
        "Alone and late": (Stuck.NO_LEAD, Stuck.LATE),
        "Unreviewed": (Stuck.NO_CHAMPION,),
        "Held": (Stuck.ON_HOLD,),
    }


def test_what_is_stuck_elsewhere_is_not_shown_to_whoever_may_not_see_it(town):
    town.add_assessment("Rents", "screening", department="HOU", lead=None)
    assert home_of(town, "hal").stuck == ()
    assert titles(home_of(town, "olu").stuck) == ["Rents"]


def test_the_page_asks_as_much_of_the_database_for_fifty_as_for_one(town):
    def queries() -> int:
        asked = []
        engine = town.services.database._reading
        event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
        home_of(town, "lea")
        return len(asked)

    town.add_assessment("Bins", "screening", stage_due_on=date(2026, 1, 1))
    one = queries()
    for number in range(50):
        town.add_assessment(f"Bins {number}", "screening", stage_due_on=date(2026, 1, 1))
    assert queries() == one


def test_a_person_without_anything_reads_a_sentence(browser_of):
    assert "Nothing is yours to do at the moment" in browser_of("nia").get("/").text


def test_nobody_is_told_that_nobody_waits_while_something_of_theirs_is_late(town, browser_of):
    said = "Nobody waits for you at the moment."
    town.add_assessment("Bins", "screening")
    assert said in browser_of("lea").get("/").text
    town.add_assessment("Parks", "screening", stage_due_on=date(2026, 2, 1))
    assert said not in browser_of("lea").get("/").text


def test_what_was_approved_in_time_is_not_overdue_while_it_is_followed_up(town):
    town.add_assessment(
        "Bins",
        "follow_up",
        target_latest=date(2026, 2, 1),
        approved_on=date(2026, 1, 20),
        review_on=date(2026, 3, 20),
    )
    home = home_of(town, "lea")
    assert home.overdue == ()
    assert titles(home.soon) == ["Bins"]


def test_each_assessment_stands_on_the_page_once(town):
    town.add_assessment("Bins", "scheduled", lead_accepted_at=None, stage_due_on=date(2026, 2, 1))
    town.add_assessment("Parks", "screening", stage_due_on=date(2026, 2, 1))
    home = home_of(town, "lea")
    assert titles(home.waiting) == ["Bins"]
    assert titles(home.overdue) == ["Parks"]
    assert titles((*home.soon, *home.later, *home.stuck)) == []


def test_what_goes_on_is_never_late(town):
    town.add_action("Keep the register", "lea", date(2025, 3, 31), target_kind="ongoing")
    home = home_of(town, "lea")
    assert home.overdue_actions == ()
    assert [each.text for each in home.later_actions] == ["Keep the register"]
