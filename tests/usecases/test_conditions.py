"""Whoever approved subject to an action hears when it slips; and slips are counted."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from eia.domain.errors import Invalid
from eia.domain.facts import ActionState
from eia.domain.slips import Slips
from eia.store import actions as rows
from eia.store import conditions
from eia.store.database import Database
from eia.store.tables import outbox, sign_off
from eia.usecases import action_progress as progress
from eia.usecases.action_pages import action_page
from eia.usecases.actions import carry_forward, drop_action, read_action
from eia.usecases.moves import make_move
from eia.usecases.record import record
from eia.usecases.record_answers import Wording
from eia.usecases.sign_off import sign, sign_off_page
from tests.council import Council
from tests.usecases.test_moves import CHECKED

BY = date(2027, 5, 1)
WORDING = Wording(say=lambda english, _: english, day=str, yes="Yes", no="No", not_answered="-")


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


@pytest.fixture
def recommended(council: Council):
    return council.assessment("quality_review", answers=CHECKED)


@pytest.fixture
def action_id(council: Council, recommended):
    made = council.action(
        recommended,
        lead="contributor",
        target_raw="1 May 2027",
        target_kind="day",
        target_earliest=BY,
        target_latest=BY,
    )
    make_move(council.services, council["champion"], recommended, "recommend")
    return made


def signed(council: Council, assessment_id, name: str, *subject_to):
    version = sign_off_page(council.services, council[name], assessment_id).facts.row_version
    return sign(
        council.services,
        council[name],
        assessment_id,
        page_version=version,
        attested=True,
        subject_to=subject_to,
    )


@pytest.fixture
def approved(council: Council, recommended, action_id):
    signed(council, recommended, "head", action_id)
    signed(council, recommended, "director")
    return action_id


def told(council: Council) -> list[tuple[str, object]]:
    """Who was told of what became of a condition, oldest first."""
    with council.services.database.read() as connection:
        found = connection.execute(
            select(outbox.c.payload, outbox.c.recipient_id).order_by(outbox.c.created_at)
        )
        said = [(row.payload.get("kind", ""), row.recipient_id) for row in found]
    return [each for each in said if each[0].startswith("condition")]


# Signed.


def test_a_signature_says_which_actions_it_is_subject_to(council, recommended, action_id) -> None:
    signed(council, recommended, "head", action_id)
    page = sign_off_page(council.services, council["director"], recommended)
    assert [[each.action_id for each in page.conditions[given.id]] for given in page.signatures] == [
        [action_id]
    ]


def test_the_action_says_whose_approval_is_subject_to_it(council, approved) -> None:
    page = action_page(council.services, council["contributor"], approved)
    assert [each.person_id for each in page.approvers] == [council["head"].id]
    assert page.action.is_condition


def test_an_approval_cannot_be_subject_to_what_is_promised_elsewhere(council, recommended, action_id) -> None:
    elsewhere = council.action(council.assessment("analysis"))
    for unknown in (elsewhere, uuid4()):
        with pytest.raises(Invalid) as refusal:
            signed(council, recommended, "head", unknown)
        assert set(refusal.value.problems) == {"subject_to"}
    with council.services.database.read() as connection:
        assert connection.execute(select(sign_off.c.id)).all() == []


def test_nothing_is_said_to_whoever_approved_without_a_condition(council, approved) -> None:
    progress.delayed(council.services, council["contributor"], approved, "The builder is ill")
    assert council["director"].id not in {person_id for _, person_id in told(council)}


# Slipped.


def test_whoever_approved_hears_that_it_is_delayed_has_moved_and_is_dropped(council, approved) -> None:
    progress.delayed(council.services, council["contributor"], approved, "The builder is ill")
    council.clock.go_on(days=1)
    progress.move_target(council.services, council["contributor"], approved, "1 June 2027", "Still ill")
    council.clock.go_on(days=1)
    drop_action(council.services, council["lead"], approved, "There is no money")
    kinds = ["condition_delayed", "condition_moved", "condition_dropped"]
    assert told(council) == [(kind, council["head"].id) for kind in kinds]


def test_whoever_approved_hears_that_it_goes_on_elsewhere(council, approved) -> None:
    carry_forward(council.services, council["lead"], approved, "In next year's plan")
    assert told(council) == [("condition_carried", council["head"].id)]


@pytest.mark.parametrize(("done_on", "heard"), [(BY, []), (date(2027, 5, 2), ["condition_late"])])
def test_whoever_approved_hears_only_of_what_is_done_late(council, approved, done_on, heard) -> None:
    council.clock.go_on(days=500)
    progress.mark_done(council.services, council["contributor"], approved, "Photograph", done_on=done_on)
    progress.verify(council.services, council["officer"], approved)
    assert [kind for kind, _ in told(council)] == heard


def test_being_on_track_is_no_news(council, approved) -> None:
    progress.on_track(council.services, council["contributor"], approved, "Half of it is there")
    assert told(council) == []


def test_nobody_is_told_of_what_they_did_themselves(council, approved) -> None:
    drop_action(council.services, council["head"], approved, "There is no money")
    assert told(council) == []


def test_whose_signature_has_lapsed_is_told_no_more(council, approved) -> None:
    with council.services.database.write() as work:
        work.connection.execute(sign_off.update().values(lapsed=True))
    progress.delayed(council.services, council["contributor"], approved, "The builder is ill")
    assert told(council) == []


def test_a_promise_carried_over_is_still_what_was_approved(council, approved) -> None:
    copy = council.action(council.assessment("analysis"), carried_from=approved)
    with council.services.database.read() as connection:
        assert [each.person_id for each in conditions.approvers(connection, copy)] == [council["head"].id]


# Counted.


def test_every_later_date_is_counted_and_an_earlier_one_makes_up_for_nothing(council, approved) -> None:
    for words in ("31 May 2027", "1 May 2027", "11 May 2027"):
        progress.move_target(council.services, council["contributor"], approved, words, "Because")
    assert read_action(council.services, council["officer"], approved).slips == Slips(times=2, days=40)


def test_to_give_up_the_day_counts_and_a_first_day_does_not(council, approved) -> None:
    for words in ("ongoing", "1 May 2028"):
        progress.move_target(council.services, council["contributor"], approved, words, "Because")
    assert read_action(council.services, council["officer"], approved).slips == Slips(times=1, days=0)


def test_a_move_without_a_reason_is_not_made_and_not_counted(council, approved) -> None:
    with pytest.raises(Invalid):
        progress.move_target(council.services, council["contributor"], approved, "1 June 2027", " ")
    item = read_action(council.services, council["officer"], approved)
    assert (item.target.latest, item.slips) == (BY, Slips())


def test_what_slipped_is_listed_with_the_assessments_actions(council, recommended, approved) -> None:
    progress.move_target(council.services, council["contributor"], approved, "2 May 2027", "Because")
    with council.services.database.read() as connection:
        (item,) = rows.of_assessment(connection, recommended)
    assert (item.slips, item.is_condition, item.state) == (Slips(times=1, days=1), True, ActionState.OPEN)


def test_the_record_shows_conditions_and_slips(council, recommended, approved) -> None:
    progress.move_target(council.services, council["contributor"], approved, "2 May 2027", "Because")
    item = read_action(council.services, council["officer"], approved)
    found = record(council.services, council["officer"], recommended, wording=WORDING)
    assert {each.name: each.subject_to for each in found.signatures} == {
        council["head"].name: (item.text,),
        council["director"].name: (),
    }
    assert [(each.slips, each.slip_days) for each in found.promises] == [(1, 1)]
