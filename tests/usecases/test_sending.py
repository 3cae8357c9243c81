"""Every way in which a mail may not arrive, by a mail server that does as it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes

import pytest
from sqlalchemy import select, update

from eia.adapters.smtp import SmtpMailer
from eia.domain.mail import (
    Lost,
    MailerRefused,
    MailRefused,
    MailRules,
    RecipientRefused,
    TryLater,
    Unreachable,
    Unsure,
)
from eia.domain.people import Role
from eia.domain.reminder_policy import ReminderPolicy
from eia.store import outbox, tables
from eia.store.database import Database
from eia.usecases.operations import operations_state
from eia.usecases.outbox import deliver
from eia.usecases.reminders import sweep
from tests.smtp_sink import DROP, Sink
from tests.usecases.council import Council, council, on
from tests.usecases.letterbox import Letterbox, change, later, states

MONDAY = date(2009, 3, 2)


@pytest.fixture
def here(database: Database) -> Council:
    """A council in which one lead has something due."""
    found = council(database, today=MONDAY)
    found.action(on(MONDAY), parties=[found.party(found.lead)], plan_id=found.plan())
    swept(found)
    return found


def swept(here: Council) -> None:
    sweep(here.services, policy_of=lambda workflow: ReminderPolicy())


def another_lead(here: Council, name: str = "Another Lead") -> None:
    here.action(on(MONDAY), parties=[here.party(here.person(name))])
    swept(here)


def state_of(here: Council, person_id: object) -> list[str]:
    with here.services.database.read() as connection:
        table = tables.outbox.c
        return list(
            connection.scalars(
                select(table.state).where(table.recipient_id == person_id, table.kind == "digest")
            )
        )


def told(here: Council, kind: str) -> list[object]:
    """Whom a notice of this kind is owed to."""
    with here.services.database.read() as connection:
        rows = connection.execute(select(tables.outbox.c.recipient_id, tables.outbox.c.payload))
        return [row.recipient_id for row in rows if row.payload.get("kind") == kind]


@pytest.mark.parametrize(
    ("verb", "answer", "state"),
    [
        ("MAIL", "451 busy", "retry_wait"),
        ("MAIL", "421 closing", "retry_wait"),
        ("MAIL", DROP, "retry_wait"),
        ("MAIL", "553 not from you", "pending"),
        ("RCPT", "450 greylisted", "retry_wait"),
        ("RCPT", DROP, "retry_wait"),
        ("RCPT", "550 5.1.1 nobody", "failed"),
        ("RCPT", "550 5.7.1 not on the list", "failed"),
        ("RCPT", "554 Relay access denied", "pending"),
        ("DATA", "451 not now", "retry_wait"),
        ("DATA", DROP, "retry_wait"),
        ("CONTENT", "452 full", "retry_wait"),
        ("CONTENT", "554 spam", "failed"),
        ("CONTENT", DROP, "retry_wait"),
        ("CONTENT", "drop after keeping", "retry_wait"),
        ("CONNECT", DROP, "pending"),
        ("CONNECT", "554 go away", "pending"),
    ],
)
def test_what_the_server_does_decides_where_the_mail_stands(
    here: Council, verb: str, answer: str, state: str
):
    with Sink() as sink:
        sink.tell(verb, answer)
        deliver(here.services, SmtpMailer(sink.url))
    assert state_of(here, here.lead) == [state]


@pytest.mark.parametrize("answer", [DROP, "drop after keeping"])
def test_a_line_that_breaks_after_the_mail_went_is_a_doubt_and_a_copy_is_the_same_to_the_byte(
    here: Council, answer: str
):
    asking = replace(here.services, mail_rules=MailRules(resend_when_in_doubt=False))
    with Sink() as sink:
        sink.tell("CONTENT", answer)
        deliver(here.services, SmtpMailer(sink.url))
        later(here, minutes=6)
        deliver(here.services, SmtpMailer(sink.url))
        assert len(set(sink.kept)) == 1
        assert len(sink.kept) == (2 if answer == "drop after keeping" else 1)
    assert state_of(here, here.lead) == ["sent"]
    another_lead(here)
    with Sink() as sink:
        sink.tell("CONTENT", answer)
        assert deliver(asking, SmtpMailer(sink.url)).in_doubt == 1


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_a_line_that_breaks_costs_one_mail_its_turn_and_the_others_nothing(here: Council, verb: str):
    another_lead(here)
    with Sink() as sink:
        sink.tell(verb, DROP)
        delivery = deliver(here.services, SmtpMailer(sink.url))
    assert (delivery.retried, delivery.sent, sink.connections) == (1, 1, 2)


def test_a_server_that_takes_a_few_mails_a_connection_is_served_a_few_at_a_time(here: Council):
    for number in range(5):
        another_lead(here, f"Lead {number}")
    fine = "250 fine"
    with Sink() as sink:
        sink.tell("MAIL", fine, fine, "421 enough", fine, fine, "421 enough")
        delivery = deliver(here.services, SmtpMailer(sink.url))
    assert (delivery.sent, delivery.retried, sink.connections) == (4, 2, 2)
    assert delivery.held is None


def test_a_server_that_breaks_every_line_is_left_alone_for_a_while(here: Council):
    for number in range(5):
        another_lead(here, f"Lead {number}")
    box = Letterbox(Lost("gone"), Lost("gone"), Lost("gone"))
    assert deliver(here.services, box).held is not None
    assert (box.connections, states(here)) == (3, ["pending"] * 3 + ["retry_wait"] * 3)
    assert operations_state(here.services).hold_until == here.clock.at + timedelta(minutes=5)


def test_an_action_that_closes_while_the_server_thinks_is_not_asked_for(here: Council):
    def close() -> str:
        change(here, tables.action, state="done")
        later(here, seconds=10)
        return "250 at last"

    with Sink() as sink:
        sink.tell("RCPT", close)
        assert deliver(here.services, SmtpMailer(sink.url)).cancelled == 1
        assert sink.kept == []
        assert "DATA" not in sink.asked


def test_a_lead_who_changes_while_the_server_thinks_is_not_asked(here: Council):
    other = here.person("New Lead")
    box = Letterbox()

    def hand_over() -> None:
        change(here, tables.party, holder_id=other)
        later(here, seconds=2)

    box.before_intent = hand_over
    assert deliver(here.services, box).cancelled == 1
    assert box.mails == []


def test_what_is_still_so_while_the_server_thinks_is_said_anew(here: Council):
    party_id = here.party(here.lead)
    here.action(on(MONDAY), parties=[party_id], text="Still to do")
    swept(here)
    box = Letterbox()

    def close_the_first() -> None:
        box.before_intent = lambda: None
        with here.services.database.write() as work:
            table = tables.action
            work.connection.execute(update(table).where(table.c.text != "Still to do").values(state="done"))
        later(here, seconds=2)

    box.before_intent = close_the_first
    assert deliver(here.services, box).sent == 1
    assert message_from_bytes(box.mails[0].raw)["Subject"] == "1 thing needs you"


def test_a_refusal_that_passes_is_written_anew_next_time(here: Council):
    deliver(here.services, Letterbox(TryLater("450 greylisted")))
    here.action(on(MONDAY), parties=[here.party(here.lead)], text="Something new")
    swept(here)
    later(here, minutes=6)
    box = Letterbox()
    deliver(here.services, box)
    assert b"Something new" in box.mails[0].raw


def test_the_intent_and_its_words_are_in_the_database_before_the_mail_is_anywhere(here: Council):
    seen: list[object] = []

    class Looks(Letterbox):
        def send(self, mail, intend):  # type: ignore[no-untyped-def]
            intend()
            with here.services.database.read() as connection:
                row = connection.execute(select(tables.outbox)).one()
            seen.append((row.state, row.message_id in mail.raw.decode(), row.payload["subject"]))

    deliver(here.services, Looks())
    assert seen == [("intended", True, "1 thing needs you")]


def test_whoever_was_overtaken_sends_nothing(here: Council):
    def overtake() -> None:
        later(here, minutes=6)
        box.before_intent = lambda: None
        deliver(here.services, second)

    box, second = Letterbox(), Letterbox()
    box.before_intent = overtake
    deliver(here.services, box)
    assert (len(box.mails), len(second.mails), states(here)) == (0, 1, ["sent"])


def test_a_provider_that_has_it_already_is_not_sent_it_again(here: Council):
    deliver(here.services, Letterbox(Unsure("no answer")))
    later(here, minutes=6)
    box = Letterbox()
    with here.services.database.read() as connection:
        box.knows = {str(connection.scalars(select(tables.outbox.c.id)).one())}
    assert deliver(here.services, box).sent == 1
    assert box.mails == []


def test_a_refused_address_is_flagged_the_next_post_told_and_the_action_never_silent(here: Council):
    with here.services.database.write() as work:
        work.connection.execute(
            update(tables.person)
            .where(tables.person.c.id == here.lead)
            .values(department_id=here.department_id)
        )
    assert deliver(here.services, Letterbox(RecipientRefused("550 nobody"))).failed == 1
    assert told(here, "address_refused") == [here.head]
    swept(here)
    assert state_of(here, here.officer) == ["pending"]
    box = Letterbox()
    deliver(here.services, box)
    texts = [mail.text for mail in box.mails]
    assert any("Mail cannot reach Rowan Lead" in text for text in texts)
    assert any("cannot be reached by mail" in text for text in texts)


def test_an_address_that_works_again_is_unflagged_by_the_first_mail_it_takes(here: Council):
    deliver(here.services, Letterbox(RecipientRefused("550 nobody")))
    assert refused(here) == [here.lead]
    with here.services.database.write() as work:
        work.connection.execute(update(tables.outbox).values(state="pending", payload={}))
        work.connection.execute(update(tables.reminder).values(state="queued"))
    deliver(here.services, Letterbox())
    assert refused(here) == []


def refused(here: Council) -> list[object]:
    with here.services.database.read() as connection:
        return list(
            connection.scalars(select(tables.person.c.id).where(tables.person.c.mail_refused_at.is_not(None)))
        )


def test_mail_about_a_failing_mail_that_fails_tells_nobody_more(here: Council):
    here.person("Admin", Role.ADMINISTRATOR)
    for _ in range(6):
        deliver(here.services, Letterbox(*[RecipientRefused("550 nobody")] * 5))
        swept(here)
    assert len(told(here, "address_refused")) <= 4
    assert "pending" not in states(here)


def test_a_refused_mail_flags_no_address(here: Council):
    assert deliver(here.services, Letterbox(MailRefused("554 too big"))).failed == 1
    assert refused(here) == []
    assert told(here, "mail_failed") == [here.officer]


def test_what_a_mail_that_failed_asked_for_is_asked_again_the_next_day(here: Council):
    deliver(here.services, Letterbox(MailRefused("554 not today")))
    later(here, days=1)
    swept(here)
    box = Letterbox()
    deliver(here.services, box)
    assert any(mail.subject == "1 thing needs you: 1 overdue" for mail in box.mails)


@pytest.mark.parametrize("fault", [MailerRefused("535 login"), Unreachable("no route")])
def test_a_fault_in_the_middle_of_a_batch_leaves_the_rest_as_it_was(here: Council, fault: Exception):
    for number in range(3):
        another_lead(here, f"Lead {number}")
    delivery = deliver(here.services, Letterbox(None, fault))  # type: ignore[arg-type]
    assert delivery.sent == 1
    assert states(here) == ["pending"] * 3 + ["sent"]


def test_one_that_cannot_be_written_stops_no_other(here: Council):
    another_lead(here)
    with here.services.database.write() as work:
        table = tables.outbox
        first = work.connection.scalars(select(table.c.id).limit(1)).one()
        work.connection.execute(update(table).where(table.c.id == first).values(payload={"date": "never"}))
    delivery = deliver(here.services, Letterbox())
    assert (delivery.failed, delivery.sent) == (1, 1)


def test_two_at_work_lease_each_mail_once(here: Council):
    for number in range(5):
        another_lead(here, f"Lead {number}")
    until = here.clock.at + timedelta(minutes=5)
    leased = []
    for _ in range(2):
        with here.services.database.write() as work:
            leased += [one.id for one in outbox.lease(work.connection, here.clock.at, until, 3)]
    assert len(set(leased)) == 6
