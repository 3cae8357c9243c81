"""A whole life in a browser that runs no script, by links and buttons alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.life import BrowserLife, begin


@pytest.fixture
def life(chrome: Browser, tmp_path: Path) -> Iterator[BrowserLife]:
    yield from begin(tmp_path, chrome, scripts=False)


def test_an_assessment_is_scheduled_returned_once_signed_twice_reviewed_and_closed(life: BrowserLife):
    life.close()
    assert life.stage() == "closed"
    history = life.person("lea").look(f"{life.at}/history")
    for verb in ("Return for more work", "Approve and sign", "Begin the review", "Close this assessment"):
        assert verb in history
