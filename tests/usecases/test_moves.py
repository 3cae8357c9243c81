"""The one door between stages: done, refused, not ready, twice, stale, and what each move leaves behind."""

import sqlite3
from datetime import date, timedelta
from threading import Barrier, Thread
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import select

from eia.domain.errors import Invalid, NotAllowed, NotFound, NotReady, Refusal, Stale
from eia.domain.events import Event, Notice, StageChange
from eia.domain.facts import AnswerKey, AssessmentFacts, SignatureOutcome
from eia.domain.people import Grant, Role
from eia.store import sign_offs, tables
from eia.store.database import Database
from eia.store.load_facts import load_facts
from eia.usecases import audit
from eia.usecases.moves import make_clock_moves, make_move, moves_open
from tests.council import BODY, FINANCE, GROUPS, Council

CHECKED = {
    AnswerKey("quality_check", question): True
    for question in (
        "evidence_sufficient",
        "consultation_adequate",
        "impacts_explained",
        "mitigation_realistic",
        "plain_english",
    )
}
RATED = {AnswerKey("impact", "impact.rating", group): "neutral" for group in GROUPS}
RETURN = {"reasons": ("not_plain",), "comment": "Say it in words that people use."}


@pytest.fixture
def council(database: Database) -> Council:
    return Council(database)


def facts(council: Council, assessment_id: UUID):
    with council.services.database.read() as connection:
        return load_facts(connection, BODY, assessment_id)


def rows(council: Council, query):
    with council.services.database.read() as connection:
        return connection.execute(query).all()


def recommended(council: Council, **columns: object) -> UUID:
    """An assessment that the champion has just recommended for sign-off."""
    assessment_id = council.assessment("quality_review", answers=CHECKED | RATED, **columns)
    make_move(council.services, council["champion"], assessment_id, "recommend")
    return assessment_id


def sign(council: Council, name: str, assessment_id: UUID):
    return make_move(council.services, council[name], assessment_id, "sign", attested=True)


def notices(council: Council) -> list[tuple[UUID, str]]:
    found = rows(council, select(tables.outbox.c.recipient_id, tables.outbox.c.payload))
    return [(row.recipient_id, row.payload["kind"]) for row in found]


def test_a_move_changes_the_stage_and_tells_whose_turn_it_is(council: Council) -> None:
    assessment_id = council.assessment("proposed", target_raw="June 2026", target_kind="month")
    made = make_move(council.services, council["officer"], assessment_id, "schedule")
    assert (made.stage, facts(council, assessment_id).stage) == ("scheduled", "scheduled")
    assert notices(council) == [(council["lead"].id, "your_turn")]


def test_a_move_leaves_a_line_of_history_with_its_reasons_and_comment(council: Council) -> None:
    assessment_id = council.assessment("quality_review")
    make_move(council.services, council["champion"], assessment_id, "return_for_work", **RETURN)
    (line,) = rows(council, select(tables.stage_history))
    assert (line.move, line.from_stage, line.to_stage) == ("return_for_work", "quality_review", "analysis")
    assert (line.person_id, line.role) == (council["champion"].id, "champion")
    assert (line.reasons, line.comment) == (["not_plain"], RETURN["comment"])


def test_work_that_is_returned_says_so_to_its_lead(council: Council) -> None:
    assessment_id = council.assessment("quality_review")
    make_move(council.services, council["champion"], assessment_id, "return_for_work", **RETURN)
    assert notices(council) == [(council["lead"].id, "returned")]


def test_a_stage_is_due_so_many_working_days_before_the_decision(council: Council) -> None:
    assessment_id = council.assessment("quality_review", decision_on=date(2026, 9, 1))
    make_move(council.services, council["champion"], assessment_id, "return_for_work", **RETURN)
    (due,) = rows(council, select(tables.assessment.c.stage_due_on))
    assert due.stage_due_on == date(2026, 7, 23)


def test_the_comment_of_a_return_stays_out_of_the_audit_chain(council: Council) -> None:
    assessment_id = council.assessment("quality_review")
    make_move(council.services, council["champion"], assessment_id, "return_for_work", **RETURN)
    bodies = [row.body.decode() for row in rows(council, select(tables.audit_event.c.body))]
    assert not any("words that people use" in body for body in bodies)


def test_a_move_that_is_not_ready_names_every_guard_and_writes_nothing(council: Council) -> None:
    assessment_id = council.assessment("proposed", decision_body="", assigned={})
    with pytest.raises(NotReady) as refusal:
        make_move(council.services, council["officer"], assessment_id, "schedule")
    assert {unmet.guard for unmet in refusal.value.unmet} == {
        "has_lead",
        "has_decision_body",
        "has_target_date",
    }
    assert facts(council, assessment_id).row_version == 1


def test_whoever_may_not_see_an_assessment_learns_nothing_of_it(council: Council) -> None:
    assessment_id = council.assessment("quality_review")
    with pytest.raises(NotFound):
        make_move(council.services, council["stranger"], assessment_id, "recommend")


def test_an_administrator_moves_nothing(council: Council) -> None:
    assessment_id = council.assessment("quality_review")
    with pytest.raises(NotFound):
        make_move(council.services, council["administrator"], assessment_id, "recommend")


def test_a_lead_may_not_do_what_is_the_champions(council: Council) -> None:
    assessment_id = council.assessment("quality_review", answers=CHECKED)
    with pytest.raises(NotAllowed):
        make_move(council.services, council["lead"], assessment_id, "recommend")


def test_a_return_without_a_reason_is_asked_for_one(council: Council) -> None:
    assessment_id = council.assessment("quality_review")
    with pytest.raises(Invalid) as refusal:
        make_move(council.services, council["champion"], assessment_id, "return_for_work")
    assert set(refusal.value.problems) == {"reasons", "comment"}


def test_the_same_move_made_twice_is_made_once(council: Council) -> None:
    assessment_id = recommended(council)
    with pytest.raises(NotFound):
        make_move(council.services, council["champion"], assessment_id, "recommend")
    assert [row.move for row in rows(council, select(tables.stage_history.c.move))] == ["recommend"]


def test_a_move_that_leads_nowhere_from_here_does_not_exist(council: Council) -> None:
    assessment_id = council.assessment("evidence")
    with pytest.raises(NotFound):
        make_move(council.services, council["lead"], assessment_id, "submit_for_review")


def test_an_automatic_move_is_nobodys_to_make(council: Council) -> None:
    assessment_id = recommended(council)
    with pytest.raises(NotFound):
        make_move(council.services, council["director"], assessment_id, "signed_off")


def test_a_page_older_than_the_assessment_is_told_who_changed_what_and_when(council: Council) -> None:
    assessment_id = council.assessment("quality_review", answers=CHECKED)
    council.clock.go_on(hours=1, minutes=12)
    council.answer(assessment_id, RATED)
    with pytest.raises(Stale) as refusal:
        make_move(council.services, council["champion"], assessment_id, "recommend", page_version=1)
    assert refusal.value.changed == ("Lead Adeyemi changed the answers at 10:42.",)
    assert refusal.value.current_version == 2


def test_a_page_older_than_a_move_is_told_where_the_assessment_went(council: Council) -> None:
    assessment_id = recommended(council)
    with pytest.raises(Stale) as refusal:
        make_move(council.services, council["officer"], assessment_id, "withdraw", page_version=1)
    assert refusal.value.changed == ("Champion Adeyemi moved it on to Sign-off at 09:30.",)


def test_the_buttons_are_what_the_door_lets_through(council: Council) -> None:
    assessment_id = council.assessment("quality_review", answers=CHECKED)
    choices = moves_open(council.services, council["champion"], assessment_id)
    assert {choice.move.name for choice in choices if choice.is_open} >= {"recommend", "return_for_work"}
    with pytest.raises(NotFound):
        moves_open(council.services, council["stranger"], assessment_id)


# Signatures


def test_the_last_signature_that_is_needed_moves_it_on_in_the_same_breath(council: Council) -> None:
    assessment_id = recommended(council)
    first, second = sign(council, "head", assessment_id), sign(council, "director", assessment_id)
    assert (first.stage, second.stage) == ("sign_off", "follow_up")
    (approved,) = rows(council, select(tables.assessment.c.approved_on, tables.assessment.c.review_on))
    assert tuple(approved) == (date(2026, 3, 2), date(2027, 9, 1))


def test_a_signature_keeps_name_job_title_words_time_and_the_hash_of_what_was_signed(
    council: Council,
) -> None:
    assessment_id = recommended(council)
    sign(council, "head", assessment_id)
    with council.services.database.read() as connection:
        (given,) = sign_offs.of_assessment(connection, assessment_id)
    head = council["head"]
    assert (given.name, given.job_title, given.role) == (head.name, head.job_title, Role.HEAD_OF_SERVICE)
    assert (given.outcome, given.at) == (SignatureOutcome.SIGNED, council.clock.now())
    assert given.attestation.startswith("I have read this version")
    assert given.content_hash == facts(council, assessment_id).content_hash


def test_each_signatory_is_asked_in_turn(council: Council) -> None:
    assessment_id = recommended(council)
    assert notices(council) == [(council["head"].id, "signature_awaited")]
    sign(council, "head", assessment_id)
    assert notices(council)[1:] == [(council["director"].id, "signature_awaited")]


def test_a_signature_without_the_attestation_is_none(council: Council) -> None:
    assessment_id = recommended(council)
    with pytest.raises(Invalid):
        make_move(council.services, council["head"], assessment_id, "sign")
    assert facts(council, assessment_id).signatures == ()


def test_a_change_after_a_signature_makes_it_lapse_and_says_so(council: Council) -> None:
    assessment_id = recommended(council)
    sign(council, "head", assessment_id)
    council.answer(assessment_id, {AnswerKey("impact", "impact.rating", "age"): "negative"})
    (signature,) = facts(council, assessment_id).signatures
    assert signature.lapsed
    assert b"signatures_lapsed" in rows(council, select(tables.audit_event.c.body))[-1].body


def test_what_was_changed_after_it_was_recommended_cannot_be_signed(council: Council) -> None:
    assessment_id = recommended(council)
    council.answer(assessment_id, {AnswerKey("impact", "impact.rating", "age"): "negative"})
    with pytest.raises(NotReady):
        sign(council, "head", assessment_id)


def test_an_answer_of_the_quality_check_is_no_part_of_what_is_signed(council: Council) -> None:
    assessment_id = recommended(council)
    sign(council, "head", assessment_id)
    council.answer(assessment_id, {AnswerKey("quality_check", "plain_english"): False}, by="champion")
    assert not facts(council, assessment_id).signatures[0].lapsed


def test_following_an_action_up_makes_no_signature_lapse(council: Council) -> None:
    assessment_id = council.assessment("quality_review", answers=CHECKED | RATED)
    action_id = council.action(assessment_id)
    make_move(council.services, council["champion"], assessment_id, "recommend")
    sign(council, "head", assessment_id)
    sign(council, "director", assessment_id)
    with council.services.database.write() as work:
        now = facts(council, assessment_id)
        done = {"state": "done", "target_raw": "31 March 2027"}
        work.connection.execute(tables.action.update().where(tables.action.c.id == action_id).values(**done))
        work.change(
            now, Event(name="action_done", chain_id=assessment_id, actor_id=None, at=council.clock.now())
        )
    after = facts(council, assessment_id)
    assert [item.lapsed for item in after.signatures] == [False, False]
    assert after.content_hash == now.content_hash


def test_a_refusal_sends_it_back_and_ends_the_signatures_given(council: Council) -> None:
    assessment_id = recommended(council)
    sign(council, "head", assessment_id)
    council.clock.go_on(minutes=5)
    made = make_move(
        council.services,
        council["director"],
        assessment_id,
        "refuse",
        reasons=("not_satisfied",),
        comment="The evening users were not asked.",
    )
    signatures = facts(council, assessment_id).signatures
    assert made.stage == "analysis"
    assert [(item.outcome.value, item.lapsed) for item in signatures] == [
        ("signed", True),
        ("refused", False),
    ]


def test_a_signature_is_sealed_by_a_checkpoint(council: Council) -> None:
    assessment_id = recommended(council)
    sign(council, "head", assessment_id)
    assert audit.verify(council.services).checkpoints == 1


# Nobody accepts their own work


def test_an_author_who_is_also_the_champion_may_not_review_their_own(council: Council) -> None:
    both = {"lead": Role.LEAD, "champion": Role.CHAMPION}
    assessment_id = council.assessment(
        "quality_review", answers=CHECKED, authors=("lead", "champion"), assigned=both
    )
    with pytest.raises(NotAllowed, match="wrote part"):
        make_move(council.services, council["champion"], assessment_id, "recommend")


def test_an_author_made_signatory_after_submission_may_not_sign(council: Council) -> None:
    assessment_id = recommended(council)
    promoted = council.having("lead", Grant(role=Role.HEAD_OF_SERVICE, department_id=FINANCE))
    with pytest.raises(NotAllowed, match="wrote part"):
        make_move(council.services, promoted, assessment_id, "sign", attested=True)


def test_a_delegate_who_wrote_part_of_it_may_not_sign_for_somebody_else(council: Council) -> None:
    assessment_id = council.assessment("quality_review", answers=CHECKED, authors=("lead", "contributor"))
    make_move(council.services, council["champion"], assessment_id, "recommend")
    until = council.services.today() + timedelta(days=14)
    delegate = council.having(
        "contributor", Grant(role=Role.HEAD_OF_SERVICE, department_id=FINANCE, until=until)
    )
    with pytest.raises(NotAllowed):
        make_move(council.services, delegate, assessment_id, "sign", attested=True)


def test_whoever_recommended_a_version_may_not_sign_it(council: Council) -> None:
    assessment_id = recommended(council)
    promoted = council.having("champion", Grant(role=Role.HEAD_OF_SERVICE, department_id=FINANCE))
    with pytest.raises(NotAllowed, match="reviewed"):
        make_move(council.services, promoted, assessment_id, "sign", attested=True)


def test_one_person_with_both_roles_does_not_sign_twice(council: Council) -> None:
    assessment_id = recommended(council)
    sign(council, "head", assessment_id)
    both = council.having("head", Grant(role=Role.DIRECTOR, department_id=FINANCE))
    with pytest.raises(NotAllowed):
        make_move(council.services, both, assessment_id, "sign", attested=True)


# On hold, withdrawn, reviewed, reopened


def test_what_was_put_on_hold_resumes_where_it_was(council: Council) -> None:
    assessment_id = council.assessment("consultation")
    make_move(council.services, council["lead"], assessment_id, "hold", reasons=("lead_absent",))
    assert facts(council, assessment_id).held_from == "consultation"
    made = make_move(council.services, council["lead"], assessment_id, "resume")
    assert (made.stage, facts(council, assessment_id).held_from) == ("consultation", None)


def test_a_withdrawn_assessment_is_no_longer_open(council: Council) -> None:
    assessment_id = council.assessment("evidence")
    reasons = {"reasons": ("proposal_dropped",), "comment": "The saving is not needed."}
    make_move(council.services, council["lead"], assessment_id, "withdraw", **reasons)
    (row,) = rows(council, select(tables.assessment.c.is_open, tables.assessment.c.stage))
    assert tuple(row) == (False, "withdrawn")


def test_the_clock_begins_a_review_on_its_day_and_only_once(council: Council) -> None:
    due = council.assessment("follow_up", review_on=date(2026, 3, 2))
    later = council.assessment("follow_up", review_on=date(2026, 3, 3))
    assert make_clock_moves(council.services).made == 1
    assert make_clock_moves(council.services).made == 0
    assert (facts(council, due).stage, facts(council, later).stage) == ("review", "follow_up")
    assert rows(council, select(tables.stage_history.c.role, tables.stage_history.c.person_id)) == [
        ("clock", None)
    ]
    assert notices(council) == [(council["lead"].id, "your_turn")]


def test_a_reopened_assessment_goes_on_as_the_next_version(council: Council) -> None:
    answers = {AnswerKey("schedule", "purpose"): "To close one evening"} | RATED
    assessment_id = council.assessment("review", answers=answers)
    action_id = council.action(assessment_id)
    council.evidence(assessment_id, "age", action_id=action_id, is_gap=True)
    made = make_move(council.services, council["lead"], assessment_id, "reopen", reasons=("impact_worse",))
    old, new = facts(council, assessment_id), facts(council, made.assessment_id)
    assert (old.stage, new.stage, new.version) == ("superseded", "evidence", 2)
    assert new.reference == old.reference
    assert set(new.answers) == {AnswerKey("schedule", "purpose")}
    assert (new.assigned, new.authors) == (old.assigned, old.authors)
    assert [item.state.value for item in old.actions] == ["carried_forward"]
    assert [item.state.value for item in new.actions] == ["open"]
    assert new.evidence[0].action_id == new.actions[0].id
    assert audit.verify(council.services).problems == ()


# Two at once, and half way


def race(*calls) -> list[object]:
    """Every call at the same moment; what each returned or was refused with."""
    barrier, found = Barrier(len(calls)), [None] * len(calls)

    def run(place: int) -> None:
        barrier.wait()
        try:
            found[place] = calls[place]()
        except Refusal as refusal:
            found[place] = refusal

    threads = [Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_a_recommendation_and_a_return_at_the_same_moment_exactly_one_is_made(council: Council) -> None:
    assessment_id = council.assessment("quality_review", answers=CHECKED)
    seen = {"page_version": 1}
    found = race(
        lambda: make_move(council.services, council["champion"], assessment_id, "recommend", **seen),
        lambda: make_move(
            council.services, council["officer"], assessment_id, "return_for_work", **RETURN, **seen
        ),
    )
    assert sorted(isinstance(each, Refusal) for each in found) == [False, True]
    assert len(rows(council, select(tables.stage_history))) == 1
    assert audit.verify(council.services).problems == ()


@pytest.mark.parametrize("stranger_told", [True, False], ids=["the outbox", "what comes after"])
def test_a_failure_half_way_leaves_nothing_behind(council: Council, stranger_told: bool) -> None:
    assessment_id = recommended(council)
    before, told = facts(council, assessment_id), notices(council)
    nobody = Notice(kind="your_turn", recipient_id=UUID(int=1))
    with pytest.raises((RuntimeError, sqlite3.Error, psycopg.Error)):
        half_way(council, before, (nobody,) if stranger_told else ())
    assert facts(council, assessment_id) == before
    assert notices(council) == told
    assert audit.verify(council.services).problems == ()


def half_way(council: Council, seen: AssessmentFacts, told: tuple[Notice, ...]) -> None:
    """A stage, its history and its event are written; then the outbox refuses, or the machine stops."""
    with council.services.database.write() as work:
        event = Event(name="moved", chain_id=seen.id, actor_id=None, at=council.clock.now())
        stage = StageChange(move="refuse", to_stage="analysis", role=Role.DIRECTOR)
        work.change(seen, event, stage=stage, notices=told)
        raise RuntimeError("the machine stops here")
