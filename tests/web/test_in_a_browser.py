"""The frame in a real browser: for everybody, narrow or wide, and without a word from the console."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from eia.web import create_app
from tests.web.conftest import make_town

PAGES = ("/", "/programme", "/people", "/outbox", "/operations", "/rulebook", "/sign-in/again", "/nowhere")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    town = make_town(tmp_path_factory.mktemp("browser"), kind="demo")
    today = town.services.today()
    for stage in ("proposed", "screening", "quality_review", "sign_off", "on_hold", "closed"):
        town.add_assessment(f"Bins at {stage}", stage, stage_due_on=today - timedelta(days=3))
    app = create_app(town.services, replace(town.settings, base_url="http://127.0.0.1"))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    town.services.database.close()


@pytest.fixture(scope="module")
def chrome(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def officer(chrome: Browser, address: str) -> Iterator[Page]:
    """The equality officer's browser, which fails the test for anything its console says."""
    context = chrome.new_context(base_url=address)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/sign-in/demo")
    page.click("button:has-text('Olu Example')")
    yield page
    context.close()
    assert [text for text in said if "404" not in text] == []


def test_a_checker_of_accessibility_finds_nothing_on_any_page_of_the_frame(officer: Page):
    for path in ("/sign-in/demo", *PAGES):
        officer.goto(path)
        found = Axe().run(officer)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"


def test_no_page_is_wider_than_a_small_telephone(officer: Page):
    officer.set_viewport_size({"width": 320, "height": 640})
    for path in ("/sign-in/demo", *PAGES):
        officer.goto(path)
        wide = officer.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, path


def test_the_first_thing_the_keyboard_reaches_skips_to_the_content(officer: Page):
    officer.goto("/programme")
    officer.keyboard.press("Tab")
    assert officer.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    officer.keyboard.press("Enter")
    assert officer.url.endswith("#main-content")


def test_the_frame_works_without_scripts(chrome: Browser, address: str):
    context = chrome.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in/demo")
    page.click("button:has-text('Olu Example')")
    page.click("text=Programme")
    page.select_option("#stage", "screening")
    page.click("text=Show")
    assert page.inner_text("[role=status]") == "1 assessment"
    page.click("text=Sign out")
    assert page.url.endswith("/sign-in/demo")
    context.close()
