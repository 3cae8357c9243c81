"""Turns, signatures, consultations, papers, decisions and reviews: told in time, once, while they are so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from eia import content
from eia.domain.occasions import Occasion
from eia.domain.people import Role
from eia.domain.reminder_policy import USUAL_CHASES, ReminderPolicy
from eia.store import tables
from eia.store.database import Database
from eia.usecases.outbox import deliver
from eia.usecases.reminders import SweepResult, sweep
from tests.usecases import occasions
from tests.usecases.council import Council, council
from tests.usecases.letterbox import Letterbox
from tests.usecases.occasions import OCCASIONS, At, noon, set_row

MONDAY = date(2009, 3, 2)
EVERY = pytest.mark.parametrize("occasion", list(Occasion))
LATE = pytest.mark.parametrize("occasion", [Occasion.TURN, Occasion.SIGNATURE, Occasion.REVIEW])


def swept(here: Council, day: date = MONDAY) -> SweepResult:
    here.clock.at = noon(day)
    return sweep(here.services, policy_of=lambda workflow: ReminderPolicy())


def told(here: Council, occasion: Occasion, *states: str) -> list[tuple[str, date, UUID]]:
    """Rule, day and person of everything in the ledger about the occasion that is queued (or in `states`)."""
    table = tables.reminder.c
    query = select(table.rule, table.occurrence, table.recipient_id).where(
        table.subject_kind == occasion.value, table.state.in_(states or ("queued",))
    )
    with here.services.database.read() as connection:
        return sorted(tuple(row) for row in connection.execute(query))


def sent(here: Council, to: UUID) -> str:
    """Every word of the mails that this person gets now."""
    box = Letterbox()
    deliver(here.services, box)
    with here.services.database.read() as connection:
        address = connection.scalar(select(tables.person.c.email).where(tables.person.c.id == to))
    mails = [each for each in box.mails if each.recipient == address]
    messages = [message_from_bytes(each.raw, policy=policy.SMTP) for each in mails]
    return "\n".join(each.get_body(("plain",)).get_content() for each in messages)


def in_time(occasion: Occasion) -> tuple[date, str]:
    """A day whose nearest reminder but the first is due on the Monday, and the rule that says so."""
    days = 7 if 7 in USUAL_CHASES[occasion].offsets else 3
    return MONDAY + timedelta(days=days), f"before-{days}"


def at(here: Council, occasion: Occasion) -> tuple[At, date, str]:
    day, rule = in_time(occasion)
    found = OCCASIONS[occasion](here, day)
    kept = day + occasions.PAPERS_AFTER if occasion is Occasion.PAPERS else day
    return found, kept, rule


@EVERY
def test_it_is_told_once_however_often_anybody_looks(database: Database, occasion: Occasion):
    here = council(database, today=MONDAY)
    found, day, rule = at(here, occasion)
    swept(here)
    assert told(here, occasion) == [(rule, day, found.told)]
    assert swept(here).created == 0
    assert swept(here, MONDAY + timedelta(days=1)).created == 0
    assert told(here, occasion) == [(rule, day, found.told)]


@EVERY
def test_nobody_is_told_before_it_is_time(database: Database, occasion: Occasion):
    here = council(database, today=MONDAY)
    OCCASIONS[occasion](here, MONDAY + timedelta(days=7 * 9))
    swept(here)
    assert told(here, occasion) == []


@EVERY
def test_a_day_that_moved_is_told_anew_and_the_old_one_no_more(database: Database, occasion: Occasion):
    here = council(database, today=MONDAY)
    found, day, rule = at(here, occasion)
    swept(here)
    found.move_to(in_time(occasion)[0] + timedelta(days=28))
    assert swept(here).cancelled >= 1
    assert told(here, occasion) == []
    assert WHY[occasion] not in sent(here, found.told)
    swept(here, MONDAY + timedelta(days=28))
    assert told(here, occasion) == [(rule, day + timedelta(days=28), found.told)]


@EVERY
def test_what_is_settled_in_time_is_not_mailed(database: Database, occasion: Occasion):
    here = council(database, today=MONDAY)
    found, _, _ = at(here, occasion)
    swept(here)
    found.settle()
    assert WHY[occasion] not in sent(here, found.told)
    swept(here)
    assert found.told not in {who for _, _, who in told(here, occasion)}


@EVERY
def test_a_sweep_takes_back_what_was_settled_before_it_went(database: Database, occasion: Occasion):
    here = council(database, today=MONDAY)
    found, day, rule = at(here, occasion)
    swept(here)
    found.settle()
    swept(here)
    assert (rule, day, found.told) in told(here, occasion, "cancelled")


@EVERY
def test_its_mail_says_what_and_by_when_and_why(database: Database, occasion: Occasion):
    here = council(database, today=MONDAY)
    found, day, _ = at(here, occasion)
    swept(here)
    text = sent(here, found.told)
    assert "Charges for garden waste" in text
    assert f"{day.day} March 2009" in text
    assert WHY[occasion] in text
    assert ("/assessments/" in text) != (occasion is Occasion.INVITATION)


WHY = {
    Occasion.TURN: "It is with you: Quality review should be over by then.",
    Occasion.SIGNATURE: "Your signature is awaited.",
    Occasion.CLOSING: "A consultation closes on",
    Occasion.SILENT: "No answer yet from Post",
    Occasion.INVITATION: "You were invited to answer.",
    Occasion.PAPERS: "and not approved yet",
    Occasion.DECISION: "To be decided on",
    Occasion.REVIEW: "It is time to see whether what was expected came about.",
}


@LATE
def test_two_weeks_late_the_next_post_up_is_told_once(database: Database, occasion: Occasion):
    here = council(database, today=MONDAY)
    found = OCCASIONS[occasion](here, MONDAY - timedelta(days=14))
    above = here.officer if found.told == here.head else here.head
    if occasion is Occasion.SIGNATURE:
        above = next_after_the_head(here)
    for week in range(3):
        swept(here, MONDAY + timedelta(days=7 * week))
    escalated = [who for rule, _, who in told(here, occasion) if rule == "escalated"]
    assert escalated == [above]
    assert {rule for rule, _, who in told(here, occasion) if who == found.told} == {
        "overdue-2",
        "overdue-3",
        "overdue-4",
    }


def next_after_the_head(here: Council) -> UUID:
    with here.services.database.read() as connection:
        return connection.scalars(
            select(tables.person.c.id).where(tables.person.c.name == "Dale Director")
        ).one()


def test_papers_that_went_out_without_an_approval_are_told_to_the_head_of_service(database: Database):
    here = council(database, today=MONDAY)
    occasions.papers(here, MONDAY)
    swept(here)
    assert [who for rule, _, who in told(here, Occasion.PAPERS) if rule == "escalated"] == []
    swept(here, MONDAY + timedelta(days=1))
    swept(here, MONDAY + timedelta(days=2))
    assert [who for rule, _, who in told(here, Occasion.PAPERS) if rule == "escalated"] == [here.head]


def test_once_the_head_has_signed_it_is_the_directors_signature_that_is_awaited(database: Database):
    here = council(database, today=MONDAY)
    found, day, rule = at(here, Occasion.SIGNATURE)
    found.settle()
    swept(here)
    assert told(here, Occasion.SIGNATURE) == [(rule, day, next_after_the_head(here))]


@pytest.mark.parametrize("bar", ["wrote", "handed in", "returned"])
def test_whoever_may_not_sign_is_not_asked_to(database: Database, bar: str):
    here = council(database, today=MONDAY)
    found, day, rule = at(here, Occasion.SIGNATURE)
    deputy = here.person("Dara Deputy", Role.HEAD_OF_SERVICE, department_id=here.department_id)
    bars: dict[str, Callable[[], None]] = {
        "wrote": lambda: here.add(
            tables.authorship,
            assessment_id=found.subject_id,
            person_id=here.head,
            first_at=noon(MONDAY),
        ),
        "handed in": lambda: moved(here, found.subject_id, "submit_for_review"),
        "returned": lambda: moved(here, found.subject_id, "return_for_work"),
    }
    bars[bar]()
    swept(here)
    assert told(here, Occasion.SIGNATURE) == [(rule, day, deputy)]


def moved(here: Council, assessment_id: UUID, move: str) -> None:
    here.add(
        tables.stage_history,
        assessment_id=assessment_id,
        seq=1,
        move=move,
        from_stage="quality_review",
        to_stage="analysis",
        person_id=here.head,
        role="champion",
        reasons=[],
        comment="",
        at=noon(MONDAY),
    )


def test_what_came_back_is_said_to_have_come_back(database: Database):
    here = council(database, today=MONDAY)
    one = occasions.assessment_at(here, "analysis", stage_due_on=MONDAY)
    moved(here, one, "return_for_work")
    swept(here)
    assert "It was returned to you, at Analysis. The reasons are on its page." in sent(here, here.lead)


def test_a_turn_without_a_day_is_asked_after_once_a_month(database: Database):
    here = council(database, today=MONDAY)
    one = occasions.assessment_at(here, "screening", stage_due_on=None)
    swept(here)
    swept(here, MONDAY + timedelta(days=10))
    assert told(here, Occasion.TURN) == [("give-date", date(2009, 3, 1), here.lead)]
    swept(here, date(2009, 4, 1))
    assert len(told(here, Occasion.TURN)) == 2
    set_row(here, tables.assessment, one, stage_since=noon(date(2009, 4, 20)))
    swept(here, date(2009, 4, 28))
    assert len(told(here, Occasion.TURN)) == 2


def test_an_outside_body_is_written_to_only_where_somebody_confirmed_who_it_is(database: Database):
    here = council(database, today=MONDAY)
    occasions.invitation(here, MONDAY + timedelta(days=7), confirmed=False)
    swept(here)
    assert told(here, Occasion.INVITATION) == []
    assert [who for _, _, who in told(here, Occasion.SILENT)] == [here.lead]


def test_where_nobody_can_be_reached_the_equality_officer_is_told(database: Database):
    here = council(database, today=MONDAY)
    found, day, rule = at(here, Occasion.TURN)
    set_row(here, tables.person, found.told, active=False)
    swept(here)
    assert told(here, Occasion.TURN) == [(rule, day, here.officer)]
    assert "Nobody who has it can be reached by mail" in sent(here, here.officer)


def test_the_head_of_service_who_came_after_gets_what_the_last_one_would_have(database: Database):
    here = council(database, today=MONDAY)
    found, day, rule = at(here, Occasion.SIGNATURE)
    swept(here)
    with here.services.database.write() as work:
        grants = tables.role_grant
        left = grants.update().where(grants.c.person_id == here.head).values(until=MONDAY)
        work.connection.execute(left)
    heir = here.person("Nia New", Role.HEAD_OF_SERVICE, department_id=here.department_id)
    swept(here, MONDAY + timedelta(days=1))
    assert told(here, Occasion.SIGNATURE) == [(rule, day, heir)]
    assert (rule, day, found.told) in told(here, Occasion.SIGNATURE, "cancelled")


def test_a_workflow_that_cannot_be_read_stops_nobodys_reminders(database: Database, tmp_path: Path):
    (tmp_path / "workflows").mkdir()
    (tmp_path / "workflows" / "ours-1.toml").write_text("title = ")
    content.lay_beside(tmp_path)
    try:
        here = council(database, today=MONDAY)
        found, day, rule = at(here, Occasion.TURN)
        swept(here)
        assert told(here, Occasion.TURN) == [(rule, day, found.told)]
    finally:
        content.lay_beside(None)
