"""The life of one assessment, lived in a browser by people who never type an address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser

from eia.domain.people import Role
from eia.web import create_app
from tests.browser.hands import Hands
from tests.browser.server import serving
from tests.journeys.life import CHECKLIST, Life
from tests.web.conftest import Town, make_town

WHY = "The evenings are counted together, and the two libraries are not alike."


class BrowserLife(Life):
    """As in any journey, but answered page by page, and returned once on the way."""

    def answer(self, name: str, form: str, answers: dict[str, str | list[str]]) -> None:
        self.person(name).answer(f"{self.at}/{form}", answers)

    def recommend(self) -> None:
        self.submit_for_review()
        self.move("cleo", "return_for_work", reasons=["impacts_unexplained"], comment=WHY)
        self.move("lea", "submit_for_review")
        self.answer("cleo", "quality_check", CHECKLIST)
        self.move("cleo", "recommend")


@dataclass
class Household:
    """Everybody of the town at a browser of their own; again whenever the clock has moved."""

    town: Town
    address: str
    browser: Browser
    kind: type[Hands]
    scripts: bool
    known: dict[tuple[str, datetime], Hands] = field(default_factory=dict)

    def person(self, name: str) -> Hands:
        key = (name, self.town.clock.at)
        if key not in self.known:
            context = self.browser.new_context(base_url=self.address, java_script_enabled=self.scripts)
            self.known[key] = self.kind(context.new_page())
            self.known[key].sign_in(name)
        return self.known[key]


def begin(
    directory: Path, browser: Browser, *, kind: type[Hands] = Hands, scripts: bool
) -> Iterator[BrowserLife]:
    """An assessment that nobody has thought of yet, in a town with its own server."""
    with ExitStack() as stack:
        town = make_town(directory)
        stack.callback(town.services.database.close)
        town.add_person("cleo", Role.CHAMPION)
        town.add_person("dee", Role.DIRECTOR)
        address = stack.enter_context(serving(create_app(town.services, town.settings)))
        people = Household(town, address, browser, kind, scripts)
        yield BrowserLife(town, people.person)
