from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from eia.domain.reminder_policy import ReminderPolicy
from eia.domain.reminders import ESCALATED, reminders_by
from eia.domain.target_date import Milestone, TargetDate, TargetKind
from eia.domain.working_days import WorkingDays
from eia.store import tables
from eia.store.database import Database
from eia.usecases.reminder_preview import preview
from eia.usecases.reminders import SweepResult, sweep
from tests.usecases.council import Council, council, on

MONDAY = date(2009, 3, 2)
POLICY = ReminderPolicy()


def swept(here: Council, as_of: date = MONDAY) -> SweepResult:
    here.clock.at = datetime(as_of.year, as_of.month, as_of.day, 10, tzinfo=UTC)
    return sweep(here.services, as_of=as_of, policy_of=lambda workflow: POLICY)


def ledger(here: Council, *states: str) -> set[tuple[UUID, str, date, UUID, str]]:
    table = tables.reminder.c
    columns = (table.subject_id, table.rule, table.occurrence, table.recipient_id, table.state)
    with here.services.database.read() as connection:
        rows = {tuple(row) for row in connection.execute(select(*columns))}
    return {row for row in rows if not states or row[4] in states}


def rules(here: Council, *states: str) -> set[tuple[str, UUID]]:
    return {(rule, recipient) for _, rule, _, recipient, _ in ledger(here, *(states or ("queued",)))}


def mails(here: Council) -> list[tuple[UUID, str]]:
    with here.services.database.read() as connection:
        return [
            tuple(row)
            for row in connection.execute(select(tables.outbox.c.recipient_id, tables.outbox.c.state))
        ]


def change(here: Council, table: object, row_id: UUID, **values: object) -> None:
    with here.services.database.write() as work:
        work.connection.execute(update(table).where(table.c.id == row_id).values(**values))


def test_a_lead_is_reminded_a_week_before_and_older_offsets_are_recorded_as_superseded(database: Database):
    here = council(database, today=MONDAY)
    here.action(on(MONDAY + timedelta(days=7)), parties=[here.party(here.lead)])
    swept(here)
    assert rules(here) == {("before-7", here.lead)}
    assert rules(here, "superseded") == {("before-28", here.lead), ("before-14", here.lead)}
    assert mails(here) == [(here.lead, "pending")]


def test_a_second_sweep_makes_nothing_new(database: Database):
    here = council(database, today=MONDAY)
    here.action(on(MONDAY + timedelta(days=7)), parties=[here.party(here.lead)])
    here.action(on(MONDAY - timedelta(days=40)), parties=[here.party(here.lead)])
    here.action(TargetDate(raw="ongoing", kind=TargetKind.ONGOING), parties=[here.party(here.lead)])
    swept(here)
    before = ledger(here)
    again = swept(here)
    assert (again.created, again.superseded, again.cancelled) == (0, 0, 0)
    assert ledger(here) == before
    assert len(mails(here)) == 2  # the lead's one digest, and the officer's for what is escalated


def test_a_week_without_a_sweep_is_caught_up_by_one_mail(database: Database):
    here = council(database, today=MONDAY)
    action_id = here.action(on(MONDAY + timedelta(days=15)), parties=[here.party(here.lead)])
    swept(here)
    change(here, tables.outbox, *[one for (one,) in all_digests(here)], state="sent")
    result = swept(here, MONDAY + timedelta(days=14))
    assert result.created == 1
    assert {(rule, state) for subject, rule, _, _, state in ledger(here) if subject == action_id} == {
        ("before-28", "queued"),
        ("before-14", "superseded"),
        ("before-7", "superseded"),
        ("before-1", "queued"),
    }


def all_digests(here: Council) -> list[tuple[UUID]]:
    with here.services.database.read() as connection:
        return [tuple(row) for row in connection.execute(select(tables.outbox.c.id))]


def test_a_moved_deadline_cancels_what_was_pending_for_the_old_one(database: Database):
    here = council(database, today=MONDAY)
    action_id = here.action(on(MONDAY + timedelta(days=7)), parties=[here.party(here.lead)])
    swept(here)
    change(here, tables.action, action_id, target_latest=MONDAY + timedelta(days=200))
    assert swept(here).cancelled == 1
    assert rules(here) == set()


def test_a_deadline_that_moved_back_is_reminded_again(database: Database):
    here = council(database, today=MONDAY)
    soon = MONDAY + timedelta(days=7)
    action_id = here.action(on(soon), parties=[here.party(here.lead)])
    swept(here)
    change(here, tables.action, action_id, target_latest=MONDAY + timedelta(days=200))
    swept(here)
    change(here, tables.action, action_id, target_latest=soon)
    assert swept(here).created == 1
    assert rules(here) == {("before-7", here.lead)}


@pytest.mark.parametrize("state", ["done", "verified", "dropped", "carried_forward"])
def test_a_closed_action_reminds_nobody(database: Database, state: str):
    here = council(database, today=MONDAY)
    here.action(on(MONDAY), parties=[here.party(here.lead)], state=state)
    assert swept(here).created == 0


def test_the_equality_officer_is_told_when_no_lead_is_confirmed(database: Database):
    here = council(database, today=MONDAY)
    here.action(on(MONDAY), parties=[here.party(here.lead, confirmed=False)])
    swept(here)
    assert rules(here) == {("on-the-day", here.officer)}


def test_the_equality_officer_is_told_when_the_lead_has_left(database: Database):
    here = council(database, today=MONDAY)
    gone = here.person("Has Left", active=False)
    here.action(on(MONDAY), parties=[here.party(gone)])
    swept(here)
    assert rules(here) == {("on-the-day", here.officer)}


def test_a_lead_confirmed_later_gets_what_the_officer_got(database: Database):
    here = council(database, today=MONDAY)
    party_id = here.party(here.lead, confirmed=False)
    here.action(on(MONDAY), parties=[party_id])
    swept(here)
    change(here, tables.party, party_id, confirmed=True)
    swept(here)
    assert rules(here) == {("on-the-day", here.officer), ("on-the-day", here.lead)}


def test_two_weeks_late_the_head_of_service_is_told_once(database: Database):
    here = council(database, today=MONDAY)
    here.action(on(MONDAY - timedelta(days=14)), parties=[here.party(here.lead)], plan_id=here.plan())
    swept(here)
    assert rules(here) == {("overdue-2", here.lead), (ESCALATED, here.head)}
    swept(here, MONDAY + timedelta(days=7))
    assert rules(here) == {("overdue-2", here.lead), ("overdue-3", here.lead), (ESCALATED, here.head)}


def test_a_head_of_service_who_leads_it_is_not_their_own_next_post(database: Database):
    here = council(database, today=MONDAY)
    here.action(on(MONDAY - timedelta(days=14)), parties=[here.party(here.head)], plan_id=here.plan())
    swept(here)
    assert rules(here) == {("overdue-2", here.head), (ESCALATED, here.officer)}


def test_the_lead_of_an_assessment_is_reminded_of_its_target_date(database: Database):
    here = council(database, today=MONDAY)
    here.assessment(on(MONDAY + timedelta(days=14)), lead_id=here.lead)
    here.assessment(on(MONDAY + timedelta(days=14)), lead_id=here.lead, held_from="evidence")
    here.assessment(on(MONDAY + timedelta(days=14)), lead_id=here.lead, is_open=False)
    swept(here)
    assert rules(here) == {("before-14", here.lead)}
    assert len(ledger(here, "queued")) == 1


def test_the_target_date_of_an_assessment_is_kept_once_it_is_approved(database: Database):
    here = council(database, today=MONDAY)
    approved = here.assessment(on(MONDAY - timedelta(days=14)), lead_id=here.lead)
    change(here, tables.assessment, approved, approved_on=MONDAY - timedelta(days=30))
    pending = here.assessment(on(MONDAY + timedelta(days=7)), lead_id=here.lead)
    swept(here)
    assert {(subject, rule) for subject, rule, *_ in ledger(here, "queued")} == {(pending, "before-7")}
    change(here, tables.assessment, pending, approved_on=MONDAY)
    swept(here, MONDAY + timedelta(days=1))
    assert ledger(here, "queued") == set()


def test_one_person_gets_one_digest_a_day(database: Database):
    here = council(database, today=MONDAY)
    for days in (0, 1, 7, 14):
        here.action(on(MONDAY + timedelta(days=days)), parties=[here.party(here.lead)])
    assert swept(here).recipients == 1
    assert mails(here) == [(here.lead, "pending")]


def test_what_falls_due_after_todays_digest_has_gone_goes_with_tomorrows(database: Database):
    here = council(database, today=MONDAY)
    here.action(on(MONDAY), parties=[here.party(here.lead)])
    swept(here)
    change(here, tables.outbox, all_digests(here)[0][0], state="sent")
    here.action(on(MONDAY + timedelta(days=1)), parties=[here.party(here.lead)])
    swept(here)
    assert mails(here) == [(here.lead, "sent")]
    swept(here, MONDAY + timedelta(days=1))
    assert sorted(state for _, state in mails(here)) == ["pending", "sent"]


def test_looking_writes_nothing_and_shows_what_the_sweep_would_do(database: Database):
    here = council(database, today=MONDAY)
    here.action(on(MONDAY), parties=[here.party(here.lead)], text="Publish the fees policy")
    seen = preview(here.services, as_of=MONDAY, policy_of=lambda workflow: POLICY)
    assert [(person.person_id, line.rule) for person in seen.people for line in person.lines] == [
        (here.lead, "on-the-day")
    ]
    assert ledger(here) == set()
    assert mails(here) == []


def test_a_flood_after_quiet_days_puts_mail_on_hold_and_says_so(database: Database):
    here = council(database, today=MONDAY)
    swept(here)
    party_id = here.party(here.lead)
    for _ in range(51):
        here.action(on(MONDAY), parties=[party_id])
    assert "51 reminders" in (swept(here).held or "")


def test_the_first_sweep_of_an_instance_is_let_go(database: Database):
    here = council(database, today=MONDAY)
    party_id = here.party(here.lead)
    for _ in range(51):
        here.action(on(MONDAY), parties=[party_id])
    assert swept(here).held is None


@pytest.mark.parametrize("seed", range(4))
def test_the_questions_to_the_database_find_what_the_pure_rules_say(database: Database, seed: int):
    chance = random.Random(seed)
    here = council(database, today=MONDAY)
    today = MONDAY + timedelta(days=chance.randrange(10))
    party_id = here.party(here.lead)
    expected: set[tuple[UUID, str, date, UUID, str]] = set()
    for _ in range(120):
        target, created = any_target(chance, today), any_instant(chance, today)
        action_id = here.action(target, parties=[party_id], created_at=created)
        known = created.date() if created.date() <= today else None
        for item in reminders_by(target, today, POLICY, WorkingDays(), known_since=known):
            who = here.officer if item.rule == ESCALATED else here.lead
            state = "superseded" if item.superseded else "queued"
            expected.add((action_id, item.rule, item.occurrence, who, state))
    swept(here, today)
    assert ledger(here) == expected


def any_instant(chance: random.Random, today: date) -> datetime:
    day = today + timedelta(days=chance.randrange(-150, 30))
    return datetime(day.year, day.month, day.day, chance.randrange(23), tzinfo=UTC)


def any_target(chance: random.Random, today: date) -> TargetDate:
    kind = chance.choice(list(TargetKind))
    latest = today + timedelta(days=chance.randrange(-120, 90)) if chance.random() < 0.7 else None
    earliest = (latest or today) - timedelta(days=chance.randrange(60)) if chance.random() < 0.5 else None
    milestones = tuple(
        Milestone(raw="", kind=TargetKind.DAY, latest=today + timedelta(days=chance.randrange(-20, 40)))
        for _ in range(chance.choice((0, 0, 1, 3)))
    )
    return TargetDate(
        raw="as written",
        kind=kind,
        earliest=earliest,
        latest=latest,
        provisional=chance.random() < 0.3,
        milestones=milestones,
    )


def test_a_promise_taken_over_is_asked_after_once_until_the_first_is_closed(database: Database):
    here = council(database, today=MONDAY)
    leads, late = [here.party(here.lead)], on(MONDAY - timedelta(days=40))
    first = here.action(late, parties=leads)
    again = here.action(late, parties=leads)
    change(here, tables.action, again, carried_from=first)
    swept(here)
    assert {subject for subject, *_ in ledger(here)} == {first}
    change(here, tables.action, first, state="carried_forward")
    swept(here, MONDAY + timedelta(days=1))
    assert {subject for subject, *_, state in ledger(here) if state == "queued"} >= {again}
