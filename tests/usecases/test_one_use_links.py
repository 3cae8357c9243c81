"""A reminder is answered from the mail: by its link, once, by whoever it was sent to, while it is theirs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from hashlib import sha256
from uuid import UUID

import pytest
from sqlalchemy import select, update

from eia.domain.action import ProgressKind
from eia.domain.errors import Invalid, NotFound
from eia.domain.facts import ActionState
from eia.domain.reminder_policy import ReminderPolicy
from eia.store import action_progress, tables
from eia.store import actions as rows
from eia.store.database import Database
from eia.usecases.action_progress import Update
from eia.usecases.one_use_links import GOOD_FOR, answer, look
from eia.usecases.outbox import deliver
from eia.usecases.reminders import sweep
from tests.usecases.council import Council, council, on
from tests.usecases.test_outbox import MONDAY, Letterbox

LATE = Update(kind=ProgressKind.DELAYED, note="The builder is ill")
DONE = Update(kind=ProgressKind.DONE, note="Photograph on the intranet")


@pytest.fixture
def here(database: Database) -> Council:
    return council(database, today=MONDAY)


@pytest.fixture
def action_id(here: Council):
    return promised(here, 3)


def promised(here: Council, days_late: int, lead: UUID | None = None) -> UUID:
    return here.action(on(MONDAY - timedelta(days=days_late)), parties=[here.party(lead or here.lead)])


def mailed(here: Council) -> list[str]:
    """The tokens of the mails that go now."""
    sweep(here.services, as_of=here.services.today(), policy_of=lambda workflow: ReminderPolicy())
    box = Letterbox()
    deliver(here.services, box)
    texts = [
        message_from_bytes(each.raw, policy=policy.SMTP).get_body(("plain",)).get_content()
        for each in box.mails
    ]
    return [token for text in texts for token in re.findall(r"/answer/([\w-]+)/on-track", text)]


@pytest.fixture
def token(here: Council, action_id) -> str:
    (found,) = mailed(here)
    return found


def progress_of(here: Council, action_id):
    with here.services.database.read() as connection:
        return [
            (each.kind, each.note, each.person_id)
            for each in action_progress.of_action(connection, action_id)
        ]


def changed(here: Council, table, **values: object) -> None:
    with here.services.database.write() as work:
        work.connection.execute(update(table).values(**values))


def opens_nothing(here: Council, token: str) -> None:
    """Whatever the matter is, the answer is the same."""
    with pytest.raises(NotFound) as seen:
        look(here.services, token)
    with pytest.raises(NotFound) as answered:
        answer(here.services, token, LATE)
    assert seen.value.args == answered.value.args == ()


def test_a_reminder_is_answered_from_its_mail(here, action_id, token) -> None:
    answer(here.services, token, LATE)
    assert progress_of(here, action_id) == [(ProgressKind.DELAYED, LATE.note, here.lead)]


def test_to_look_changes_nothing_however_often(here, action_id, token) -> None:
    for _ in range(3):
        assert look(here.services, token).action.id == action_id
    assert progress_of(here, action_id) == []
    answer(here.services, token, LATE)


def test_what_is_done_needs_its_evidence_and_the_link_stays_good_until_it_has_it(
    here, action_id, token
) -> None:
    with pytest.raises(Invalid):
        answer(here.services, token, Update(kind=ProgressKind.DONE))
    answer(here.services, token, DONE)
    with here.services.database.read() as connection:
        item = rows.one(connection, here.body_id, action_id)
    assert (item.state, item.done_by, item.done_evidence) == (ActionState.DONE, here.lead, DONE.note)


def test_a_link_is_for_one_answer(here, action_id, token) -> None:
    answer(here.services, token, LATE)
    opens_nothing(here, token)
    assert len(progress_of(here, action_id)) == 1


def test_a_made_up_token_opens_nothing(here, token) -> None:
    opens_nothing(here, token[:-1] + ("A" if token[-1] != "A" else "B"))
    opens_nothing(here, "x" * 100_000)


def test_a_link_is_good_for_two_weeks(here, token) -> None:
    here.clock.at += GOOD_FOR
    opens_nothing(here, token)


def test_the_link_of_somebody_who_no_longer_leads_it_opens_nothing(here, token) -> None:
    changed(here, tables.party, holder_id=here.head)
    opens_nothing(here, token)


def test_the_link_of_somebody_who_has_left_opens_nothing(here, token) -> None:
    changed(here, tables.person, active=False)
    opens_nothing(here, token)


@pytest.mark.parametrize("state", [each.value for each in ActionState if each is not ActionState.OPEN])
def test_the_link_of_an_action_that_is_closed_opens_nothing(here, token, state) -> None:
    changed(here, tables.action, state=state)
    opens_nothing(here, token)


def test_a_body_that_wants_no_such_links_has_none_and_those_already_sent_open_nothing(here, token) -> None:
    changed(here, tables.body, one_use_links=False)
    opens_nothing(here, token)
    promised(here, 4)
    here.clock.at += timedelta(days=1)
    assert mailed(here) == []


def test_only_the_hash_of_a_token_is_kept(here, token) -> None:
    with here.services.database.read() as connection:
        (link,) = connection.execute(select(tables.one_use_link)).all()
        kept = json.dumps(connection.execute(select(tables.outbox.c.payload)).scalars().all())
    assert link.token_hash == sha256(token.encode()).digest()
    assert token not in kept
    assert "/answer/" in kept


def test_a_mail_that_is_sent_again_carries_the_same_link(here, action_id) -> None:
    first = mailed(here)
    changed(here, tables.outbox, state="pending", sent_at=None)
    assert mailed(here) == first


def test_another_house_with_the_same_database_makes_other_links(here, action_id, token) -> None:
    changed(here, tables.outbox, state="pending", sent_at=None)
    here.services = replace(here.services, secret=lambda: "elsewhere")
    (other,) = mailed(here)
    assert other != token
    opens_nothing(here, other)


def test_whoever_only_hears_that_somebody_else_is_late_answers_for_nobody(here) -> None:
    promised(here, 30)
    tokens = mailed(here)
    assert {_holder(here, each) for each in tokens} == {here.lead}


def test_an_equality_officer_answers_by_link_only_for_what_they_lead(here) -> None:
    theirs = promised(here, 3, here.officer)
    (token,) = mailed(here)
    changed(here, tables.party, holder_id=here.lead)
    opens_nothing(here, token)
    assert progress_of(here, theirs) == []


def _holder(here: Council, token: str):
    answer(here.services, token, LATE)
    with here.services.database.read() as connection:
        return connection.scalar(
            select(tables.action_progress.c.person_id).order_by(tables.action_progress.c.at.desc())
        )
