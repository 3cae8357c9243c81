"""What somebody types is kept as they pause, and when it is not they are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.life import BrowserLife, begin

WORDS = "A third are over 65, and most come by bus."
SOON = 20_000  # milliseconds, for a machine that has other things to do


@pytest.fixture
def life(chrome: Browser, tmp_path: Path) -> Iterator[BrowserLife]:
    yield from begin(tmp_path, chrome, scripts=True)


@pytest.fixture
def at(life: BrowserLife) -> str:
    life.begin_screening()
    return f"{life.at}/screening/already-known"


def box(page: Page):
    return page.get_by_role("textbox").first


def status(page: Page):
    return page.locator("[data-draft-status]")


def typed_on(page: Page, at: str) -> str:
    page.goto(at)
    return box(page).input_value()


def test_a_tab_that_is_closed_loses_nothing(life: BrowserLife, at: str) -> None:
    page = life.person("lea").page
    page.goto(at)
    box(page).press_sequentially(WORDS)
    expect(status(page)).to_have_text(re.compile(r"^Draft saved at \d\d:\d\d$"), timeout=SOON)
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(at)
    expect(box(again)).to_have_value(WORDS)
    expect(again.get_by_text("did not save it")).to_be_visible()


def test_whoever_leaves_by_a_link_before_the_pause_is_over_loses_nothing(life: BrowserLife, at: str) -> None:
    page = life.person("lea").page
    page.goto(at)
    box(page).fill(WORDS)
    page.get_by_role("link", name="Library hours in Northgate").first.click()
    page.wait_for_url(f"**{life.at}")
    assert WORDS in {typed_on(page, at) for _ in range(10)}  # it is sent while the page goes


def test_a_failure_is_told_and_what_is_typed_then_is_saved_when_it_is_over(
    life: BrowserLife, at: str
) -> None:
    page = life.person("lea").page
    page.goto(at)
    page.context.set_offline(True)
    box(page).press_sequentially(WORDS)
    expect(status(page)).to_have_text(re.compile("^Not saved: .* Your text is still here[.]$"), timeout=SOON)
    expect(box(page)).to_have_value(WORDS)
    page.context.set_offline(False)
    box(page).press_sequentially(" Few drive.")
    expect(status(page)).to_have_text(re.compile("^Draft saved"), timeout=SOON)


def test_saving_by_the_button_leaves_no_draft_behind(life: BrowserLife, at: str) -> None:
    page = life.person("lea").page
    page.goto(at)
    box(page).press_sequentially(WORDS)
    expect(status(page)).to_have_text(re.compile("^Draft saved"), timeout=SOON)
    page.get_by_role("button", name="Save and continue").click()
    page.goto(at)
    expect(box(page)).to_have_value(WORDS)
    expect(page.get_by_text("did not save it")).to_have_count(0)
