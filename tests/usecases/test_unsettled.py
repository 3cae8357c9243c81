"""What a person does about mail that did not simply go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from eia.domain.errors import Invalid, NotAllowed, NotFound, NotReady
from eia.domain.mail import MailRefused, MailRules, RecipientRefused, Unsure
from eia.domain.people import Role
from eia.domain.reminder_policy import ReminderPolicy
from eia.store import tables
from eia.store.database import Database
from eia.usecases.mails import outbox_message
from eia.usecases.operations import operations_state
from eia.usecases.outbox import deliver
from eia.usecases.reminders import sweep
from eia.usecases.unsettled import Choice, choices, settle, settle_all, unsettled_mails
from tests.usecases.council import Council, council, on
from tests.usecases.letterbox import Letterbox, change, later, officer_of, outbox_id, states

MONDAY = date(2009, 3, 2)
ASKING = MailRules(resend_when_in_doubt=False)


@pytest.fixture
def here(database: Database) -> Council:
    """A council with one digest waiting, where a person decides about doubts."""
    found = council(database, today=MONDAY)
    found.services = replace(found.services, mail_rules=ASKING)
    found.action(on(MONDAY), parties=[found.party(found.lead)])
    sweep(found.services, policy_of=lambda workflow: ReminderPolicy())
    return found


def decide(here: Council, state: str, choice: Choice, because: str = "She said so") -> None:
    settle(here.services, officer_of(here), outbox_id(here, state), choice, because=because)


def test_a_mail_in_doubt_is_listed_and_sent_again_as_it_was(here: Council):
    first = Letterbox(Unsure("the line broke"))
    deliver(here.services, first)
    change(here, tables.action, text="Other words")
    (listed,) = unsettled_mails(here.services, officer_of(here))
    assert (listed.state, listed.subject, choices(listed)) == ("in_doubt", "1 thing needs you", tuple(Choice))
    decide(here, "in_doubt", Choice.AGAIN, because="")
    box = Letterbox()
    assert deliver(here.services, box).sent == 1
    assert b"Other words" not in box.mails[0].raw


def test_a_refused_mail_is_sent_again_with_what_is_so_now(here: Council):
    deliver(here.services, Letterbox(MailRefused("554 too many links")))
    change(here, tables.action, text="Other words")
    decide(here, "failed", Choice.AGAIN)
    box = Letterbox()
    deliver(here.services, box)
    assert any(b"Other words" in mail.raw for mail in box.mails)


def test_sending_again_to_a_refused_address_tries_it(here: Council):
    deliver(here.services, Letterbox(RecipientRefused("550 nobody")))
    decide(here, "failed", Choice.AGAIN)
    deliver(here.services, Letterbox())
    assert set(states(here)) == {"sent"}
    with here.services.database.read() as connection:
        flagged = select(tables.person.c.id).where(tables.person.c.mail_refused_at.is_not(None))
        assert connection.scalars(flagged).all() == []


@pytest.mark.parametrize(("choice", "state"), [(Choice.DELIVERED, "sent"), (Choice.GIVE_UP, "cancelled")])
def test_a_person_says_what_became_of_it_and_why(here: Council, choice: Choice, state: str):
    deliver(here.services, Letterbox(Unsure("the line broke")))
    doubtful = outbox_id(here, "in_doubt")
    with pytest.raises(Invalid):
        decide(here, "in_doubt", choice, because="  ")
    decide(here, "in_doubt", choice)
    shown = outbox_message(here.services, officer_of(here), doubtful)
    assert (shown.state, shown.closed_because) == (state, "She said so")
    later(here, days=1)
    assert deliver(here.services, Letterbox()).sent == 0


def test_the_reason_stays_out_of_the_history_and_the_decision_is_in_it(here: Council):
    deliver(here.services, Letterbox(Unsure("the line broke")))
    decide(here, "in_doubt", Choice.GIVE_UP)
    with here.services.database.read() as connection:
        bodies = connection.scalars(select(tables.audit_event.c.body)).all()
    assert sum(b"mail_given_up" in each for each in bodies) == 1
    assert not any(b"She said so" in each for each in bodies)


def test_a_mail_is_dealt_with_once(here: Council):
    deliver(here.services, Letterbox(Unsure("the line broke")))
    doubtful = outbox_id(here, "in_doubt")
    settle(here.services, officer_of(here), doubtful, Choice.AGAIN, because="")
    with pytest.raises(NotReady):
        settle(here.services, officer_of(here), doubtful, Choice.GIVE_UP, because="Twice")


def test_a_mail_that_goes_by_itself_is_left_alone(here: Council):
    with pytest.raises(NotReady):
        decide(here, "pending", Choice.GIVE_UP)
    (shown,) = [outbox_message(here.services, officer_of(here), outbox_id(here, "pending"))]
    assert choices(shown) == ()


def test_only_those_who_look_after_mail_decide_and_only_about_their_own(here: Council):
    deliver(here.services, Letterbox(Unsure("the line broke")))
    doubtful = outbox_id(here, "in_doubt")
    with pytest.raises(NotAllowed):
        settle(here.services, replace(officer_of(here), grants=()), doubtful, Choice.GIVE_UP, because="Mine")
    elsewhere = council(here.services.database, today=MONDAY)
    with pytest.raises(NotReady):
        settle(here.services, officer_of(elsewhere), doubtful, Choice.GIVE_UP, because="Not mine")
    assert unsettled_mails(here.services, officer_of(elsewhere)) == ()


def test_all_that_wait_for_the_same_reason_are_dealt_with_together(here: Council):
    for number in range(3):
        here.action(on(MONDAY), parties=[here.party(here.person(f"Lead {number}", Role.AUTHOR))])
    sweep(here.services, policy_of=lambda workflow: ReminderPolicy())
    deliver(here.services, Letterbox(*[Unsure("gone")] * 1))
    deliver(here.services, Letterbox())
    change(here, tables.outbox, state="held")
    officer = officer_of(here)
    assert settle_all(here.services, officer, "held", Choice.GIVE_UP, because="A false alarm") == 4
    assert settle_all(here.services, officer, "held", Choice.GIVE_UP, because="A false alarm") == 0
    assert operations_state(here.services).unsettled == 0


def test_held_mail_is_let_go_and_not_sent_from_here(here: Council):
    with pytest.raises(NotFound):
        settle_all(here.services, officer_of(here), "held", Choice.AGAIN, because="")


def test_what_is_held_goes_only_when_mail_is_let_go(here: Council):
    change(here, tables.outbox, state="held")
    with pytest.raises(Invalid):
        decide(here, "held", Choice.AGAIN)
    assert set(states(here)) == {"held"}
