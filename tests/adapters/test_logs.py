"""The log: one line of JSON each, and nobody's words in any."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable
from functools import partial

import pytest

from eia import correlation
from eia.adapters.logs import json_lines

SECRET = "Jo Bloggs has HIV"

Line = dict[str, object]


@pytest.fixture
def logged(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Callable[[str], tuple[logging.Logger, Callable[[], Line]]]:
    """A logger of this name, and the one line that it wrote."""

    def of(name: str) -> tuple[logging.Logger, Callable[[], Line]]:
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.setFormatter(json_lines())
        logger = logging.getLogger(name)
        monkeypatch.setattr(logger, "handlers", [handler])
        # By its setter: a logger remembers which levels it was closed to before.
        request.addfinalizer(partial(logger.setLevel, logger.level))
        logger.setLevel(logging.INFO)
        monkeypatch.setattr(logger, "propagate", False)

        def line() -> Line:
            assert SECRET not in stream.getvalue()
            (found,) = stream.getvalue().splitlines()
            read: Line = json.loads(found)
            return read

        return logger, line

    return of


def test_a_line_says_when_who_and_what_it_is_about(logged):
    logger, line = logged("eia.web.request_log")
    with correlation.carrying("0123456789abcdef"):
        logger.info("Page answered", extra={"endpoint": "home.show", "status": 200})
    said = line()
    assert said.pop("at").endswith("Z")
    assert said == {
        "event": "Page answered",
        "logger": "eia.web.request_log",
        "level": "info",
        "correlation": "0123456789abcdef",
        "endpoint": "home.show",
        "status": 200,
    }


def test_only_names_that_we_gave_stand_beside_a_sentence(logged):
    logger, line = logged("eia.usecases.sending")
    logger.info("Mail sent", extra={"mail": "an id", "recipient": SECRET})
    assert "recipient" not in line()


def test_of_a_library_only_the_template_and_its_numbers_are_kept(logged):
    logger, line = logged("werkzeug")
    logger.warning("%s was asked for %d times", SECRET, 3)
    assert line()["event"] == "… was asked for 3 times"


def test_the_same_of_a_template_with_names_and_of_one_that_wants_a_number(logged):
    logger, line = logged("celery.app.trace")
    logger.error("%(name)s broke: %(exc)s", {"name": SECRET, "exc": SECRET})
    assert line()["event"] == "… broke: …"
    logger, line = logged("other")
    logger.error("%d", SECRET)
    assert line()["event"] == "%d"


def test_our_own_ids_and_what_is_said_of_the_broker_are_kept(logged):
    for name in ("eia.usecases.attachments", "celery.beat", "kombu.connection"):
        logger, line = logged(name)
        logger.error("%s is gone", "0001")
        assert line()["event"] == "0001 is gone"


def test_an_exception_is_its_kind_and_its_place_and_never_its_words(logged):
    logger, line = logged("flask.app")
    try:
        try:
            int(SECRET)
        except ValueError as cause:
            raise KeyError(SECRET) from cause
    except KeyError:
        logger.exception("Exception on %s", SECRET)
    first, second = line()["exception"]
    assert (first["type"], second["type"]) == ("builtins.KeyError", "builtins.ValueError")
    assert "test_logs.py" in first["at"][0]
