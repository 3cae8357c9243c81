"""Whoever wrote, led or handed in an assessment neither checks nor signs it, by whatever way they try."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eia.domain.errors import Invalid, NotAllowed
from eia.domain.facts import ActionState, AnswerKey
from eia.domain.people import Grant, Role
from eia.store import tables
from eia.store.database import Database
from eia.store.load_facts import load_facts
from eia.usecases.actions import (
    ActionEntry,
    add_action,
    carry_forward,
    change_action,
    drop_action,
    read_action,
)
from eia.usecases.assigning import accept_lead, assign, share_out
from eia.usecases.leads import LeadEntry
from eia.usecases.moves import make_move
from eia.usecases.rescheduling import ScheduleChange, change_schedule
from tests.council import BODY, GROUPS, Council
from tests.usecases.test_moves import CHECKED, RATED, recommended, sign

SETTLED = {
    **{AnswerKey("screening", "relevance.relevance", group): "not_relevant" for group in GROUPS},
    **{AnswerKey("impact", aim): "Said." for aim in ("aim_eliminate", "aim_advance", "aim_foster")},
    AnswerKey("outcome", "recommended_outcome"): "proceed",
    AnswerKey("outcome", "outcome_reason"): "It does no harm.",
}
LED_BY_THE_OFFICER = {"officer": Role.LEAD, "champion": Role.CHAMPION}
PROMISE = ActionEntry(
    text="Build a ramp", target="1 May 2027", leads=(LeadEntry(name="Works"),), outcome="In"
)


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


def facts(council: Council, assessment_id):
    with council.services.database.read() as connection:
        return load_facts(connection, BODY, assessment_id)


def schedule(council: Council, assessment_id, name: str, **changes: object) -> None:
    now = facts(council, assessment_id)
    said = ScheduleChange(
        title=now.title, decision_body="Cabinet", decision_on=now.decision_on, target="", priority=None
    )
    version = now.row_version
    change_schedule(
        council.services, council[name], assessment_id, replace(said, **changes), page_version=version
    )


def test_a_lead_who_left_the_writing_to_others_does_not_recommend_it_as_equality_officer(council) -> None:
    assessment_id = council.assessment(
        "quality_review", answers=CHECKED, authors=("contributor",), assigned=LED_BY_THE_OFFICER
    )
    with pytest.raises(NotAllowed):
        make_move(council.services, council["officer"], assessment_id, "recommend")


def test_whoever_handed_it_in_does_not_check_it_after_passing_the_lead_on(council) -> None:
    assessment_id = council.assessment(
        "analysis", answers=SETTLED | CHECKED, authors=("contributor",), assigned=LED_BY_THE_OFFICER
    )
    make_move(council.services, council["officer"], assessment_id, "submit_for_review")
    assign(council.services, council["officer"], assessment_id, Role.LEAD, [council["lead"].id])
    with pytest.raises(NotAllowed):
        make_move(council.services, council["officer"], assessment_id, "recommend")


def test_a_head_of_service_who_leads_it_does_not_sign_it(council) -> None:
    led = {"head": Role.LEAD, "champion": Role.CHAMPION}
    assessment_id = recommended(council, authors=("contributor",), assigned=led)
    with pytest.raises(NotAllowed):
        sign(council, "head", assessment_id)


def test_whoever_wrote_it_once_does_not_choose_who_checks_it_later(council) -> None:
    assessment_id = council.assessment("analysis", authors=("head",))
    with pytest.raises(NotAllowed):
        assign(council.services, council["head"], assessment_id, Role.CHAMPION, [council["stranger"].id])


@pytest.mark.parametrize("close", [drop_action, carry_forward])
def test_what_is_promised_is_not_dropped_while_it_waits_for_signatures(council, close) -> None:
    assessment_id = council.assessment("analysis", answers=CHECKED | RATED)
    action_id = add_action(council.services, council["lead"], assessment_id, PROMISE)
    with council.services.database.write() as work:
        work.connection.exec_driver_sql("UPDATE assessment SET stage = 'quality_review'")
    make_move(council.services, council["champion"], assessment_id, "recommend")
    sign(council, "head", assessment_id)
    with pytest.raises(NotAllowed):
        close(council.services, council["lead"], action_id, "No money")
    assert read_action(council.services, council["officer"], action_id).state is ActionState.OPEN


def approved_with_a_promise(council: Council):
    assessment_id = council.assessment("analysis", answers=CHECKED | RATED)
    action_id = add_action(council.services, council["lead"], assessment_id, PROMISE)
    with council.services.database.write() as work:
        work.connection.exec_driver_sql("UPDATE assessment SET stage = 'quality_review'")
    make_move(council.services, council["champion"], assessment_id, "recommend")
    sign(council, "head", assessment_id)
    sign(council, "director", assessment_id)
    return assessment_id, action_id


def test_the_words_of_a_promise_stay_as_they_were_signed(council) -> None:
    _, action_id = approved_with_a_promise(council)
    version = read_action(council.services, council["lead"], action_id).row_version
    weaker = replace(PROMISE, text="Think about a ramp")
    with pytest.raises(Invalid):
        change_action(council.services, council["lead"], action_id, weaker, page_version=version)


def test_a_promise_can_pass_to_another_lead_after_it_was_signed(council) -> None:
    _, action_id = approved_with_a_promise(council)
    version = read_action(council.services, council["lead"], action_id).row_version
    passed_on = replace(PROMISE, leads=(LeadEntry(name="Estates"),))
    change_action(council.services, council["lead"], action_id, passed_on, page_version=version)
    (lead,) = read_action(council.services, council["lead"], action_id).leads
    assert lead.party.name == "Estates"


def test_a_promise_that_was_signed_can_be_dropped_with_a_reason_while_it_is_followed_up(council) -> None:
    _, action_id = approved_with_a_promise(council)
    drop_action(council.services, council["lead"], action_id, "The building is sold")
    assert read_action(council.services, council["officer"], action_id).state is ActionState.DROPPED


def test_the_title_under_which_it_was_signed_stays(council) -> None:
    assessment_id, _ = approved_with_a_promise(council)
    with pytest.raises(Invalid):
        schedule(council, assessment_id, "lead", title="Something else entirely")
    assert not any(each.lapsed for each in facts(council, assessment_id).signatures)


def test_the_day_of_the_decision_can_move_after_the_signatures(council) -> None:
    assessment_id, _ = approved_with_a_promise(council)
    schedule(council, assessment_id, "lead", decision_on=date(2026, 10, 1))
    assert facts(council, assessment_id).decision_on == date(2026, 10, 1)


def test_whoever_only_returned_it_does_not_sign_it_when_another_recommends_it(council) -> None:
    assessment_id = council.assessment("quality_review", answers=CHECKED)
    both = council.having("head", Grant(role=Role.EQUALITY_OFFICER))
    make_move(
        council.services,
        both,
        assessment_id,
        "return_for_work",
        reasons=["impacts_unexplained"],
        comment="Why?",
    )
    with council.services.database.write() as work:
        work.connection.exec_driver_sql("UPDATE assessment SET stage = 'quality_review'")
    make_move(council.services, council["champion"], assessment_id, "recommend")
    with pytest.raises(NotAllowed):
        sign(council, "head", assessment_id)


def test_whoever_only_answered_the_checklist_does_not_sign_it(council) -> None:
    assessment_id = council.assessment("quality_review", answers=CHECKED)
    with council.services.database.write() as work:
        work.connection.execute(
            tables.answer.update()
            .where(tables.answer.c.form == "quality_check")
            .values(written_by=council["head"].id)
        )
    make_move(council.services, council["champion"], assessment_id, "recommend")
    assert council["head"].id in facts(council, assessment_id).reviewers
    with pytest.raises(NotAllowed):
        sign(council, "head", assessment_id)


def test_nobody_accepts_to_lead_what_is_over(council) -> None:
    assessment_id = council.assessment("withdrawn", is_open=False, lead_accepted_at=None)
    with pytest.raises(NotAllowed):
        accept_lead(council.services, council["lead"], assessment_id)


def test_a_contributor_who_was_asked_to_write_other_sections_does_not_reschedule_it(council) -> None:
    shared = {"lead": Role.LEAD, "champion": Role.CHAMPION, "stranger": Role.CONTRIBUTOR}
    assessment_id = council.assessment("analysis", assigned=shared)
    schedule(council, assessment_id, "stranger", decision_body="Council")
    share_out(council.services, council["lead"], assessment_id, {council["stranger"].id: ["impact"]})
    with pytest.raises(NotAllowed):
        schedule(council, assessment_id, "stranger", decision_body="Cabinet")
    share_out(council.services, council["lead"], assessment_id, {council["stranger"].id: ["schedule"]})
    schedule(council, assessment_id, "stranger", decision_body="Cabinet")
