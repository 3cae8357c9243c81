"""The figures that Prometheus asks for, and who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from eia.domain.mail import RecipientRefused
from eia.domain.mail_hold import HoldKind
from eia.usecases.mail_holds import hold
from eia.usecases.outbox import deliver
from eia.usecases.reminders import sweep
from eia.web import create_app
from tests.usecases.letterbox import Letterbox
from tests.web.conftest import Town

TOKEN = "t" * 32


def figures(browser: FlaskClient, **labels: str) -> dict[str, float]:
    """What each figure says, of those with these labels."""
    families = text_string_to_metric_families(browser.get("/metrics").text)
    samples = [sample for family in families for sample in family.samples]
    return {each.name: each.value for each in samples if labels.items() <= each.labels.items()}


def test_clock_and_mail_stand_as_the_page_for_people_says(town: Town, browser: FlaskClient):
    before = figures(browser)
    assert (before["eia_mail_sent_today"], before["eia_mail_on_hold"]) == (0, 0)
    assert "eia_round_age_seconds" not in before, "a round that was never made has no age"
    for name in ("lea", "hal", "olu"):
        town.add_action(f"Publish the fees policy of {name}", name, town.clock.at.date())
    sweep(town.services)
    deliver(town.services, Letterbox(RecipientRefused("550 no such person")), limit=2)
    town.clock.at += timedelta(minutes=7)
    after = figures(browser)
    assert (after["eia_mail_sent_today"], after["eia_mail_queue_age_seconds"]) == (1, 7 * 60)
    assert after["eia_mail_oldest_pending_seconds"] == 7 * 60
    assert figures(browser, state="failed")["eia_mails"] == 1
    assert figures(browser, round="sweep")["eia_round_age_seconds"] == 7 * 60


def test_held_mail_and_a_late_sweep_can_raise_an_alarm(town: Town, browser: FlaskClient):
    town.add_action("Publish the fees policy", "lea", town.clock.at.date())
    sweep(town.services)
    hold(town.services, HoldKind.REFUSED, "535 no")
    deliver(town.services, Letterbox())
    town.clock.at += timedelta(days=1)
    after = figures(browser)
    assert (after["eia_mail_on_hold"], after["eia_sweep_late"]) == (1, 1)
    assert figures(browser, state="held")["eia_mails"] == 1
    assert after["eia_mail_queue_age_seconds"] == 0, "what is held could not have gone"


def test_pages_are_timed_by_what_they_are_and_not_by_their_address(browser: FlaskClient):
    browser.get("/nothing/of-that-name")
    shown = browser.get("/sign-in") and browser.get("/metrics").text
    assert 'endpoint="sign_in.show",method="GET",status="2xx"' in shown
    assert 'endpoint="unknown",method="GET",status="4xx"' in shown
    assert "of-that-name" not in shown


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"X-Forwarded-For": "127.0.0.1"}, 404),
        ({"Forwarded": "for=127.0.0.1"}, 404),
        ({"X-Real-IP": "10.0.0.7"}, 404),
        ({"Via": "1.1 proxy"}, 404),
    ],
)
def test_without_a_token_only_this_machine_itself_is_answered(browser: FlaskClient, headers, status):
    assert browser.get("/metrics", headers=headers).status_code == status


def test_another_machine_is_not(browser: FlaskClient):
    assert browser.get("/metrics", environ_base={"REMOTE_ADDR": "10.0.0.7"}).status_code == 404


@pytest.mark.parametrize(("said", "status"), [(f"Bearer {TOKEN}", 200), ("Bearer no", 404), ("", 404)])
def test_with_one_whoever_has_it_is_and_nobody_else(town: Town, said: str, status: int):
    app = create_app(town.services, replace(town.settings, metrics_token=TOKEN))
    answer = app.test_client().get("/metrics", headers={"Authorization": said})
    assert answer.status_code == status
