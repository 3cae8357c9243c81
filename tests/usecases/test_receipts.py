"""What a provider says afterwards of mail that it took."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from eia.domain.mail import MailRules, Unsure
from eia.domain.reminder_policy import ReminderPolicy
from eia.store import tables
from eia.store.database import Database
from eia.usecases.outbox import deliver
from eia.usecases.receipts import Receipt, receive
from eia.usecases.reminders import sweep
from tests.usecases.council import Council, council, on
from tests.usecases.letterbox import Letterbox, states

MONDAY = date(2009, 3, 2)


@pytest.fixture
def here(database: Database) -> Council:
    found = council(database, today=MONDAY)
    found.action(on(MONDAY), parties=[found.party(found.lead)])
    sweep(found.services, policy_of=lambda workflow: ReminderPolicy())
    return found


def the_digest(here: Council) -> UUID:
    with here.services.database.read() as connection:
        found: UUID = connection.scalars(
            select(tables.outbox.c.id).where(tables.outbox.c.kind == "digest")
        ).one()
        return found


@pytest.mark.parametrize(
    ("receipt", "state"),
    [
        (Receipt.PERMANENT, "failed"),
        (Receipt.TEMPORARY, "expired"),
        (Receipt.TECHNICAL, "failed"),
    ],
)
def test_a_mail_that_did_not_come_through_is_listed_and_the_next_post_told_once(
    here: Council, receipt: Receipt, state: str
):
    deliver(here.services, Letterbox())
    assert receive(here.services, the_digest(here), receipt)
    assert not receive(here.services, the_digest(here), receipt)
    assert states(here) == sorted([state, "pending"])
    with here.services.database.read() as connection:
        flagged = connection.scalars(
            select(tables.person.c.id).where(tables.person.c.mail_refused_at.is_not(None))
        ).all()
    assert bool(flagged) is (receipt is Receipt.PERMANENT)


def test_a_mail_in_doubt_that_came_through_is_sent(here: Council):
    asking = replace(here.services, mail_rules=MailRules(resend_when_in_doubt=False))
    deliver(asking, Letterbox(Unsure("no answer")))
    assert receive(here.services, the_digest(here), Receipt.DELIVERED)
    assert states(here) == ["sent"]


def test_a_mail_that_was_going_to_be_tried_again_and_came_through_is_not(here: Council):
    deliver(here.services, Letterbox(Unsure("no answer")))
    receive(here.services, the_digest(here), Receipt.DELIVERED)
    assert states(here) == ["sent"]


def test_news_of_a_mail_that_never_went_is_no_news(here: Council):
    assert not receive(here.services, the_digest(here), Receipt.PERMANENT)
    assert not receive(here.services, uuid4(), Receipt.PERMANENT)
    assert states(here) == ["pending"]
