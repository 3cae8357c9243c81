"""What the server spends on a page: the assessment's own, and a page of questions sent back with errors.

`python -m tests.bench.bench_pages [ROUNDS]` prints medians of processor time in one run. The floor of a page
is the same bytes from a route that does nothing else; the floor of a form is one Jinja template with as many
fields, labels and errors. A page pays for who is asking, what they may see and what the database says.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import Environment

from eia.domain.people import Role
from eia.web import create_app
from tests.journeys.life import Life
from tests.journeys.walker import Walker, form_of
from tests.web.conftest import PASSWORD, give, make_town

PLAIN = Environment(autoescape=True).from_string(
    "<form method=post><ul>{% for f in fields %}<li><a href='#{{ f }}'>{{ f }} is missing</a></li>"
    "{% endfor %}</ul>{% for f in fields %}<div class=group><label for='{{ f }}'>{{ f }}</label>"
    "<p>{{ f }} is missing</p><textarea id='{{ f }}' name='{{ f }}'>{{ typed }}</textarea></div>"
    "{% endfor %}</form>"
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """Medians of processor seconds."""

    name: str
    size: int
    page: float
    floor: float

    @property
    def ratio(self) -> float:
        return self.page / self.floor


def measure(directory: Path, rounds: int) -> tuple[Page, ...]:
    """The assessment page, a page with errors and a whole section, each beside its floor."""
    town = make_town(directory)
    town.add_person("cleo", Role.CHAMPION)
    app = create_app(town.services, town.settings)
    app.testing = True
    browsers: dict[tuple[str, object], Walker] = {}

    def person(name: str) -> Walker:
        key = (name, town.clock.at)
        if key not in browsers:
            client = app.test_client()
            give(client, "/sign-in", email=f"{name}@example.org", password=PASSWORD)
            browsers[key] = Walker(client)
        return browsers[key]

    life = Life(town, person)
    life.begin_analysis()
    lea = person("lea").browser
    found = (
        _beside_bytes(lea, "assessment page", life.at, rounds),
        _beside_bytes(lea, "whole section", f"{life.at}/impact/check/whole", rounds),
        _with_errors(person("lea"), f"{life.at}/impact/impact-age", rounds),
    )
    town.services.database.close()
    return found


def _beside_bytes(browser: FlaskClient, name: str, address: str, rounds: int) -> Page:
    shown = browser.get(address).data
    page, floor = _paired(lambda: browser.get(address), lambda: _bytes_only(shown).get("/"), rounds)
    return Page(name=name, size=len(shown), page=page, floor=floor)


def _bytes_only(content: bytes) -> FlaskClient:
    if content not in _SERVED:
        app = Flask("floor")
        app.add_url_rule("/", view_func=lambda: content, endpoint="floor")
        _SERVED[content] = app.test_client()
    return _SERVED[content]


_SERVED: dict[bytes, FlaskClient] = {}


def _with_errors(walker: Walker, address: str, rounds: int) -> Page:
    fields = form_of(walker.look(address)).sent
    sent = {"csrf_token": fields["csrf_token"], "page_token": fields["page_token"]}
    names = [f"question {place}" for place in range(9)]
    answer = walker.browser.post(address, data=sent)
    assert answer.status_code == 422
    page, floor = _paired(
        lambda: walker.browser.post(address, data=sent), lambda: PLAIN.render(fields=names, typed=""), rounds
    )
    return Page(name="form page with errors", size=len(answer.data), page=page, floor=floor)


def _paired(act: Callable[[], object], floor: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Each in turn, so that whatever else the machine does falls on both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for place, each in enumerate((act, floor)):
            started = time.process_time()
            each()
            taken[place].append(time.process_time() - started)
    return median(taken[0]), median(taken[1])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        for found in measure(Path(directory), int(sys.argv[1]) if len(sys.argv) > 1 else 50):
            print(
                f"{found.name}: {found.page * 1000:.1f} ms of processor, {found.size // 1024} kB; "
                f"floor {found.floor * 1000:.2f} ms: {found.ratio:.0f} times"
            )
