"""Everything with a keyboard alone, and the focus always to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.keys import FAR, IS_SEEN, Keys
from tests.browser.life import BrowserLife, begin

FOCUSED = "document.activeElement"


@pytest.fixture
def life(chrome: Browser, tmp_path: Path) -> Iterator[BrowserLife]:
    yield from begin(tmp_path, chrome, kind=Keys, scripts=True)


@pytest.fixture
def lead(life: BrowserLife) -> Keys:
    """Lea's keyboard, on the first group of a screening."""
    life.begin_screening()
    lead = life.person("lea")
    lead.reach(f"{life.at}/screening")
    while "relevance-" not in lead.here():
        lead.fill(lead.here())
    return lead


def test_a_whole_life_is_lived_without_a_mouse(life: BrowserLife):
    life.close()
    assert life.stage() == "closed"


def test_the_first_tab_skips_to_the_content_and_the_next_is_in_it(lead: Keys):
    keyboard = lead.page.keyboard
    lead.page.reload()
    keyboard.press("Tab")
    assert lead.page.evaluate(f"{FOCUSED}.textContent").strip() == "Skip to main content"
    keyboard.press("Enter")
    keyboard.press("Tab")
    assert lead.page.evaluate(f"{FOCUSED}.closest('main') !== null")


def test_every_stop_of_the_keyboard_can_be_seen_and_none_is_a_trap(lead: Keys):
    lead.page.reload()
    stops = []
    while len(stops) < FAR:
        lead.page.keyboard.press("Tab")
        focused = lead.page.evaluate_handle(FOCUSED).as_element()
        assert focused
        if focused.evaluate("(e) => e === document.body"):
            break
        assert focused.evaluate(IS_SEEN), focused.evaluate("(e) => e.outerHTML")
        stops.append(focused.evaluate("(e) => e.name || e.href || e.textContent"))
    assert "reason" in stops
    assert len(stops) < FAR, "Tab never leaves the page"


def test_an_error_takes_the_focus_and_its_link_gives_it_to_the_field(lead: Keys):
    lead.press(lead.page.locator("main form button").first)
    lead.page.wait_for_selector(".govuk-error-summary")
    assert lead.page.evaluate(f"{FOCUSED}.closest('.govuk-error-summary') !== null")
    lead.press(lead.page.locator(".govuk-error-summary a", has_text="reason").first)
    assert lead.page.evaluate(f"{FOCUSED}.name") == "reason"
