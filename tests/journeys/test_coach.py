"""The coach's list on the pages: the same for author and champion, with the way to put each right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache

import pytest

from eia.domain.facts import AssessmentFacts
from eia.domain.people import Role
from eia.usecases.coaching import coaching
from eia.web import create_app
from tests.journeys.life import CHECKLIST, IMPACT, OUTCOME, SCREENING, Life
from tests.journeys.walker import Walker, text
from tests.web.conftest import PASSWORD, Town, give, make_town

COPIED = "The same words stand for several groups."
NOT_PROMISED = "Mitigation that nobody has promised may never come."


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """An assessment whose author has answered everything, with the same words everywhere."""
    town = town_with_a_champion(tmp_path_factory)
    yield written_with_the_same_words(town)
    town.services.database.close()


@pytest.fixture(scope="module")
def submitted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """The same at quality review."""
    town = town_with_a_champion(tmp_path_factory)
    life = written_with_the_same_words(town)
    life.move("lea", "submit_for_review")
    yield life
    town.services.database.close()


def town_with_a_champion(directories: pytest.TempPathFactory) -> Town:
    town = make_town(directories.mktemp("coach"))
    town.add_person("cleo", Role.CHAMPION)
    town.add_person("dee", Role.DIRECTOR)
    return town


def written_with_the_same_words(town: Town) -> Life:
    life = Life(town, signing_in(town))
    life.begin_analysis()
    life.answer("lea", "impact", IMPACT)
    life.answer("lea", "outcome", OUTCOME)
    return life


def signing_in(town: Town) -> Callable[[str], Walker]:
    app = create_app(town.services, town.settings)
    app.testing = True

    @cache
    def sign_in(name: str, at: datetime) -> Walker:
        browser = app.test_client()
        give(browser, "/sign-in", email=f"{name}@example.org", password=PASSWORD)
        return Walker(browser)

    return lambda name: sign_in(name, town.clock.at)


def coach_of(page: str) -> str:
    """The coach's part of the page."""
    found = re.search(r'<section aria-labelledby="coach".*?</section>', page, re.S)
    return found[0] if found else ""


def said(page: str) -> str:
    return " ".join(text(coach_of(page)).split())


def facts_of(life: Life) -> AssessmentFacts:
    with life.town.services.database.write() as work:
        return work.assessment(life.town.body_id, life.assessment_id)


def test_the_author_hears_of_a_section_where_its_answers_are_checked(analysed: Life):
    of_impact = said(analysed.person("lea").look(f"{analysed.at}/impact/check"))
    assert COPIED in of_impact
    assert NOT_PROMISED not in of_impact
    assert NOT_PROMISED in said(analysed.person("lea").look(analysed.at))


def test_each_group_leads_the_author_to_its_own_page(analysed: Life):
    page = coach_of(analysed.person("lea").look(analysed.at))
    assert f'href="{analysed.at}/impact/impact-age"' in page
    assert f'href="{analysed.at}/actions' in page


def test_author_and_champion_see_the_same_list(submitted: Life):
    author, champion = (said(submitted.person(name).look(submitted.at)) for name in ("lea", "cleo"))
    assert re.search(r"The coach noticed \d+ things", author)
    assert COPIED in author
    assert NOT_PROMISED in author
    assert champion == author


def test_the_champion_is_led_to_what_can_only_be_read(submitted: Life):
    page = coach_of(submitted.person("cleo").look(submitted.at))
    assert f'href="{submitted.at}/impact"' in page
    assert "/impact/impact-age" not in page


def test_every_way_the_coach_shows_leads_somewhere(submitted: Life):
    for name in ("lea", "cleo", "olu"):
        walker = submitted.person(name)
        ways = set(re.findall(r'href="(/[^"]+)"', coach_of(walker.look(submitted.at))))
        assert ways
        assert all(walker.look(way) for way in ways)


def test_who_neither_writes_nor_checks_sees_no_list(submitted: Life):
    shown = {
        name: bool(coach_of(submitted.person(name).look(submitted.at))) for name in ("olu", "hal", "dee")
    }
    assert shown == {"olu": True, "hal": False, "dee": False}


def test_the_champion_has_the_list_beside_the_quality_check(submitted: Life):
    walker = submitted.person("cleo")
    whole = said(walker.look(submitted.at))
    assert said(walker.look(f"{submitted.at}/quality_check")) == whole
    submitted.answer("cleo", "quality_check", CHECKLIST)
    assert said(walker.look(f"{submitted.at}/quality_check/check")) == whole


def test_the_coach_is_silent_once_it_is_approved(submitted: Life):
    facts, today = facts_of(submitted), submitted.today()
    assert coaching(submitted.actor("lea"), facts, today) is not None
    assert coaching(submitted.actor("lea"), replace(facts, approved_on=today), today) is None


def test_nothing_noticed_is_said_too_and_what_is_noticed_holds_nothing_up(life: Life):
    life.begin_screening()
    assert "The coach noticed nothing" in said(life.person("lea").look(life.at))
    life.answer("lea", "screening", SCREENING)
    assert COPIED in said(life.person("lea").look(life.at))
    life.move("lea", "submit_screening")
    assert life.stage() == "screening_review"
