"""The pages of writing together: comments, sections shared out, and earlier texts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from flask import Flask

from eia.domain.people import Role
from tests.journeys.life import Life
from tests.journeys.walker import Walker, problems, text
from tests.web.conftest import PASSWORD, Town, give

People = Callable[[str], Walker]
SAID = "Is a third of them really over 65?"
AGE = "new?section=screening&page=relevance-age"


@pytest.fixture
def person(app: Flask, town: Town) -> People:
    town.add_person("cleo", Role.CHAMPION)
    town.add_person("hope")

    @cache
    def sign_in(name: str) -> Walker:
        browser = app.test_client()
        give(browser, "/sign-in", email=f"{name}@example.org", password=PASSWORD)
        return Walker(browser)

    return sign_in


@pytest.fixture
def life(town: Town, person: People) -> Life:
    """An assessment at screening, led by Lea, which Cleo will check and Hope contributes to."""
    life = Life(town, person)
    life.begin_screening()
    person("olu").fill(f"{life.at}/people/contributor", people=[str(town.people["hope"])])
    return life


def comment(life: Life, person: People, who: str = "cleo") -> str:
    return person(who).fill(f"{life.at}/comments/{AGE}", about="relevance.reason:age", text=SAID)


def test_a_comment_is_read_beside_its_question_and_on_the_assessments_page(life: Life, person: People):
    thread = comment(life, person)
    for address in (
        life.at,
        f"{life.at}/screening/relevance-age",
        f"{life.at}/screening/check",
        f"{life.at}/comments",
        thread,
    ):
        assert SAID in person("lea").look(address), address
    assert SAID not in person("lea").look(f"{life.at}/screening/relevance-sex")


def test_a_page_of_several_questions_asks_which_one_is_meant(life: Life, person: People):
    answer = person("cleo").send(f"{life.at}/comments/{AGE}", text=SAID)
    assert answer.status_code == 422
    assert problems(answer.text) == ["Choose what your comment is about"]
    assert SAID in answer.text


def test_an_empty_comment_is_asked_for_again(life: Life, person: People):
    answer = person("cleo").send(f"{life.at}/comments/new?section=screening", about="section", text=" ")
    assert answer.status_code == 422
    assert problems(answer.text) == ["Write what you want to say"]
    thread = comment(life, person)
    assert problems(person("lea").send(thread, text="").text) == ["Write what you want to say"]


def test_a_comment_on_a_whole_section_says_so(life: Life, person: People):
    thread = person("cleo").fill(f"{life.at}/comments/new?section=screening", about="section", text=SAID)
    assert "The whole section" in person("lea").look(thread)


def test_whoever_only_reads_a_section_can_still_say_which_question_they_mean(life: Life, person: People):
    address = f"{life.at}/comments/new?section=screening"
    assert "Age: Why do you say so?" in person("cleo").look(address)
    thread = person("cleo").fill(address, about="relevance.reason:age", text=SAID)
    assert "Why do you say so? (Age)" in person("lea").look(thread)
    assert SAID in person("lea").look(f"{life.at}/screening/relevance-age")


@pytest.mark.parametrize("where", ["section=shoes", "", "section=screening&page=shoes"])
def test_there_is_nowhere_else_to_comment(life: Life, person: People, where: str):
    assert person("cleo").browser.get(f"{life.at}/comments/new?{where}").status_code == 404


def test_a_thread_is_answered_resolved_with_a_last_word_and_reopened(life: Life, person: People):
    thread = comment(life, person)
    person("lea").fill(thread, text="Yes: see the survey.")
    person("cleo").fill(thread, text="Then cite it.", do="resolve")
    shown = text(person("lea").look(thread))
    assert "Yes: see the survey." in shown
    assert "Resolved by Cleo Example" in shown
    person("lea").fill(thread, do="reopen")
    assert "Resolved by" not in text(person("lea").look(thread))


def test_an_open_comment_stands_in_the_way_of_submitting_and_says_where_it_is(life: Life, person: People):
    comment(life, person)
    page = person("lea").look(life.at)
    assert "Some comments are still open" in page
    assert f'href="{life.at}/comments">Go to “Comments”' in page


def test_whoever_may_not_settle_a_thread_is_told_who_does(life: Life, person: People):
    thread = comment(life, person)
    page = person("olu").look(thread)
    assert 'value="resolve"' not in page
    assert "the lead or the champion resolves them" in page
    assert person("olu").send(thread, do="resolve").status_code == 403


def test_a_stranger_finds_no_comments(life: Life, person: People):
    thread = comment(life, person)
    for address in (thread, f"{life.at}/comments", f"{life.at}/comments/{AGE}"):
        assert person("nia").browser.get(address).status_code == 404


def test_what_somebody_says_is_shown_as_text(life: Life, person: People):
    thread = person("cleo").fill(
        f"{life.at}/comments/new?section=screening", text="<script>alert(1)</script>"
    )
    assert "<script>alert(1)" not in person("lea").look(thread) + person("lea").look(life.at)


def test_whoever_assigns_contributors_is_asked_who_writes_what(life: Life, person: People, town: Town):
    hope = town.people["hope"]
    to = person("olu").fill(f"{life.at}/people/contributor", people=[str(hope)])
    assert to == f"{life.at}/people/contributor/sections"
    person("olu").fill(to, **{f"sections-{hope}": ["screening"]})
    page = text(person("lea").look(life.at))
    assert "With Hope Example" in page
    assert "Writes: Screening" in page
    assert person("hope").browser.get(f"{life.at}/screening/relevance-age").status_code == 200
    refused = person("hope").browser.get(f"{life.at}/schedule/purpose")
    assert refused.status_code == 403
    assert "other sections" in refused.text


def test_the_champion_does_not_share_out_sections(life: Life, person: People):
    assert person("cleo").browser.get(f"{life.at}/people/contributor/sections").status_code == 403


def test_a_list_of_sections_that_somebody_overtook_is_shown_again(life: Life, person: People, town: Town):
    address, field = f"{life.at}/people/contributor/sections", f"sections-{town.people['hope']}"
    person("lea").fill(address, **{field: ["screening"]})
    answer = person("olu").send(address, page_version="1", **{field: ["impact"]})
    assert answer.status_code == 422
    assert "Somebody changed the assessment meanwhile" in answer.text


def test_what_was_written_over_can_be_read_from_the_page_it_was_on(life: Life, person: People):
    address = f"{life.at}/screening/already-known"
    person("lea").fill(address, already_known="A third of them are over 65.")
    assert "Earlier texts" not in person("lea").look(address)
    person("hope").fill(address, already_known="They come by bus.")
    assert f'href="{address}/earlier"' in person("lea").look(address)
    shown = text(person("lea").look(f"{address}/earlier"))
    assert "A third of them are over 65." in shown
    assert "Written by Lea Example" in shown
    assert "Replaced by Hope Example" in shown
    assert f'href="{address}/earlier"' in person("lea").look(f"{life.at}/screening/check")
    assert person("nia").browser.get(f"{address}/earlier").status_code == 404
