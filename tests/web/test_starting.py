"""Starting a new assessment from an earlier one, in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from eia.domain.facts import AnswerKey
from eia.domain.people import Role
from eia.store import tables
from tests.journeys.walker import Walker, text
from tests.web.conftest import PASSWORD, Town, give
from tests.web.test_search import impact, write


@pytest.fixture
def person(app: Flask, town: Town) -> Callable[[str], Walker]:
    def sign_in(name: str) -> Walker:
        browser = app.test_client()
        give(browser, "/sign-in", email=f"{name}@example.org", password=PASSWORD)
        return Walker(browser)

    return sign_in


@pytest.fixture
def library(town: Town) -> UUID:
    """An assessment of Lea's with a purpose, a relevant group, an impact and an action."""
    town.add_person("cleo", Role.CHAMPION)
    assessment_id = town.add_assessment("Library opening hours", "analysis")
    write(
        town,
        assessment_id,
        {
            AnswerKey("schedule", "purpose"): "End evening opening.",
            AnswerKey("screening", "relevance.relevance", "age"): "relevant",
            AnswerKey("screening", "relevance.reason", "age"): "Students come in the evening.",
        },
    )
    write(town, assessment_id, impact("age", "Students lose their room.", "negative"))
    town.add_action("Keep Tuesdays", "lea", None, assessment_id=assessment_id, target_raw="June 2026")
    return assessment_id


def begun_from(town: Town, library: UUID, person: Callable[[str], Walker], **fields: str | list[str]) -> str:
    return person("olu").fill(
        f"/assessments/new?started_from={library}",
        title="Museum opening hours",
        department=str(town.departments["FIN"]),
        **fields,
    )


def test_the_earlier_ones_are_found_by_words_with_what_they_found(library: UUID, person):
    page = person("olu").look("/assessments/new/earlier?q=library+hours")
    assert "Library opening hours" in page
    assert "Negative" in text(page)
    assert f'href="/assessments/new?started_from={library}"' in page


def test_what_is_typed_as_a_title_is_held_against_earlier_ones(library: UUID, person):
    answer = person("olu").send("/assessments/new", title="Mobile library")
    assert answer.status_code == 422
    assert "Assessments that sound like it" in answer.text


def test_the_page_says_what_comes_along_and_what_does_not(library: UUID, person):
    page = text(person("olu").look(f"/assessments/new?started_from={library}"))
    assert "1 group that was relevant" in page
    assert "Keep Tuesdays" in page
    assert "Ratings never come along" in page


def test_what_was_chosen_comes_along_and_the_new_page_names_the_earlier(
    town: Town, library: UUID, person: Callable[[str], Walker]
):
    address = begun_from(town, library, person)
    new_id = re.search(r"/assessments/([0-9a-f-]+)", address)[1]
    page = person("olu").look(f"/assessments/{new_id}")
    assert f'href="/assessments/{library}"' in page
    assert "Started from" in page
    assert "End evening opening." in person("olu").look(f"/assessments/{new_id}/schedule")
    assert "Keep Tuesdays" in person("olu").look(f"/assessments/{new_id}/actions")


def test_a_carried_action_says_where_it_came_from(town: Town, library: UUID, person: Callable[[str], Walker]):
    begun_from(town, library, person)
    with town.services.database.read() as connection:
        copy = connection.scalar(select(tables.action.c.id).where(tables.action.c.carried_from.is_not(None)))
    assert "Carried over from" in person("olu").look(f"/actions/{copy}")


def test_what_was_unticked_stays_behind(town: Town, library: UUID, person: Callable[[str], Walker]):
    address = begun_from(town, library, person, take=["groups"])
    new_id = re.search(r"/assessments/([0-9a-f-]+)", address)[1]
    assert "End evening opening." not in person("olu").look(f"/assessments/{new_id}/schedule/check")
    assert "Keep Tuesdays" not in person("olu").look(f"/assessments/{new_id}/actions")


def test_an_earlier_one_that_is_hidden_is_not_there(town: Town, library: UUID, person):
    hidden = town.add_assessment("Rents of garages", "screening", department="HOU", lead="nia")
    assert person("lea").browser.get(f"/assessments/new?started_from={hidden}").status_code == 404
    assert "Rents of garages" not in person("lea").look("/assessments/new/earlier?q=garages")


def test_a_champion_who_wrote_the_earlier_one_is_refused_and_what_was_typed_is_kept(
    town: Town, library: UUID, person: Callable[[str], Walker]
):
    town.insert(
        tables.role_grant,
        body_id=town.body_id,
        person_id=town.people["lea"],
        role=Role.CHAMPION,
        id=UUID(int=9),
    )
    answer = person("olu").send(
        f"/assessments/new?started_from={library}",
        title="Museum opening hours",
        department=str(town.departments["FIN"]),
        lead="",
        champion=str(town.people["lea"]),
    )
    assert answer.status_code == 422
    assert 'href="#champion"' in answer.text
    assert "Museum opening hours" in answer.text
    assert 'name="take"' in answer.text


def test_an_impact_page_shows_what_similar_assessments_found_for_the_group(
    town: Town, library: UUID, person: Callable[[str], Walker]
):
    mine = town.add_assessment("Mobile library", "analysis")
    page = person("lea").look(f"/assessments/{mine}/impact/impact-age")
    assert "Students lose their room." in page
    other = person("lea").look(f"/assessments/{mine}/impact/impact-sex")
    assert "What similar assessments found" not in other
