"""The search page, as people meet it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask.testing import FlaskClient

from eia.domain.events import Event
from eia.domain.facts import AnswerKey, AnswerValue
from eia.store import answers
from tests.web.conftest import Town


def write(town: Town, assessment_id: UUID, said: dict[AnswerKey, AnswerValue]) -> None:
    """Somebody wrote this, as far as the database knows."""
    with town.services.database.write() as work:
        facts = work.assessment(town.body_id, assessment_id)
        by = town.people["lea"]
        answers.put(work.connection, assessment_id, said, by=by, at=town.clock.now())
        event = Event(name="answers_saved", chain_id=assessment_id, actor_id=by, at=town.clock.now())
        work.change(facts, event)


def impact(group: str, text: str, *rating: str) -> dict[AnswerKey, AnswerValue]:
    return {
        AnswerKey("impact", "impact.explanation", group): text,
        AnswerKey("impact", "impact.rating", group): rating,
    }


def library(town: Town, title: str = "Library opening hours") -> UUID:
    assessment_id = town.add_assessment(title, "analysis")
    write(town, assessment_id, impact("age", "Students lose <b>a</b> study room.", "negative", "positive"))
    return assessment_id


def test_a_word_is_found_with_its_group_and_effect(town: Town, browser_of: Callable[[str], FlaskClient]):
    library(town)
    page = browser_of("olu").get("/search?q=study+rooms").text
    assert "Library opening hours" in page
    assert "Age" in page
    assert "Positive, Negative" in page
    assert "&lt;b&gt;" in page


def test_what_one_may_not_see_is_not_found(town: Town, browser_of: Callable[[str], FlaskClient]):
    town.add_assessment("Rents of garages", "screening", department="HOU", lead="nia")
    write(town, town.assessments["Rents of garages"], {AnswerKey("schedule", "purpose"): "Raise rents."})
    assert "Rents of garages" in browser_of("olu").get("/search?q=garages").text
    page = browser_of("lea").get("/search?q=garages").text
    assert "Rents of garages" not in page
    assert "Try fewer" in page


def test_small_words_alone_find_nothing_and_it_says_why(browser_of: Callable[[str], FlaskClient]):
    assert "says more" in browser_of("olu").get("/search?q=the+of").text


def test_a_long_list_goes_on_behind_the_last(town: Town, browser_of: Callable[[str], FlaskClient]):
    for number in range(25):
        write(
            town,
            town.add_assessment(f"Hall {number}", "analysis"),
            {AnswerKey("schedule", "purpose"): "Let the halls."},
        )
    browser = browser_of("olu")
    first = browser.get("/search?q=halls").text
    onwards = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = browser.get(onwards).text
    titles = [f"Hall {number}<" for number in range(25)]
    assert [title for title in titles if (title in first) == (title in second)] == []


def test_a_place_that_is_no_place_is_the_first(town: Town, browser_of: Callable[[str], FlaskClient]):
    library(town)
    assert "Library opening hours" in browser_of("olu").get("/search?q=library&after=x").text


def test_search_stands_in_the_navigation_of_those_who_can_see_something(
    browser_of: Callable[[str], FlaskClient],
):
    assert 'href="/search"' in browser_of("olu").get("/").text
