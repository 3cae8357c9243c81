"""The second assessment of its kind takes less than half the pages of the first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from werkzeug.test import TestResponse

from tests.journeys.life import Life, day
from tests.journeys.walker import Walker, form_of, text

RATINGS = ("effect", "eliminate", "advance", "foster", "harm", "gain", "recommended_outcome")


@dataclass
class Steps:
    """Pages looked at, and forms sent."""

    taken: int = 0


class CountingWalker(Walker):
    """Counts what the person at this browser does."""

    steps: Steps

    def look(self, address: str) -> str:
        self.steps.taken += 1
        return super().look(address)

    def send(self, address: str, *, on: str | None = None, **fields: str | list[str]) -> TestResponse:
        self.steps.taken += 1
        return super().send(address, on=on, **fields)


@pytest.fixture
def steps() -> Steps:
    return Steps()


@pytest.fixture
def counted(person: Callable[[str], Walker], steps: Steps) -> Callable[[str], Walker]:
    def at(name: str) -> Walker:
        walker = CountingWalker(person(name).browser)
        walker.steps = steps
        return walker

    return at


class Again(Life):
    """Whoever starts from an earlier assessment: what came along is left as it is, the rest is answered."""

    earlier: Life

    def propose(self) -> None:
        to = self.person("olu").fill(
            f"/assessments/new?started_from={self.earlier.assessment_id}",
            title="Museum hours in Northgate",
            champion=str(self.town.people["cleo"]),
            target="31 March 2028",
            decision_body="Cabinet",
            take=["purpose", "groups", "evidence", "actions"],
            **self.decided(),
        )
        self.at = to.removesuffix("/schedule")

    def decided(self) -> dict[str, str]:
        return day("decision_on", self.today().replace(year=self.today().year + 2))

    def answer(self, name: str, form: str, answers: dict[str, str | list[str]]) -> None:
        walker = self.person(name)
        walker.look(f"{self.at}/{form}/check")
        page = walker.look(f"{self.at}/{form}/check/whole")
        standing = {field for field, values in form_of(page).sent.items() if any(values)}
        assert not [field for field in standing if field.rpartition("-")[2] in RATINGS]
        fields = {
            field: answers[field.rpartition("-")[2]]
            for field in set(re.findall(r'name="([^"]+)"', page)) - standing
            if field.rpartition("-")[2] in answers
        }
        walker.send(f"{self.at}/{form}/check/whole", save="later", **fields)

    def gather_evidence(self) -> None:
        assert "Library card holders" in self.person("lea").look(f"{self.at}/evidence")

    def promise(self) -> None:
        assert "Keep one late evening" in self.person("lea").look(f"{self.at}/actions")


def test_the_second_time_takes_less_than_half_the_pages(
    life: Life, counted: Callable[[str], Walker], steps: Steps
) -> None:
    life.person = counted
    life.submit_for_review()
    first, steps.taken = steps.taken, 0
    again = Again(life.town, counted)
    again.earlier = life
    again.submit_for_review()
    assert again.stage() == life.stage() == "quality_review"
    assert 0 < steps.taken < first / 2, f"{steps.taken} against {first}"


def test_a_section_on_one_page_saves_what_is_there_and_says_what_is_missing(life: Life) -> None:
    life.begin_screening()
    lea = life.person("lea")
    to = lea.fill(
        f"{life.at}/screening/check/whole", save="later", **{"relevance-age-reason": "Most are young."}
    )
    assert to == f"{life.at}/screening/check"
    shown = lea.look(to)
    assert "Most are young." in shown
    assert "still to be answered" in text(shown)


def test_two_people_on_one_page_of_a_whole_section_see_each_others_words(life: Life) -> None:
    life.begin_screening()
    lea, address = life.person("lea"), f"{life.at}/screening/check/whole"
    old = form_of(lea.look(address)).sent
    lea.fill(address, save="later", **{"already-known-already_known": "A third are over 65."})
    mine = old | {"already-known-already_known": "Most come by bus.", "save": "later"}
    clash = lea.browser.post(address, data=mine)
    assert clash.status_code == 409
    assert "A third are over 65." in clash.text
    assert "Most come by bus." in clash.text
    again = lea.browser.post(address, data=form_of(clash.text).sent | {"save": "later"})
    assert again.status_code == 302
    assert "Most come by bus." in lea.look(address)


def test_what_cannot_stand_is_refused_at_its_question_and_nothing_else_is_lost(life: Life) -> None:
    life.begin_screening()
    refused = life.person("lea").send(
        f"{life.at}/screening/check/whole",
        save="later",
        **{"relevance-age-effect": ["none", "negative"], "relevance-sex-reason": "Women book more."},
    )
    assert refused.status_code == 422
    assert 'href="#relevance-age-effect"' in refused.text
    assert "Women book more." in refused.text


@pytest.mark.parametrize("form", ["screening", "schedule"])
def test_a_section_that_is_closed_has_no_page_to_write_it_on(life: Life, form: str) -> None:
    life.submit_screening()
    assert life.person("lea").browser.get(f"{life.at}/{form}/check/whole").status_code == 403
