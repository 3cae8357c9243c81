from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from eia.adapters.notify import NotifyMailer
from eia.domain.mail import (
    Mail,
    MailerRefused,
    MailRefused,
    NotSent,
    RecipientRefused,
    Unreachable,
    Unsure,
)
from eia.domain.reminder_policy import ReminderPolicy
from eia.store import tables
from eia.store.database import Database
from eia.usecases.outbox import deliver
from eia.usecases.reminders import sweep
from tests.notify_server import DROP, DROP_AFTER, KEY, TEMPLATE, Notify, Told
from tests.usecases.council import Council, council, on
from tests.usecases.letterbox import later, states

MAIL = Mail(
    key="0b0e9bd1-6f4e-4b7e-9a0f-0123456789ab",
    sender="equality@example.org",
    recipient="lead@example.org",
    subject="1 thing needs you",
    text="Hello",
    raw=b"",
)
MONDAY = date(2009, 3, 2)


@pytest.fixture
def notify() -> Iterator[Notify]:
    with Notify() as found:
        yield found


def mailer(notify: Notify, key: str = KEY) -> NotifyMailer:
    return NotifyMailer(key, template=TEMPLATE, url=notify.url)


def nothing() -> None:
    """An intent that is kept without more ado."""


def test_a_batch_goes_through_one_connection_under_our_own_references(notify: Notify):
    with mailer(notify).connect() as post:
        post.send(MAIL, nothing)
        post.send(replace(MAIL, key="another"), nothing)
    assert notify.connections == 1
    assert notify.taken[0] == {
        "email_address": "lead@example.org",
        "template_id": TEMPLATE,
        "personalisation": {"subject": "1 thing needs you", "body": "Hello"},
        "reference": MAIL.key,
        "status": "sending",
    }
    assert notify.taken[1]["reference"] == "another"


def test_the_intent_is_kept_before_the_request_is_on_its_way(notify: Notify):
    def overtaken() -> None:
        raise LookupError

    with mailer(notify).connect() as post, pytest.raises(LookupError):
        post.send(MAIL, overtaken)
    assert notify.taken == []


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ((400, "email_address Not a valid email address lead@example.org"), RecipientRefused),
        ((400, "Your message is too long"), MailRefused),
        ((400, "Missing personalisation: body"), MailerRefused),
        ((400, "Can't send to this recipient using a team-only API key"), MailerRefused),
        ((403, "Invalid token: API key not found"), MailerRefused),
        ((429, "Exceeded rate limit"), Unreachable),
        ((500, "Internal server error"), Unsure),
        ((503, "Service unavailable"), Unsure),
        (DROP, Unsure),
        (DROP_AFTER, Unsure),
    ],
)
def test_each_fault_is_of_its_kind_and_names_no_address(notify: Notify, told: Told, kind: type[NotSent]):
    notify.faults = [told]
    with mailer(notify).connect() as post, pytest.raises(kind) as refusal:
        post.send(MAIL, nothing)
    assert type(refusal.value) is kind
    assert "lead@" not in str(refusal.value)


def test_a_wrong_key_is_a_fault_of_the_installation(notify: Notify):
    with mailer(notify, KEY[:-1] + "1").connect() as post, pytest.raises(MailerRefused):
        post.send(MAIL, nothing)


def test_a_notify_that_does_not_answer_is_away(notify: Notify):
    closed = NotifyMailer(KEY, template=TEMPLATE, url="http://127.0.0.1:1")
    with pytest.raises(Unreachable), closed.connect():
        pass


@pytest.mark.parametrize(
    ("status", "has"), [("created", True), ("delivered", True), ("permanent-failure", False)]
)
def test_what_it_took_it_knows_unless_that_failed(notify: Notify, status: str, has: bool):
    notify.taken = [{"reference": MAIL.key, "status": status}]
    with mailer(notify).connect() as post:
        assert post.has(MAIL.key) is has
        assert post.has("another") is False


@pytest.mark.parametrize(("status", "kind"), [(500, Unreachable), (403, MailerRefused)])
def test_while_it_cannot_be_asked_nothing_is_sent_again(notify: Notify, status: int, kind: type[NotSent]):
    notify.answers_about = status
    with mailer(notify).connect() as post, pytest.raises(kind):
        post.has(MAIL.key)


@pytest.fixture
def here(database: Database) -> Council:
    found = council(database, today=MONDAY)
    found.action(on(MONDAY), parties=[found.party(found.lead)])
    sweep(found.services, policy_of=lambda workflow: ReminderPolicy())
    return found


@pytest.mark.parametrize("told", [DROP, DROP_AFTER, (500, "oh dear")])
def test_it_is_asked_for_the_reference_before_a_second_try_and_nobody_gets_two(
    here: Council, notify: Notify, told: Told
):
    notify.faults = [told]
    assert deliver(here.services, mailer(notify)).retried == 1
    assert deliver(here.services, mailer(notify)).retried == 0
    assert notify.asked == []
    later(here, minutes=5)
    deliver(here.services, mailer(notify))
    assert len(notify.asked) == 1
    assert (len(notify.taken), states(here)) == (1, ["sent"])


def test_while_it_does_not_say_a_mail_in_doubt_waits(here: Council, notify: Notify):
    notify.faults, notify.answers_about = [DROP_AFTER], 503
    deliver(here.services, mailer(notify))
    later(here, minutes=5)
    assert deliver(here.services, mailer(notify)).held == "503 "
    notify.answers_about = 200
    later(here, minutes=5)
    assert deliver(here.services, mailer(notify)).sent == 1
    assert len(notify.taken) == 1


def test_a_first_try_asks_for_nothing(here: Council, notify: Notify):
    assert deliver(here.services, mailer(notify)).sent == 1
    with here.services.database.read() as connection:
        row_id = connection.scalars(select(tables.outbox.c.id)).one()
    assert (notify.asked, notify.taken[0]["reference"]) == ([], str(row_id))
