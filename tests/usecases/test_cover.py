"""Somebody is away: a deputy gets the mail and says so, and they catch up when they are back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.people import Role
from eia.store import people, tables
from eia.store.database import Database
from eia.usecases.absences import AskedAbsence, be_away, be_back, cover
from eia.usecases.outbox import deliver
from eia.usecases.reminder_preview import preview
from eia.usecases.reminders import sweep
from tests.usecases.council import Council, council, on
from tests.usecases.letterbox import Letterbox

MONDAY = date(2009, 3, 2)
FRIDAY = MONDAY + timedelta(days=4)
BACK_ON = MONDAY + timedelta(days=7)


@pytest.fixture
def here(database: Database) -> Council:
    found = council(database, today=MONDAY)
    found.deputy = found.person("Dee Deputy")
    return found


def actor(here: Council, person_id: UUID):
    with here.services.database.read() as connection:
        return people.actor(connection, person_id, here.services.today())


def leave(here: Council, person_id: UUID, *, deputy: UUID | None = None, by: UUID | None = None) -> None:
    asked = AskedAbsence(first_day=MONDAY, last_day=FRIDAY, deputy_id=deputy or here.deputy)
    be_away(here.services, actor(here, by or person_id), person_id, asked)


def mail_of(here: Council, day: date) -> dict[str, str]:
    """What each address gets on the day."""
    here.clock.at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    sweep(here.services)
    box = Letterbox()
    deliver(here.services, box)
    return {mail.recipient: " ".join(mail.text.split()) for mail in box.mails}


def address(here: Council, person_id: UUID) -> str:
    with here.services.database.read() as connection:
        return connection.scalar(select(tables.person.c.email).where(tables.person.c.id == person_id))


def test_a_deputy_gets_the_mail_and_reads_for_whom(here: Council):
    here.action(on(MONDAY), parties=[here.party(here.lead)])
    leave(here, here.lead)
    mails = mail_of(here, MONDAY)
    assert set(mails) == {address(here, here.deputy)}
    (text,) = mails.values()
    assert "because Rowan Lead is away until 6 March 2009" in text
    assert "It is done" not in text  # only whoever leads it answers for it


def test_what_waits_in_a_mail_goes_to_the_deputy_too(here: Council):
    here.action(on(MONDAY), parties=[here.party(here.lead)])
    sweep(here.services)
    leave(here, here.lead)
    assert set(mail_of(here, MONDAY)) == {address(here, here.deputy)}


def test_whoever_is_back_catches_up_once(here: Council):
    here.action(on(MONDAY), parties=[here.party(here.lead)])
    leave(here, here.lead)
    mail_of(here, MONDAY)
    mails = mail_of(here, BACK_ON)
    assert set(mails) == {address(here, here.lead)}
    assert "It went to your deputy while you were away." in mails[address(here, here.lead)]
    assert mail_of(here, BACK_ON) == {}


def test_what_was_done_meanwhile_is_not_caught_up_on(here: Council):
    action_id = here.action(on(MONDAY), parties=[here.party(here.lead)])
    leave(here, here.lead)
    mail_of(here, MONDAY)
    with here.services.database.write() as work:
        work.connection.execute(
            update(tables.action).where(tables.action.c.id == action_id).values(state="done")
        )
    assert mail_of(here, BACK_ON) == {}


def test_what_a_month_asked_for_is_caught_up_on_as_well(here: Council):
    from eia.domain.target_date import TargetDate, TargetKind

    here.action(TargetDate(raw="", kind=TargetKind.UNKNOWN), parties=[here.party(here.lead)])
    leave(here, here.lead)
    assert "when will it be done" in mail_of(here, MONDAY)[address(here, here.deputy)]
    assert "when will it be done" in mail_of(here, BACK_ON)[address(here, here.lead)]


def test_a_deputy_who_is_away_too_passes_it_on(here: Council):
    second = here.person("Sam Second")
    here.action(on(MONDAY), parties=[here.party(here.lead)])
    leave(here, here.lead)
    leave(here, here.deputy, deputy=second)
    assert set(mail_of(here, MONDAY)) == {address(here, second)}


def test_where_each_covers_the_other_the_mail_stays(here: Council):
    here.action(on(MONDAY), parties=[here.party(here.lead)])
    leave(here, here.lead)
    leave(here, here.deputy, deputy=here.lead)
    assert set(mail_of(here, MONDAY)) == {address(here, here.lead)}


def test_a_deputy_who_has_left_gets_nothing(here: Council):
    here.action(on(MONDAY), parties=[here.party(here.lead)])
    leave(here, here.lead)
    with here.services.database.write() as work:
        work.connection.execute(
            update(tables.person).where(tables.person.c.id == here.deputy).values(active=False)
        )
    assert set(mail_of(here, MONDAY)) == {address(here, here.lead)}


def test_whoever_is_back_early_gets_their_mail_again(here: Council):
    here.action(on(MONDAY), parties=[here.party(here.lead)])
    leave(here, here.lead)
    sweep(here.services)
    (absence,) = cover(here.services, actor(here, here.lead), here.lead).absences
    be_back(here.services, actor(here, here.lead), here.lead, absence.id)
    be_back(here.services, actor(here, here.lead), here.lead, absence.id)
    assert set(mail_of(here, MONDAY)) == {address(here, here.lead)}


def test_the_preview_of_a_day_away_shows_the_deputy(here: Council):
    here.action(on(FRIDAY), parties=[here.party(here.lead)])
    leave(here, here.lead)
    assert [each.person_id for each in preview(here.services, as_of=FRIDAY).people] == [here.deputy]


def test_a_head_says_who_covers_somebody_of_the_department(here: Council):
    lead = here.person("Finn Finance", department_id=here.department_id)
    leave(here, lead, by=here.head)
    assert len(cover(here.services, actor(here, lead), lead).absences) == 1


def test_a_head_does_not_say_it_for_another_department(here: Council):
    with pytest.raises(NotAllowed):
        leave(here, here.lead, by=here.head)


def test_a_colleague_does_not_take_somebodys_mail(here: Council):
    with pytest.raises(NotAllowed):
        leave(here, here.lead, by=here.deputy)


def test_nobody_of_another_body_is_there(here: Council, database: Database):
    other = council(database, today=MONDAY)
    with pytest.raises(NotFound):
        cover(here.services, actor(here, here.officer), other.lead)


def test_a_deputy_may_do_no_more_than_before(here: Council):
    leave(here, here.head, deputy=here.deputy, by=here.officer)
    assert Role.HEAD_OF_SERVICE not in actor(here, here.deputy).roles()


@pytest.mark.parametrize(
    ("first", "last", "who", "field"),
    [
        (None, FRIDAY, "deputy", "first_day"),
        (MONDAY - timedelta(days=1), FRIDAY, "deputy", "first_day"),
        (FRIDAY, MONDAY, "deputy", "last_day"),
        (MONDAY, MONDAY + timedelta(days=800), "deputy", "last_day"),
        (MONDAY, FRIDAY, "lead", "deputy"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(here: Council, first, last, who, field):
    asked = AskedAbsence(first_day=first, last_day=last, deputy_id=getattr(here, who))
    with pytest.raises(Invalid) as refusal:
        be_away(here.services, actor(here, here.lead), here.lead, asked)
    assert set(refusal.value.problems) == {field}


def test_nobody_is_away_twice_at_once(here: Council):
    leave(here, here.lead)
    with pytest.raises(Invalid):
        leave(here, here.lead)
