"""Sandmere, with everybody that an assessment's life needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from eia.domain.people import Role
from eia.web import create_app
from tests.journeys.life import Life
from tests.journeys.walker import Walker
from tests.web.conftest import PASSWORD, Town, give, make_town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = make_town(tmp_path)
    town.add_person("cleo", Role.CHAMPION)
    town.add_person("dee", Role.DIRECTOR)
    yield town
    town.services.database.close()


@pytest.fixture
def person(town: Town) -> Callable[[str], Walker]:
    """Somebody of the town, signed in at a browser of their own; again whenever the clock has moved."""
    app = create_app(town.services, town.settings)
    app.testing = True

    @cache
    def sign_in(name: str, at: datetime) -> Walker:
        browser = app.test_client()
        give(browser, "/sign-in", email=f"{name}@example.org", password=PASSWORD)
        return Walker(browser)

    return lambda name: sign_in(name, town.clock.at)


@pytest.fixture
def life(town: Town, person: Callable[[str], Walker]) -> Life:
    """An assessment that nobody has thought of yet."""
    return Life(town, person)
