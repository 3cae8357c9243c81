"""The pages of an assessment in a real browser: for everybody, narrow or wide."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from eia.web import create_app
from tests.journeys.life import Life
from tests.web.conftest import PASSWORD, Town

PARTS = (
    "",
    "/history",
    "/details",
    "/people/lead",
    "/people/contributor",
    "/schedule/purpose",
    "/screening/already-known",
    "/screening/relevance-age",
    "/screening/conclusion",
    "/screening/check",
    "/moves/hold",
    "/moves/withdraw",
    "/moves/submit_screening",
)


@pytest.fixture
def address(town: Town) -> Iterator[str]:
    app = create_app(town.services, town.settings)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()


@pytest.fixture
def chrome(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def lead(chrome: Browser, address: str) -> Page:
    page = chrome.new_context(base_url=address).new_page()
    page.goto("/sign-in")
    page.fill("#email", "lea@example.org")
    page.fill("#password", PASSWORD)
    page.click("main button")
    return page


def test_a_checker_of_accessibility_finds_nothing_and_nothing_is_wider_than_a_telephone(
    life: Life, lead: Page
):
    life.begin_screening()
    for address in ("/assessments/new", *(life.at + part for part in PARTS)):
        lead.goto(address)
        found = Axe().run(lead)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
        lead.set_viewport_size({"width": 320, "height": 640})
        assert lead.evaluate("document.documentElement.scrollWidth") <= 320, address
        lead.set_viewport_size({"width": 1000, "height": 800})


def test_an_error_is_announced_in_the_title_and_its_link_leads_to_the_field(life: Life, lead: Page):
    life.begin_screening()
    lead.goto(f"{life.at}/screening/relevance-age")
    lead.click("text=Save and continue")
    assert lead.title().startswith("Error:")
    lead.click("text=Give the reason for your answer >> nth=0")
    assert lead.evaluate("document.activeElement.name") == "reason"
    assert Axe().run(lead).violations_count == 0
