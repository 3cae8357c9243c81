"""The pages on the smallest telephone: one scrolls down, and never sideways."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.addresses import Kind, Walks
from tests.browser.demo import ROLES

TELEPHONE = {"width": 320, "height": 640}
# What sticks out, innermost last, so that whoever reads the failure knows where to look.
STICKING_OUT = """() => [...document.querySelectorAll('body *')]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.eia-scroll, table'))
  .map((e) => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40)).slice(-3)"""


def test_no_page_is_wider_than_a_small_telephone(walks: Walks, open_as: Callable[[str], Page]):
    wide: dict[str, list[str]] = {}
    seen: set[Kind] = set()
    for role in ROLES:
        page = open_as(role)
        page.set_viewport_size(TELEPHONE)
        for kind, address in walks[role].found.items():
            if kind not in seen:
                page.goto(address)
                if page.evaluate("document.documentElement.scrollWidth") > TELEPHONE["width"]:
                    wide[address] = page.evaluate(STICKING_OUT)
        seen |= set(walks[role].found)
    assert wide == {}


def test_whoever_holds_nothing_has_no_page_wider_either(open_as: Callable[[str], Page]):
    page = open_as("newcomer")
    page.set_viewport_size(TELEPHONE)
    for address in ("/", "/actions", "/people", "/nowhere"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"], address
