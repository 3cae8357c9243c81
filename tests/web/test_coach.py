"""The coach's list on the pages: the same for author and champion, with the way to put each right."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
from flask import Flask

from eia.domain.people import Role
from eia.usecases.coaching import coaching
from tests.journeys.life import CHECKLIST, IMPACT, OUTCOME, SCREENING, Life
from tests.journeys.walker import Walker, text
from tests.web.conftest import PASSWORD, Town, give

COPIED = "The same words stand for several groups."
NOT_PROMISED = "Mitigation that nobody has promised may never come."


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
    return Life(town, person)


def coach_of(page: str) -> str:
    """The coach's part of the page."""
    found = re.search(r'<section aria-labelledby="coach".*?</section>', page, re.S)
    return found[0] if found else ""


def said(page: str) -> str:
    return " ".join(text(coach_of(page)).split())


def test_author_and_champion_see_the_same_list(life: Life, person: Callable[[str], Walker]):
    life.submit_for_review()
    author, champion = (said(person(name).look(life.at)) for name in ("lea", "cleo"))
    assert re.search(r"The coach noticed \d+ things", author)
    assert COPIED in author
    assert NOT_PROMISED in author
    assert champion == author


def test_the_champion_has_the_list_beside_the_quality_check(life: Life, person: Callable[[str], Walker]):
    life.submit_for_review()
    whole = said(person("cleo").look(life.at))
    assert said(person("cleo").look(f"{life.at}/quality_check")) == whole
    life.answer("cleo", "quality_check", CHECKLIST)
    assert said(person("cleo").look(f"{life.at}/quality_check/check")) == whole


def test_the_author_hears_of_a_section_where_its_answers_are_checked(
    life: Life, person: Callable[[str], Walker]
):
    life.begin_analysis()
    life.answer("lea", "impact", IMPACT)
    of_impact = said(person("lea").look(f"{life.at}/impact/check"))
    assert COPIED in of_impact
    assert NOT_PROMISED not in of_impact
    assert NOT_PROMISED in said(person("lea").look(life.at))


def test_each_group_leads_to_its_page_for_whoever_can_write_it(life: Life, person: Callable[[str], Walker]):
    life.begin_analysis()
    life.answer("lea", "impact", IMPACT)
    life.answer("lea", "outcome", OUTCOME)
    assert f'href="{life.at}/impact/impact-age"' in coach_of(person("lea").look(life.at))
    assert f'href="{life.at}/actions' in coach_of(person("lea").look(life.at))
    life.move("lea", "submit_for_review")
    champion = coach_of(person("cleo").look(life.at))
    assert "/impact/impact-age" not in champion
    assert f'href="{life.at}/impact"' in champion


def test_every_way_the_coach_shows_leads_somewhere(life: Life, person: Callable[[str], Walker]):
    life.submit_for_review()
    for name in ("lea", "cleo", "olu"):
        ways = set(re.findall(r'href="(/[^"]+)"', coach_of(person(name).look(life.at))))
        assert ways
        for way in ways:
            assert person(name).look(way)


def test_who_neither_writes_nor_checks_sees_no_list(life: Life, person: Callable[[str], Walker]):
    life.submit_for_review()
    assert [bool(coach_of(person(name).look(life.at))) for name in ("olu", "hal", "dee")] == [
        True,
        False,
        False,
    ]


def test_nothing_noticed_is_said_too(life: Life, person: Callable[[str], Walker]):
    life.begin_screening()
    assert "The coach noticed nothing" in said(person("lea").look(life.at))


def test_the_coach_holds_nothing_up(life: Life, person: Callable[[str], Walker]):
    life.begin_screening()
    life.answer("lea", "screening", SCREENING)
    assert COPIED in said(person("lea").look(life.at))
    life.move("lea", "submit_screening")
    assert life.stage() == "screening_review"


def test_the_coach_is_silent_once_it_is_approved(life: Life, person: Callable[[str], Walker]):
    life.approve()
    assert coach_of(person("lea").look(life.at)) == ""


def test_sections_that_can_be_put_right_now_are_those_that_are_open(life: Life, town: Town):
    life.submit_for_review()
    with town.services.database.write() as work:
        facts = work.assessment(town.body_id, life.assessment_id)
    lead, champion = (coaching(life.actor(name), facts, town.services.today()) for name in ("lea", "cleo"))
    assert lead is not None
    assert champion is not None
    assert lead == champion
    assert lead.open == frozenset()
