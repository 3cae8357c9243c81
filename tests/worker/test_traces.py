"""A task is about whatever rang for it, from its message to the mails that it owes."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import select

from eia import correlation
from eia.settings import Settings
from eia.store import tables
from tests.worker.test_rounds import a_council_with_something_due_today
from worker.app import make_app
from worker.traces import published

REQUEST = "0123456789abcdef"


def test_a_message_carries_what_it_was_sent_about():
    headers = {"id": "its-own-id"}
    with correlation.carrying(REQUEST):
        published(headers=headers)
    assert headers["correlation"] == REQUEST


def test_one_that_the_clock_sent_is_about_itself():
    headers = {"id": "its-own-id"}
    published(headers=headers)
    assert headers["correlation"] == "its-own-id"


def test_mails_that_a_sweep_owes_keep_its_id_and_its_line_says_how_it_went(
    settings: Settings, caplog: pytest.LogCaptureFixture
):
    a_council_with_something_due_today(settings)
    app = make_app(settings)
    caplog.set_level(logging.INFO, logger="worker.traces")
    app.tasks["eia.reminders.sweep"].apply(task_id="the-id-of-the-task")
    with app.eia.services.database.read() as connection:
        payloads = connection.scalars(select(tables.outbox.c.payload)).all()
    assert [payload["correlation"] for payload in payloads] == ["the-id-of-the-task"]
    (line,) = caplog.records
    assert (line.task, line.status) == ("eia.reminders.sweep", "SUCCESS")
    assert correlation.current() == "", "what comes next is about something else"
