"""Everything with a keyboard alone, and the focus always to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.keys import FAR, IS_SEEN, Keys
from tests.browser.life import BrowserLife, begin


@pytest.fixture
def life(chrome: Browser, tmp_path: Path) -> Iterator[BrowserLife]:
    yield from begin(tmp_path, chrome, kind=Keys, scripts=True)


def test_a_whole_life_is_lived_without_a_mouse(life: BrowserLife):
    life.close()
    assert life.stage() == "closed"
