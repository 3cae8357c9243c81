"""A browser, and a demonstration of its own for every file of tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.addresses import Walks, pages_of
from tests.browser.demo import ROLES, Demo, build_once, demo_in
from tests.browser.examination import Examination
from tests.browser.server import serving

UNLINKED = ("/sign-in/again", "/sign-in/demo")


@pytest.fixture(scope="module")
def chrome(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    made = build_once(tmp_path_factory.getbasetemp())
    with demo_in(tmp_path_factory.mktemp("demo"), made) as demo:
        yield demo


@pytest.fixture(scope="module")
def address(demo: Demo) -> Iterator[str]:
    with serving(demo.app()) as address:
        yield address


@pytest.fixture(scope="module")
def browser_of(chrome: Browser, demo: Demo, address: str) -> Callable[[str], BrowserContext]:
    """A browser at which whoever shows this role has signed in."""

    def sign_in(role: str) -> BrowserContext:
        context = chrome.new_context(base_url=address)
        context.add_cookies([{"name": "eia_session", "value": demo.token(role), "url": address}])
        return context

    return sign_in


@pytest.fixture(scope="module")
def walks(demo: Demo) -> Walks:
    """Where each role can come to."""
    app, standings = demo.app(), demo.standings()
    starts = (*UNLINKED, *demo.worked_on_together(), *demo.come_in_twice())
    return {role: pages_of(app, demo.token(role), standings, *starts) for role in ROLES}


@pytest.fixture(scope="module")
def examination() -> Examination:
    return Examination()


@pytest.fixture
def open_as(browser_of: Callable[[str], BrowserContext]) -> Iterator[Callable[[str], Page]]:
    opened: list[BrowserContext] = []

    def open_page(role: str) -> Page:
        opened.append(browser_of(role))
        return opened[-1].new_page()

    yield open_page
    for context in opened:
        context.close()
