"""How a body reminds, chosen by its officer and obeyed by the sweep and the post."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from uuid import UUID

import pytest
from icalendar import Calendar
from sqlalchemy import select

from eia.domain.errors import Invalid, NotAllowed, Stale
from eia.domain.people import Role
from eia.domain.reminders import ESCALATED
from eia.store import people, tables
from eia.store.database import Database
from eia.usecases.office_hours import next_opening
from eia.usecases.outbox import deliver
from eia.usecases.reminder_preview import preview
from eia.usecases.reminder_settings import AskedChoices, change_reminders, reminder_settings
from eia.usecases.reminders import sweep
from tests.usecases.council import Council, council, on
from tests.usecases.letterbox import Letterbox

MONDAY = date(2009, 3, 2)
USUAL = AskedChoices(
    version=0,
    nation="england",
    offsets="28, 14, 7, 1",
    overdue_every_days="7",
    escalate_after_days="14",
    chain=("head_of_service", "director"),
    opens="08:00",
    closes="18:00",
    digest_days=("0", "1", "2", "3", "4"),
    with_calendar=False,
)


def actor(here: Council, person_id: UUID):
    with here.services.database.read() as connection:
        return people.actor(connection, person_id, here.services.today())


def choose(here: Council, **what: object) -> None:
    change_reminders(here.services, actor(here, here.officer), replace(USUAL, **what))


def sweep_on(here: Council, day: date) -> None:
    here.clock.at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    sweep(here.services)


def queued(here: Council) -> set[tuple[str, UUID]]:
    table = tables.reminder.c
    with here.services.database.read() as connection:
        rows = connection.execute(select(table.rule, table.recipient_id).where(table.state == "queued"))
        return {(row.rule, row.recipient_id) for row in rows}


def events(here: Council) -> list[str]:
    with here.services.database.read() as connection:
        rows = connection.scalars(
            select(tables.audit_event.c.body).where(tables.audit_event.c.chain_id == here.body_id)
        )
        return [json.loads(row)["name"] for row in rows]


def test_until_somebody_chooses_it_is_as_the_workflow_says(database: Database):
    here = council(database, today=MONDAY)
    held = reminder_settings(here.services, actor(here, here.officer))
    assert (held.chosen, held.version, held.choices.offsets) == (None, 0, (28, 14, 7, 1))


def test_the_sweep_obeys_the_days_that_a_body_chose(database: Database):
    here = council(database, today=MONDAY)
    here.action(on(MONDAY + timedelta(days=10)), parties=[here.party(here.lead)])
    choose(here, offsets="10, 3")
    sweep_on(here, MONDAY)
    assert queued(here) == {("before-10", here.lead)}


def test_what_was_said_when_late_is_not_said_again_because_the_interval_changed(database: Database):
    here = council(database, today=MONDAY)
    here.action(on(MONDAY - timedelta(days=14)), parties=[here.party(here.lead)])
    sweep_on(here, MONDAY)
    choose(here, overdue_every_days="14")
    sweep_on(here, MONDAY)
    assert {rule for rule, person in queued(here) if person == here.lead} == {"overdue-2"}
    sweep_on(here, MONDAY + timedelta(days=7))
    assert {rule for rule, person in queued(here) if person == here.lead} == {"overdue-2"}
    sweep_on(here, MONDAY + timedelta(days=14))
    assert {rule for rule, person in queued(here) if person == here.lead} == {"overdue-2", "overdue-4"}


def test_the_post_that_the_body_chose_hears_first_and_when_it_chose(database: Database):
    here = council(database, today=MONDAY)
    director = here.person("Director", Role.DIRECTOR, department_id=here.department_id)
    here.action(on(MONDAY - timedelta(days=5)), parties=[here.party(here.lead)], plan_id=here.plan())
    choose(here, chain=("director", ""), escalate_after_days="5")
    sweep_on(here, MONDAY)
    assert (ESCALATED, director) in queued(here)
    assert (ESCALATED, here.head) not in queued(here)


def test_on_a_day_that_is_none_of_the_bodys_a_reminder_has_gone_the_day_before(database: Database):
    here = council(database, today=MONDAY)
    friday = MONDAY + timedelta(days=11)
    here.action(on(friday), parties=[here.party(here.lead)])
    choose(here, offsets="1", digest_days=("0",))
    sweep_on(here, MONDAY + timedelta(days=6))
    assert queued(here) == set()
    sweep_on(here, MONDAY + timedelta(days=7))
    assert queued(here) == {("on-the-day", here.lead)}


def test_mail_waits_for_the_hours_that_the_body_chose(database: Database):
    here = council(database, today=MONDAY)
    here.action(on(MONDAY), parties=[here.party(here.lead)])
    choose(here, opens="12:00", closes="14:00")
    sweep_on(here, MONDAY)
    assert deliver(here.services, Letterbox()).sent == 0
    here.clock.at = datetime(2009, 3, 2, 12, tzinfo=UTC)
    assert deliver(here.services, Letterbox()).sent == 1


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        (datetime(2009, 3, 2, 9, tzinfo=UTC), datetime(2009, 3, 2, 12, tzinfo=UTC)),
        (datetime(2009, 3, 2, 12, tzinfo=UTC), None),
        (datetime(2009, 3, 6, 14, tzinfo=UTC), datetime(2009, 3, 9, 12, tzinfo=UTC)),
        (datetime(2009, 3, 27, 15, tzinfo=UTC), datetime(2009, 3, 30, 11, tzinfo=UTC)),  # by summer time
    ],
)
def test_mail_that_waits_says_until_when(database: Database, now: datetime, opening: datetime | None):
    here = council(database, today=MONDAY)
    choose(here, opens="12:00", closes="14:00")
    here.clock.at = now
    assert next_opening(here.services, actor(here, here.officer)) == opening


def test_another_nation_is_kept_everywhere(database: Database):
    here = council(database, today=MONDAY)
    choose(here, nation="scotland")
    with database.read() as connection:
        assert people.find_body(connection, here.body_id).nation == "scotland"


def test_the_preview_says_what_the_sweep_will_do(database: Database):
    here = council(database, today=MONDAY)
    here.action(on(MONDAY + timedelta(days=10)), parties=[here.party(here.lead)])
    choose(here, offsets="10")
    (person,) = preview(here.services, as_of=MONDAY).people
    assert [(each.rule, person.person_id) for each in person.lines] == [("before-10", here.lead)]
    assert queued(here) == set()


def test_choosing_what_holds_already_makes_no_version(database: Database):
    here = council(database, today=MONDAY)
    choose(here)
    assert reminder_settings(here.services, actor(here, here.officer)).version == 0
    assert "reminders_changed" not in events(here)


def test_each_choice_is_a_version_on_record(database: Database):
    here = council(database, today=MONDAY)
    choose(here, offsets="10")
    choose(here, offsets="9", version=1)
    held = reminder_settings(here.services, actor(here, here.officer))
    assert (held.version, held.choices.offsets) == (2, (9,))
    assert events(here).count("reminders_changed") == 2


def test_who_saw_an_older_version_is_told(database: Database):
    here = council(database, today=MONDAY)
    choose(here, offsets="10")
    with pytest.raises(Stale):
        choose(here, offsets="9")


def test_a_lead_may_not_choose(database: Database):
    here = council(database, today=MONDAY)
    with pytest.raises(NotAllowed):
        change_reminders(here.services, actor(here, here.lead), USUAL)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("offsets", ""),
        ("offsets", "7, soon"),
        ("offsets", "0"),
        ("offsets", "366"),
        ("offsets", "1,2,3,4,5,6,7,8,9"),
        ("offsets", "\u0661"),
        ("overdue_every_days", "0"),
        ("overdue_every_days", "7.5"),
        ("escalate_after_days", "91"),
        ("chain", ("director", "director")),
        ("chain", ("author", "")),
        ("opens", "25:00"),
        ("closes", "07:00"),
        ("digest_days", ()),
        ("digest_days", ("6",)),
        ("nation", "france"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(sqlite_database: Database, field: str, typed: object):
    here = council(sqlite_database, today=MONDAY)
    with pytest.raises(Invalid) as refusal:
        choose(here, **{field: typed})
    assert set(refusal.value.problems) == {field}


@pytest.mark.parametrize("wanted", [True, False])
def test_each_mail_carries_its_days_as_a_file_where_the_body_wants_that(database: Database, wanted: bool):
    here = council(database, today=MONDAY)
    action_id = here.action(on(MONDAY + timedelta(days=7)), parties=[here.party(here.lead)])
    choose(here, with_calendar=wanted, offsets="7")
    sweep_on(here, MONDAY)
    box = Letterbox()
    deliver(here.services, box)
    (message,) = (message_from_bytes(mail.raw, policy=policy.default) for mail in box.mails)
    files = [part.get_content() for part in message.iter_attachments()] if wanted else []
    days = [event for each in files for event in Calendar.from_ical(each).walk("VEVENT")]
    assert [(event.decoded("DTSTART"), str(action_id) in event["UID"]) for event in days] == (
        [(MONDAY + timedelta(days=7), True)] if wanted else []
    )
    assert "Publish the fees policy" in message.get_body(("plain",)).get_content()
    assert message.get_content_type() == ("multipart/mixed" if wanted else "multipart/alternative")
