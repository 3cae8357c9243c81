"""The first day of a council that has nothing yet, and the door it comes in by."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from eia.web import create_app
from tests.browser.addresses import Crawl, pages_of
from tests.browser.examination import Examination
from tests.browser.hands import Hands
from tests.browser.server import serving
from tests.browser.watch import Watch
from tests.web.conftest import Town, make_town

PEOPLE = ("olu", "lea", "hal", "ada", "nia")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    town = make_town(tmp_path_factory.mktemp("town"))
    yield town
    town.services.database.close()


@pytest.fixture
def visitor(chrome: Browser, town: Town) -> Iterator[Page]:
    with serving(create_app(town.services, town.settings)) as address:
        context = chrome.new_context(base_url=address)
        yield context.new_page()
        context.close()


def walk(town: Town, page: Page) -> Crawl:
    """Where the links lead whoever has signed in at this browser."""
    held = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    return pages_of(create_app(town.services, town.settings), held["eia_session"], {}, "/sign-in/again")


@pytest.mark.parametrize("name", PEOPLE)
def test_a_checker_of_accessibility_finds_nothing_where_there_is_nothing(
    name: str, town: Town, visitor: Page, examination: Examination
):
    Hands(visitor).sign_in(name)
    watch, wrong = Watch(visitor), {}
    for address in walk(town, visitor).found.values():
        visitor.goto(address)
        if problems := examination.problems(visitor, watch):
            wrong[address] = problems
    assert wrong == {}


def test_the_door_is_in_order_shut_and_when_the_key_is_wrong(visitor: Page, examination: Examination):
    watch = Watch(visitor)
    visitor.goto("/sign-in")
    assert examination.problems(visitor, watch) == []
    visitor.fill("#email", "lea@example.org")
    visitor.fill("#password", "not this")
    visitor.click("main button")
    visitor.wait_for_selector(".govuk-error-summary")
    assert examination.problems(visitor, watch) == []
    assert visitor.title().startswith("Error")
