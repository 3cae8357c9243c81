"""What a request leaves behind: an id in its answer, in the log and in the mail that it owes somebody."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from eia.adapters.logs import LOGS, json_lines
from eia.domain.events import Notice
from eia.store import tables
from eia.usecases.outbox import deliver
from tests.usecases.letterbox import Letterbox
from tests.web.conftest import Town, give

SECRET = "Jo-Bloggs-has-HIV"
GIVEN = "from-the-proxy-0001"


class Log(io.StringIO):
    """What was logged, and the same line by line."""

    @property
    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def log() -> Iterator[Log]:
    """Everything that is logged meanwhile, as it is on a server."""
    kept = Log()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(json_lines())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(LOGS["root"]["level"])
    yield kept
    root.removeHandler(handler)
    root.setLevel(level)


def test_an_id_that_a_proxy_gave_goes_back_and_stands_in_the_log(browser, log):
    answer = browser.get("/sign-in", headers={"X-Request-ID": GIVEN})
    (line,) = log.lines
    assert answer.headers["X-Request-ID"] == line["correlation"] == GIVEN
    assert (line["endpoint"], line["method"], line["status"]) == ("sign_in.show", "GET", 200)


@pytest.mark.parametrize("given", ["", "short", "words of a person", "x" * 65, "a;b=c%0d%0aSet-Cookie"])
def test_anything_else_is_not_passed_on(browser, given):
    said = browser.get("/sign-in", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{32}", said)


def test_every_answer_has_an_id_of_its_own(browser):
    answers = [browser.get(address) for address in ("/sign-in", "/sign-in", "/nothing-here", "/healthz")]
    assert len({answer.headers["X-Request-ID"] for answer in answers}) == 4


def test_what_watches_us_leaves_no_line(browser, log):
    for address in ("/healthz", "/readyz", "/metrics", "/static/site.css"):
        browser.get(address)
    assert log.getvalue() == ""


def test_nothing_that_a_person_gives_stands_in_the_log(app, browser, log):
    """Not in an address, a form, a header, a cookie, nor in the exception that it may end in."""
    app.testing = False
    app.view_functions["search.show"] = lambda: int(SECRET)
    give(browser, "/sign-in", email=f"{SECRET}@example.org", password=SECRET)
    browser.get(f"/{SECRET}")
    browser.get(f"/sign-in?next=/{SECRET}", headers={"User-Agent": SECRET, "Referer": SECRET})
    browser.set_cookie("eia_session", SECRET)
    broken = browser.get(f"/search?q={SECRET}")
    assert broken.status_code == 500
    assert SECRET not in log.getvalue()
    assert [line["exception"][0]["type"] for line in log.lines if "exception" in line] == [
        "builtins.ValueError"
    ]
    assert broken.headers["X-Request-ID"] == log.lines[-1]["correlation"]


def test_a_mail_carries_the_id_of_the_request_that_owes_it(town: Town, app, log):
    """From the page to the row, from the row to the mail, and both ids in the line that it went."""
    assessment_id = town.add_assessment("Library fees", lead="lea", stage="screening")
    notice = Notice(recipient_id=town.people["lea"], kind="your_turn", assessment_id=assessment_id)

    def owe() -> str:
        with town.services.database.write() as work:
            work.notify(town.body_id, [notice], now=town.clock.now())
        return ""

    app.add_url_rule("/owe", view_func=owe, endpoint="owe")
    app.test_client().get("/owe", headers={"X-Request-ID": GIVEN})
    letterbox = Letterbox()
    assert deliver(town.services, letterbox).sent == 1
    assert f"X-Request-ID: {GIVEN}\r\n".encode() in letterbox.mails[0].raw
    sent = log.lines[-1]
    with town.services.database.read() as connection:
        assert sent["mail"] == str(connection.scalar(select(tables.outbox.c.id)))
    assert (sent["event"], sent["because_of"], sent["attempt"]) == ("Mail sent", GIVEN, 1)
    assert "lea@example.org" not in str(sent)
