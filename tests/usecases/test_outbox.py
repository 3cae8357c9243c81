from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from uuid import UUID

import pytest
from sqlalchemy import select, update

from eia.domain.errors import NotFound
from eia.domain.events import Notice
from eia.domain.mail import (
    Mail,
    MailerRefused,
    RecipientRefused,
    TryLater,
    Unreachable,
    Unsure,
)
from eia.domain.people import Actor, Grant, Role
from eia.domain.reminder_policy import ReminderPolicy
from eia.store import outbox, tables
from eia.store.database import Database
from eia.usecases.mail_holds import release_mail
from eia.usecases.mails import outbox_message, outbox_messages
from eia.usecases.operations import operations_state
from eia.usecases.outbox import deliver
from eia.usecases.reminders import sweep
from tests.usecases.council import Council, council, on
from tests.usecases.letterbox import Letterbox, later

MONDAY = date(2009, 3, 2)


@pytest.fixture
def here(database: Database) -> Council:
    """A council whose lead has one action due today and one three weeks late."""
    found = council(database, today=MONDAY)
    plan_id, party_id = found.plan(), found.party(found.lead)
    found.action(on(MONDAY), parties=[party_id], text="Publish the fees policy")
    found.action(
        on(MONDAY - timedelta(days=10)), parties=[party_id], plan_id=plan_id, text="Train the cashiers"
    )
    sweep(found.services, as_of=MONDAY, policy_of=lambda workflow: ReminderPolicy())
    return found


def rows(here: Council) -> list[tuple[str, int, datetime]]:
    table = tables.outbox.c
    with here.services.database.read() as connection:
        return [tuple(row) for row in connection.execute(select(table.state, table.attempt, table.due_at))]


def actor(here: Council, person_id: UUID, *roles: Role) -> Actor:
    return Actor(
        id=person_id,
        body_id=here.body_id,
        name="Somebody",
        job_title="",
        email="somebody@harbourside.example.org",
        department_id=None,
        grants=tuple(Grant(role=role) for role in roles),
    )


def close_every_action(here: Council) -> None:
    with here.services.database.write() as work:
        work.connection.execute(update(tables.action).values(state="done"))


def test_a_digest_goes_once_and_says_what_is_late_first(here: Council):
    box = Letterbox()
    assert deliver(here.services, box).sent == 1
    assert deliver(here.services, box).sent == 0
    message = message_from_bytes(box.mails[0].raw, policy=policy.SMTP)
    text = message.get_body(("plain",)).get_content()
    assert message["Subject"] == "2 things need you: 1 overdue"
    assert text.index("10 days late: it was due on 20 February 2009") < text.index("Due today, 2 March 2009")
    assert 'Promised for: "20.2.2009"' in text
    assert "From: Finance equality action plan" in text
    assert re.search(r"https://eia\.harbourside\.example\.org/actions/[0-9a-f-]{36}", text)


def test_a_mail_carries_its_row_as_message_id_and_nothing_that_tracks(here: Council):
    box = Letterbox()
    deliver(here.services, box)
    message = message_from_bytes(box.mails[0].raw, policy=policy.SMTP)
    html = message.get_body(("html",)).get_content()
    assert message["Message-ID"].endswith("@eia.harbourside.example.org>")
    assert message["List-Unsubscribe"] is None
    assert "<img" not in html


def test_a_digest_speaks_html_without_believing_what_people_typed(here: Council):
    here.action(on(MONDAY), parties=[here.party(here.lead)], text="<script>alert(1)</script>")
    sweep(here.services, as_of=MONDAY, policy_of=lambda workflow: ReminderPolicy())
    box = Letterbox()
    deliver(here.services, box)
    assert (
        b"<script>"
        not in message_from_bytes(box.mails[0].raw, policy=policy.SMTP)
        .get_body(("html",))
        .get_content()
        .encode()
    )


def test_a_temporary_refusal_waits_5_15_30_and_60_minutes_then_an_hour(here: Council):
    for minutes in (5, 15, 30, 60, 60):
        assert deliver(here.services, Letterbox(TryLater("busy"))).retried == 1
        assert rows(here)[0][0] == "retry_wait"
        assert rows(here)[0][2] - here.clock.at == timedelta(minutes=minutes)
        later(here, minutes=minutes)


def test_after_three_days_of_temporary_refusals_it_has_expired_and_the_next_post_is_told(here: Council):
    deliver(here.services, Letterbox(TryLater("busy")))
    later(here, hours=73)
    assert deliver(here.services, Letterbox(TryLater("busy"))).expired == 1
    assert sorted(row[0] for row in rows(here)) == ["expired", "pending"]
    assert operations_state(here.services).expired == 1


def test_a_retry_is_the_same_message_to_the_byte(here: Council):
    class LosesTheAnswer(Letterbox):
        def send(self, mail: Mail, intend: Callable[[], None]) -> None:
            intend()
            self.mails.append(mail)
            raise Unsure("the connection broke after the data")

    first, second = LosesTheAnswer(), Letterbox()
    deliver(here.services, first)
    later(here, minutes=5)
    deliver(here.services, second)
    ids = [message_from_bytes(box.mails[0].raw)["Message-ID"] for box in (first, second)]
    assert ids[0] == ids[1]
    dates = [message_from_bytes(box.mails[0].raw)["Date"] for box in (first, second)]
    assert dates[0] == dates[1]


def test_a_server_that_is_away_is_left_alone_for_five_minutes_and_no_mail_is_the_worse(here: Council):
    assert deliver(here.services, Letterbox(unreachable=Unreachable("no route"))).held == "no route"
    box = Letterbox()
    assert (deliver(here.services, box).held, box.connections) == ("no route", 0)
    assert [row[0] for row in rows(here)] == ["pending"]
    later(here, minutes=5)
    assert deliver(here.services, box).sent == 1


def test_a_refused_address_fails_for_good(here: Council):
    assert deliver(here.services, Letterbox(RecipientRefused("550 unknown"))).failed == 1
    assert operations_state(here.services).failed == 1


def test_a_refused_login_holds_the_queue_and_burns_nobody(here: Council):
    assert "refused us" in (deliver(here.services, Letterbox(unreachable=MailerRefused("535"))).held or "")
    assert rows(here)[0][0] == "pending"
    box = Letterbox()
    deliver(here.services, box)
    assert box.connections == 0
    assert (operations_state(here.services).held, rows(here)[0][0]) == (1, "held")


def test_a_person_releases_the_mail_with_a_reason(here: Council):
    deliver(here.services, Letterbox(unreachable=MailerRefused("535")))
    release_mail(here.services, actor(here, here.officer, Role.EQUALITY_OFFICER), because="Password renewed")
    assert deliver(here.services, Letterbox()).sent == 1


def test_what_was_done_since_the_sweep_is_not_asked_for(here: Council):
    close_every_action(here)
    assert deliver(here.services, Letterbox()).cancelled == 1


def test_a_lead_who_handed_over_since_the_sweep_is_not_asked(here: Council):
    other = here.person("New Lead")
    with here.services.database.write() as work:
        work.connection.execute(update(tables.party).values(holder_id=other))
    assert deliver(here.services, Letterbox()).cancelled == 1


def test_a_lease_that_ran_out_is_taken_by_another(here: Council):
    with here.services.database.write() as work:
        outbox.lease(work.connection, here.clock.at, here.clock.at + timedelta(minutes=5), 10)
    assert deliver(here.services, Letterbox()).sent == 0
    later(here, minutes=6)
    assert deliver(here.services, Letterbox()).sent == 1


def test_whoever_lost_the_lease_may_not_settle(here: Council):
    with here.services.database.write() as work:
        slow = outbox.lease(work.connection, here.clock.at, here.clock.at + timedelta(minutes=5), 10)[0]
    later(here, minutes=6)
    deliver(here.services, Letterbox())
    with here.services.database.write() as work:
        assert not outbox.end(work.connection, slow, "failed", "too late")
    assert rows(here)[0][0] == "sent"


def test_one_connection_serves_a_batch(here: Council):
    for _ in range(3):
        here.action(on(MONDAY), parties=[here.party(here.person("Another Lead"))])
    sweep(here.services, as_of=MONDAY, policy_of=lambda workflow: ReminderPolicy())
    box = Letterbox()
    assert deliver(here.services, box).sent == 4
    assert box.connections == 1


def test_a_notice_names_the_assessment_and_leads_to_it(here: Council):
    assessment_id = here.assessment(on(MONDAY + timedelta(days=90)), lead_id=here.lead)
    notice = Notice(kind="your_turn", recipient_id=here.head, assessment_id=assessment_id)
    with here.services.database.write() as work:
        work.notify(here.body_id, [notice], now=here.clock.at)
    box = Letterbox()
    deliver(here.services, box)
    mail = next(item for item in box.mails if b"Your turn" in item.raw)
    text = message_from_bytes(mail.raw, policy=policy.SMTP).get_body(("plain",)).get_content()
    assert "Your turn: Charges for garden waste" in text
    assert f"https://eia.harbourside.example.org/assessments/{assessment_id}" in text


def test_the_outbox_page_shows_a_mail_before_and_after_as_the_person_sees_it(here: Council):
    officer = actor(here, here.officer, Role.EQUALITY_OFFICER)
    before = outbox_messages(here.services, officer)[0]
    deliver(here.services, Letterbox())
    close_every_action(here)
    after = outbox_message(here.services, officer, before.id)
    assert before.subject == after.subject == "2 things need you: 1 overdue"
    assert (before.state, after.state) == ("pending", "sent")
    assert after.text == before.text


def test_a_person_sees_their_own_mail_and_nobody_elses(here: Council):
    mine = outbox_messages(here.services, actor(here, here.lead))
    assert [item.recipient_name for item in mine] == ["Rowan Lead"]
    assert outbox_messages(here.services, actor(here, here.head)) == ()
    with pytest.raises(NotFound):
        outbox_message(here.services, actor(here, here.head), mine[0].id)


def test_another_body_sees_nothing(here: Council):
    elsewhere = council(here.services.database, today=MONDAY)
    assert outbox_messages(here.services, actor(elsewhere, elsewhere.officer, Role.EQUALITY_OFFICER)) == ()


def test_the_state_tells_the_last_sweep_and_the_oldest_mail(here: Council):
    state = operations_state(here.services)
    assert state.last_sweep_at == here.clock.at
    assert state.oldest_pending_at == datetime(2009, 3, 2, 10, tzinfo=UTC)
    assert (state.pending, state.held, state.failed) == (1, 0, 0)


def test_nothing_a_person_wrote_is_in_the_outbox_before_it_is_sent(here: Council):
    with here.services.database.read() as connection:
        payload = connection.scalar(select(tables.outbox.c.payload))
    assert "fees" not in json.dumps(payload)


def test_a_notice_about_nothing_is_cancelled(here: Council):
    with here.services.database.write() as work:
        work.connection.execute(update(tables.outbox).values(state="sent"))
        work.notify(here.body_id, [Notice(kind="your_turn", recipient_id=here.head)], now=here.clock.at)
    assert deliver(here.services, Letterbox()).cancelled == 1


def test_an_address_that_cannot_be_written_stops_nobody_elses_mail(database: Database) -> None:
    found = council(database, today=MONDAY)
    other = found.person("Ash Other")
    found.action(on(MONDAY), parties=[found.party(found.lead)], text="Publish the fees policy")
    found.action(on(MONDAY), parties=[found.party(other)], text="Train the cashiers")
    with found.services.database.write() as work:
        work.connection.execute(
            update(tables.person).where(tables.person.c.id == found.lead).values(email="rowan\r\nBcc: x@y")
        )
    sweep(found.services, as_of=MONDAY, policy_of=lambda workflow: ReminderPolicy())
    letterbox = Letterbox()
    delivery = deliver(found.services, letterbox)
    assert (delivery.sent, delivery.failed, len(letterbox.mails)) == (1, 1, 1)
