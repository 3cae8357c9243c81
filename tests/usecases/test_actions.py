"""Actions are promised, put into other words, moved, done, verified by another, or dropped with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from eia.domain.action import LeadRole, ProgressKind
from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.facts import ActionState
from eia.domain.people import Role
from eia.domain.target_date import TargetKind
from eia.store import actions as rows
from eia.store.database import Database
from eia.store.evidence import of_assessment as evidence_of
from eia.usecases import action_progress as progress
from eia.usecases.action_pages import action_page, assessment_actions, my_actions_page
from eia.usecases.actions import (
    NOT_OPEN,
    ActionEntry,
    add_action,
    carry_forward,
    change_action,
    drop_action,
    read_action,
)
from eia.usecases.leads import LeadEntry
from tests.council import Council

BY_THE_LEAD = ActionEntry(
    text="Put a hearing loop at the desk",
    target="31 March 2027",
    leads=(LeadEntry(name="Whoever runs the desk"),),
    outcome="Everybody hears",
)


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


@pytest.fixture
def assessment_id(council: Council):
    return council.assessment("analysis")


def led_by(council: Council, name: str) -> ActionEntry:
    person = council[name]
    return replace(BY_THE_LEAD, leads=(LeadEntry(name=person.name, person_id=person.id),))


@pytest.fixture
def action_id(council: Council, assessment_id):
    return add_action(council.services, council["lead"], assessment_id, led_by(council, "contributor"))


def state(council: Council, action_id) -> ActionState:
    return read_action(council.services, council["officer"], action_id).state


# Promised.


def test_a_new_action_keeps_the_date_as_written_and_as_understood(council, action_id) -> None:
    item = read_action(council.services, council["lead"], action_id)
    assert item.target.raw == "31 March 2027"
    assert item.target.latest == date(2027, 3, 31)
    assert item.state is ActionState.OPEN


def test_a_chosen_person_is_confirmed_by_being_chosen(council, action_id) -> None:
    item = read_action(council.services, council["lead"], action_id)
    assert item.lead_people() == {council["contributor"].id}


def test_a_typed_name_reaches_nobody_until_somebody_says_who_it_is(council, assessment_id) -> None:
    made = add_action(council.services, council["lead"], assessment_id, BY_THE_LEAD)
    item = read_action(council.services, council["lead"], made)
    assert [lead.party.name for lead in item.leads] == ["Whoever runs the desk"]
    assert item.lead_people() == frozenset()


def test_choosing_a_person_says_nothing_about_a_name_that_somebody_only_typed(council, assessment_id) -> None:
    name = council["contributor"].name
    typed = replace(BY_THE_LEAD, leads=(LeadEntry(name=name),))
    first = add_action(council.services, council["lead"], assessment_id, typed)
    add_action(council.services, council["lead"], assessment_id, led_by(council, "contributor"))
    assert read_action(council.services, council["lead"], first).lead_people() == frozenset()


def test_two_people_of_one_name_stay_two(council, assessment_id) -> None:
    twin = replace(council["contributor"], id=council["head"].id)
    first = add_action(council.services, council["lead"], assessment_id, led_by(council, "contributor"))
    entry = replace(BY_THE_LEAD, leads=(LeadEntry(name=twin.name, person_id=twin.id),))
    second = add_action(council.services, council["lead"], assessment_id, entry)
    assert read_action(council.services, council["lead"], first).lead_people() == {council["contributor"].id}
    assert read_action(council.services, council["lead"], second).lead_people() == {council["head"].id}


def test_somebody_of_nowhere_cannot_be_chosen(council, assessment_id) -> None:
    entry = replace(BY_THE_LEAD, leads=(LeadEntry(name="A Stranger", person_id=uuid4()),))
    with pytest.raises(Invalid) as refusal:
        add_action(council.services, council["lead"], assessment_id, entry)
    assert set(refusal.value.problems) == {"lead"}


def test_an_action_says_what_who_and_by_when(council, assessment_id) -> None:
    with pytest.raises(Invalid) as refusal:
        add_action(
            council.services, council["lead"], assessment_id, ActionEntry(text=" ", target="", leads=())
        )
    assert set(refusal.value.problems) == {"text", "lead", "target"}


def test_a_contributor_does_not_promise_for_the_lead(council) -> None:
    shared = council.assessment("analysis", assigned={"lead": Role.LEAD, "contributor": Role.CONTRIBUTOR})
    with pytest.raises(NotAllowed):
        add_action(council.services, council["contributor"], shared, BY_THE_LEAD)


def test_nobody_promises_while_it_is_being_reviewed(council) -> None:
    reviewed = council.assessment("quality_review")
    with pytest.raises(NotAllowed):
        add_action(council.services, council["lead"], reviewed, BY_THE_LEAD)


def test_to_a_stranger_there_is_no_such_action(council, action_id) -> None:
    with pytest.raises(NotFound):
        action_page(council.services, council["stranger"], action_id)


def test_an_action_closes_the_gap_that_it_was_added_for(council, assessment_id) -> None:
    gap = council.evidence(assessment_id, "race", is_gap=True, kind="gap")
    made = add_action(council.services, council["lead"], assessment_id, BY_THE_LEAD, closes_gap=gap)
    with council.services.database.read() as connection:
        assert [item.action_id for item in evidence_of(connection, assessment_id)] == [made]


def test_a_source_is_no_gap_to_close_and_nothing_is_promised_then(council, assessment_id) -> None:
    source = council.evidence(assessment_id, "race")
    with pytest.raises(NotFound):
        add_action(council.services, council["lead"], assessment_id, BY_THE_LEAD, closes_gap=source)
    assert assessment_actions(council.services, council["lead"], assessment_id).items == ()


# In other words.


def test_other_words_keep_the_people_who_support_it(council, assessment_id) -> None:
    entry = replace(
        BY_THE_LEAD,
        leads=(*BY_THE_LEAD.leads, LeadEntry(name="The county", role=LeadRole.SUPPORT)),
    )
    made = add_action(council.services, council["lead"], assessment_id, entry)
    changed = replace(led_by(council, "head"), text="Put two loops at the desk")
    change_action(council.services, council["lead"], made, changed, page_version=1)
    item = read_action(council.services, council["lead"], made)
    assert item.text == "Put two loops at the desk"
    assert {(lead.party.name, lead.role.value) for lead in item.leads} == {
        (council["head"].name, "lead"),
        ("The county", "support"),
    }


def test_words_that_somebody_changed_meanwhile_are_not_written_over(council, action_id) -> None:
    change_action(council.services, council["lead"], action_id, BY_THE_LEAD, page_version=1)
    with pytest.raises(Stale):
        change_action(council.services, council["lead"], action_id, BY_THE_LEAD, page_version=1)


def test_a_date_may_still_be_put_otherwise_before_the_assessment_is_approved(council, action_id) -> None:
    later = replace(BY_THE_LEAD, target="30 June 2027")
    change_action(council.services, council["lead"], action_id, later, page_version=1)
    assert read_action(council.services, council["lead"], action_id).target.latest == date(2027, 6, 30)


def test_an_approved_date_moves_only_with_a_reason(council) -> None:
    approved = council.assessment("follow_up", approved_on=date(2026, 2, 1))
    made = add_action(council.services, council["lead"], approved, BY_THE_LEAD)
    later = replace(BY_THE_LEAD, target="30 June 2027")
    with pytest.raises(Invalid) as refusal:
        change_action(council.services, council["lead"], made, later, page_version=1)
    assert set(refusal.value.problems) == {"target"}


# Followed to its outcome.


def test_on_track_is_a_note_and_changes_nothing_else(council, action_id) -> None:
    progress.on_track(council.services, council["contributor"], action_id, "")
    page = action_page(council.services, council["contributor"], action_id)
    assert [note.kind for note in page.progress] == [ProgressKind.ON_TRACK]
    assert page.action.state is ActionState.OPEN


def test_delayed_says_why_and_leaves_the_promise(council, action_id) -> None:
    with pytest.raises(Invalid):
        progress.delayed(council.services, council["contributor"], action_id, " ")
    progress.delayed(council.services, council["contributor"], action_id, "The part is on order.")
    assert read_action(council.services, council["lead"], action_id).target.raw == "31 March 2027"


def test_a_moved_date_leaves_the_old_one_to_be_read(council, action_id) -> None:
    progress.move_target(council.services, council["contributor"], action_id, "summer 2027", "No stock.")
    page = action_page(council.services, council["contributor"], action_id)
    assert page.action.target.kind is TargetKind.SEASON
    assert page.progress[0].note == "31 March 2027 → summer 2027. No stock."


def test_done_needs_something_that_shows_it(council, action_id) -> None:
    with pytest.raises(Invalid):
        progress.mark_done(council.services, council["contributor"], action_id, "")
    assert state(council, action_id) is ActionState.OPEN


def test_nothing_is_done_tomorrow(council, action_id) -> None:
    tomorrow = council.services.today() + timedelta(days=1)
    with pytest.raises(Invalid):
        progress.mark_done(
            council.services, council["contributor"], action_id, "See the desk", done_on=tomorrow
        )


def test_done_twice_is_refused_the_second_time(council, action_id) -> None:
    progress.mark_done(council.services, council["contributor"], action_id, "See the desk")
    with pytest.raises(NotAllowed, match=NOT_OPEN):
        progress.mark_done(council.services, council["contributor"], action_id, "See the desk")


def test_the_assessments_lead_does_not_speak_for_the_actions_lead(council, action_id) -> None:
    with pytest.raises(NotAllowed):
        progress.on_track(council.services, council["lead"], action_id, "")


def test_whoever_says_it_is_done_never_verifies_it_whatever_else_they_are(council, action_id) -> None:
    progress.mark_done(council.services, council["officer"], action_id, "See the desk")
    with pytest.raises(NotAllowed, match=progress.YOU_CLOSED_IT):
        progress.verify(council.services, council["officer"], action_id)
    progress.verify(council.services, council["head"], action_id, "I looked.")
    assert state(council, action_id) is ActionState.VERIFIED


def test_what_is_not_done_cannot_be_verified(council, action_id) -> None:
    with pytest.raises(NotAllowed):
        progress.verify(council.services, council["head"], action_id)


def test_an_action_that_is_sent_back_is_open_again_and_can_be_done_again(council, action_id) -> None:
    progress.mark_done(council.services, council["contributor"], action_id, "See the desk")
    progress.not_verified(council.services, council["head"], action_id, "It does not work.")
    progress.mark_done(council.services, council["contributor"], action_id, "Repaired")
    assert state(council, action_id) is ActionState.DONE


@pytest.mark.parametrize(
    ("verb", "after"), [(drop_action, ActionState.DROPPED), (carry_forward, ActionState.CARRIED_FORWARD)]
)
def test_an_action_is_given_up_only_with_a_reason_and_once(council, action_id, verb, after) -> None:
    with pytest.raises(Invalid):
        verb(council.services, council["lead"], action_id, "")
    verb(council.services, council["lead"], action_id, "No money.")
    assert state(council, action_id) is after
    with pytest.raises(NotAllowed, match=NOT_OPEN):
        verb(council.services, council["lead"], action_id, "No money.")


def test_the_actions_lead_does_not_drop_it(council, action_id) -> None:
    with pytest.raises(NotAllowed):
        drop_action(council.services, council["contributor"], action_id, "Too hard.")


# Lists.


def test_my_actions_begin_with_what_is_late_and_end_with_what_has_no_day(council, assessment_id) -> None:
    for target in ("ongoing", "30 June 2026", "31 January 2026", "31 March 2026"):
        entry = replace(led_by(council, "contributor"), target=target)
        add_action(council.services, council["lead"], assessment_id, entry)
    mine = my_actions_page(council.services, council["contributor"])
    assert [item.target.raw for item in mine.overdue] == ["31 January 2026"]
    assert [item.target.raw for item in mine.next] == ["31 March 2026", "30 June 2026"]
    assert [item.target.raw for item in mine.undated] == ["ongoing"]


def test_what_goes_on_is_never_overdue_however_old_its_plan(council, action_id) -> None:
    with council.services.database.read() as connection:
        item = rows.one(connection, council["lead"].body_id, action_id)
    over = date(2011, 3, 31)
    ongoing = replace(item.target, kind=TargetKind.ONGOING, earliest=None, latest=over)
    assert replace(item, target=replace(item.target, earliest=over, latest=over)).is_overdue(date(2026, 3, 2))
    assert not replace(item, target=ongoing).is_overdue(date(2026, 3, 2))
