"""When the clock, a backup or a copy looks wrong, nothing goes until a person says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from eia.domain.errors import Invalid, NotAllowed
from eia.domain.mail import MailRules, Unsure
from eia.domain.mail_hold import HoldKind
from eia.domain.reminder_policy import ReminderPolicy
from eia.store import outbox, tables
from eia.store.database import Database
from eia.usecases.mail_holds import release_mail
from eia.usecases.operations import operations_state
from eia.usecases.outbox import deliver
from eia.usecases.reminders import sweep
from tests.usecases.council import Council, council, on
from tests.usecases.letterbox import Letterbox, begin, change, later, officer_of, states

MONDAY = date(2009, 3, 2)


@dataclass
class Somewhere:
    """A place that a test gives its name and mark."""

    name: str = "here"
    kept: int = 0

    def id(self) -> str:
        return self.name

    def mark(self) -> int:
        return self.kept

    def keep(self, mark: int) -> None:
        self.kept = max(self.kept, mark)


@pytest.fixture
def place() -> Somewhere:
    return Somewhere()


@pytest.fixture
def here(database: Database, place: Somewhere) -> Council:
    """A council, begun, whose lead has something due."""
    found = council(database, today=MONDAY)
    found.services = replace(found.services, place=place)
    begin(found)
    found.action(on(MONDAY), parties=[found.party(found.lead)])
    swept(found)
    return found


def swept(here: Council) -> str | None:
    return sweep(here.services, policy_of=lambda workflow: ReminderPolicy()).held


def kind(here: Council) -> HoldKind | None:
    return operations_state(here.services).hold_kind


def release(here: Council) -> None:
    release_mail(here.services, officer_of(here), because="Looked into")


def test_the_first_place_is_home_and_a_copy_elsewhere_mails_nobody(here: Council, place: Somewhere):
    place.name = "a test machine"
    box = Letterbox()
    assert "this is a test machine" in (deliver(here.services, box).held or "")
    assert (box.connections, states(here), kind(here)) == (0, ["held"], HoldKind.COPIED)


def test_a_copy_records_nothing_as_due(here: Council, place: Somewhere):
    place.name = "a test machine"
    here.action(on(MONDAY), parties=[here.party(here.person("Another Lead"))])
    assert swept(here) is not None
    with here.services.database.read() as connection:
        queued = select(tables.reminder.c.id).where(tables.reminder.c.state == "queued")
        assert len(connection.scalars(queued).all()) == 1


def test_whoever_lets_mail_go_from_a_new_place_makes_it_the_home(here: Council, place: Somewhere):
    place.name = "the new machine"
    deliver(here.services, Letterbox())
    release(here)
    assert deliver(here.services, Letterbox()).sent == 1
    place.name = "here"
    assert "this is here" in (deliver(here.services, Letterbox()).held or "")


def test_a_database_that_went_back_holds_what_waits(here: Council, place: Somewhere):
    place.kept = 10
    box = Letterbox()
    deliver(here.services, box)
    assert (box.connections, states(here), kind(here)) == (0, ["held"], HoldKind.RESTORED)
    release(here)
    assert deliver(here.services, box).sent == 1
    assert place.kept > 10


def test_what_was_on_its_way_when_a_backup_was_made_is_in_doubt(here: Council, place: Somewhere):
    with here.services.database.write() as work:
        now = here.clock.at
        (item,) = outbox.lease(work.connection, now, now + timedelta(minutes=5), 10)
        outbox.intend(work.connection, item, payload={}, message_id="<a@b>", until=now)
    later(here, minutes=6)
    place.kept = 10
    deliver(here.services, Letterbox())
    assert states(here) == ["in_doubt"]
    release(here)
    assert deliver(here.services, Letterbox()).sent == 0
    assert states(here) == ["in_doubt"]


def test_the_mark_is_kept_outside_before_anything_goes(here: Council, place: Somewhere):
    box = Letterbox()
    seen: list[int] = []
    box.before_intent = lambda: seen.append(place.kept)
    deliver(here.services, box)
    assert seen == [1]


def test_a_demonstration_may_be_deleted_and_made_anew(database: Database, place: Somewhere):
    here = council(database, today=MONDAY)
    here.services = replace(here.services, place=place)
    begin(here, "demo")
    place.kept = 10
    assert deliver(here.services, Letterbox()).held is None


@pytest.mark.parametrize("days", [-1, 400])
def test_a_clock_that_jumped_stops_mail_and_records_nothing(here: Council, days: int):
    later(here, days=days)
    assert "clock went" in (swept(here) or "")
    assert kind(here) is HoldKind.CLOCK
    assert deliver(here.services, Letterbox()).sent == 0
    assert len(states(here)) == 1


@pytest.mark.parametrize("days", [-3, 400])
def test_a_clock_that_a_person_believes_is_believed(here: Council, days: int):
    later(here, days=days)
    swept(here)
    release(here)
    assert swept(here) is None
    later(here, days=1)
    assert swept(here) is None


@pytest.mark.parametrize("by", [timedelta(minutes=-5), timedelta(days=14), timedelta(hours=1)])
def test_a_clock_put_right_by_minutes_or_a_fortnights_pause_is_no_jump(here: Council, by: timedelta):
    here.clock.at += by
    assert swept(here) is None


def test_mail_on_hold_is_let_go_by_those_who_look_after_it_with_a_reason(here: Council, place: Somewhere):
    place.name = "elsewhere"
    deliver(here.services, Letterbox())
    with pytest.raises(Invalid):
        release_mail(here.services, officer_of(here), because=" ")
    with pytest.raises(NotAllowed):
        release_mail(here.services, replace(officer_of(here), grants=()), because="Please")
    release(here)
    release(here)
    with here.services.database.read() as connection:
        events = connection.scalars(
            select(tables.audit_event.c.body).where(tables.audit_event.c.chain_id == here.body_id)
        ).all()
    assert sum(b"mail_released" in event for event in events) == 1


@pytest.mark.parametrize(
    ("at", "goes"),
    [
        (datetime(2009, 3, 2, 7, 59, tzinfo=UTC), False),
        (datetime(2009, 3, 2, 8, 0, tzinfo=UTC), True),
        (datetime(2009, 3, 2, 18, 0, tzinfo=UTC), False),
        (datetime(2009, 3, 7, 10, 0, tzinfo=UTC), False),  # a Saturday
        (datetime(2009, 3, 27, 17, 30, tzinfo=UTC), True),  # the Friday before the clocks go forward
        (datetime(2009, 3, 30, 7, 0, tzinfo=UTC), True),  # 8 o'clock on the Monday after
        (datetime(2009, 3, 30, 17, 0, tzinfo=UTC), False),
        (datetime(2009, 10, 23, 7, 0, tzinfo=UTC), True),  # 8 o'clock before they go back
        (datetime(2009, 10, 26, 7, 0, tzinfo=UTC), False),  # 7 o'clock after
        (datetime(2009, 10, 26, 17, 30, tzinfo=UTC), True),
    ],
)
def test_mail_goes_in_office_hours_in_london_on_both_sides_of_both_clock_changes(
    database: Database, at: datetime, goes: bool
):
    here = council(database, today=MONDAY)
    here.action(on(at.date()), parties=[here.party(here.lead)])
    here.clock.at = at
    swept(here)
    assert bool(deliver(here.services, Letterbox()).sent) is goes


def test_a_bank_holiday_of_the_bodys_nation_is_no_working_day(database: Database):
    here = council(database, today=MONDAY)
    here.action(on(MONDAY), parties=[here.party(here.lead)])
    swept(here)
    closed = replace(here.services, bank_holidays=lambda nation, year: frozenset({MONDAY}))
    assert deliver(closed, Letterbox()).sent == 0
    scottish = replace(
        here.services,
        bank_holidays=lambda nation, year: frozenset({MONDAY} if nation == "scotland" else ()),
    )
    assert deliver(scottish, Letterbox()).sent == 1


def test_what_may_have_gone_is_sent_again_or_listed_as_the_installation_says(here: Council):
    asking = replace(here.services, mail_rules=MailRules(resend_when_in_doubt=False))
    assert deliver(asking, Letterbox(Unsure("the line broke"))).in_doubt == 1
    assert states(here) == ["in_doubt"]


def test_a_lease_that_ran_out_after_the_intent_is_listed_where_a_person_decides(here: Council):
    with here.services.database.write() as work:
        now = here.clock.at
        (item,) = outbox.lease(work.connection, now, now + timedelta(minutes=5), 10)
        outbox.intend(work.connection, item, payload={}, message_id="<a@b>", until=now)
    later(here, minutes=6)
    asking = replace(here.services, mail_rules=MailRules(resend_when_in_doubt=False))
    assert (deliver(asking, Letterbox()).sent, states(here)) == (0, ["in_doubt"])


def test_a_round_that_finds_nothing_is_kept_in_one_row(here: Council):
    for _ in range(3):
        later(here, minutes=1)
        deliver(here.services, Letterbox())
    state = operations_state(here.services)
    assert state.last_delivery_at == here.clock.at
    with here.services.database.read() as connection:
        names = connection.scalars(select(tables.sweep.c.name)).all()
    assert sorted(names) == ["outbox", "outbox", "reminders"]  # one that sent, one that moves along


def test_a_storm_is_recorded_and_held(here: Council):
    later(here, days=1)
    parties = [here.party(here.person(f"Lead {number}")) for number in range(51)]
    for party_id in parties:
        here.action(on(MONDAY + timedelta(days=1)), parties=[party_id])
    assert "reminders in one day" in (swept(here) or "")
    assert kind(here) is HoldKind.STORM
    assert deliver(here.services, Letterbox()).sent == 0
    assert set(states(here)) == {"held"}
    release(here)
    assert deliver(here.services, Letterbox()).sent == 52


def test_held_mail_gains_what_else_falls_due_and_stays_one_mail(here: Council, place: Somewhere):
    place.kept = 10
    deliver(here.services, Letterbox())
    with here.services.database.write() as work:
        holder = work.connection.scalars(select(tables.party.c.id)).one()
        work.connection.execute(update(tables.outbox).values(day=MONDAY))
    here.action(on(MONDAY), parties=[holder], text="Something else")
    later(here, days=1)
    swept(here)
    release(here)
    box = Letterbox()
    assert deliver(here.services, box).sent == 1
    assert b"Something else" in box.mails[0].raw


def test_nothing_stays_held_when_nothing_holds_it(here: Council):
    change(here, tables.outbox, state="held")
    assert deliver(here.services, Letterbox()).sent == 1
