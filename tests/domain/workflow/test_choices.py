from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from eia.domain.errors import Invalid, NotAllowed, NotFound, NotReady
from eia.domain.facts import AssessmentFacts, SignatureOutcome
from eia.domain.people import Actor, Role
from eia.domain.workflow.choices import (
    NOT_YOUR_TURN,
    NOT_YOURS,
    THE_CLOCK,
    Choice,
    Decision,
    decide,
    open_moves,
    subject_of,
)
from eia.domain.workflow.definition import Effect, WorkflowDefinition
from tests.domain.workflow.planted import ENGLAND, data, loaded, move
from tests.factories import (
    BODY,
    CHAMPION,
    DIRECTOR,
    HEAD,
    LEAD,
    TODAY,
    a_request,
    a_signature,
    an_action,
    an_actor,
    an_id,
    answers,
    facts,
    recommended,
    screened,
    the_champion,
    the_director,
    the_head,
    the_lead,
    the_officer,
    whole,
)


def made(
    given: AssessmentFacts,
    actor: Actor | None,
    name: str,
    definition: WorkflowDefinition = ENGLAND,
    **request: Any,
) -> Decision:
    return decide(definition, given, actor, name, a_request(actor, **request))


def seen(given: AssessmentFacts, actor: Actor | None, *, everyone: bool = False) -> Mapping[str, Choice]:
    return {
        choice.move.name: choice for choice in open_moves(ENGLAND, given, actor, TODAY, everyone=everyone)
    }


def refusal(given: AssessmentFacts, actor: Actor | None, name: str, **request: Any) -> str:
    with pytest.raises(NotAllowed) as caught:
        made(given, actor, name, **request)
    return caught.value.reason


def test_a_move_that_is_ready_is_decided() -> None:
    decision = made(facts(), the_officer(), "schedule")
    assert (decision.from_stage, decision.to_stage, decision.role) == (
        "proposed",
        "scheduled",
        Role.EQUALITY_OFFICER,
    )


def test_a_decision_is_recorded_as_a_change_of_stage() -> None:
    given = whole("quality_review")
    decision = made(
        given, the_champion(), "return_for_work", reasons=("not_plain",), comment=" Shorter, please. "
    )
    change = decision.stage_change()
    assert (change.move, change.to_stage, change.role) == ("return_for_work", "analysis", Role.CHAMPION)
    assert (change.reasons, change.comment) == (("not_plain",), "Shorter, please.")


def test_a_move_from_another_stage_is_not_found() -> None:
    with pytest.raises(NotFound):
        made(facts(), the_officer(), "close")


def test_nobody_makes_an_automatic_move_by_hand() -> None:
    with pytest.raises(NotFound):
        made(recommended(), the_director(), "signed_off")


def test_a_person_without_the_role_is_refused() -> None:
    assert refusal(facts(), the_lead(), "schedule") == NOT_YOURS


def test_a_role_in_another_department_is_no_role_here() -> None:
    stranger = an_actor("stranger", Role.HEAD_OF_SERVICE, department_id=an_id("transport"))
    assert refusal(recommended(), stranger, "sign", attested=True) == NOT_YOURS


def test_a_role_in_another_body_is_no_role_here() -> None:
    assert refusal(facts(body_id=an_id("another body")), the_officer(), "schedule") == NOT_YOURS


def test_a_lead_of_another_assessment_is_refused() -> None:
    assert refusal(whole("scheduled"), an_actor("another lead"), "begin_screening") == NOT_YOURS


def test_a_role_that_the_person_does_not_hold_cannot_be_claimed() -> None:
    assert refusal(recommended(), the_head(), "sign", role=Role.DIRECTOR, attested=True) == NOT_YOURS


def test_a_request_cannot_speak_for_somebody_else() -> None:
    given = whole("quality_review", authors=frozenset({LEAD, CHAMPION}))
    request = a_request(the_lead(), actor_id=an_id("nobody"))
    with pytest.raises(NotAllowed):
        decide(ENGLAND, given, the_champion(), "recommend", request)


def test_a_move_that_is_not_ready_tells_everything_that_is_missing() -> None:
    with pytest.raises(NotReady) as caught:
        made(facts(stage="screening"), the_lead(), "submit_screening")
    assert [item.guard for item in caught.value.unmet] == [
        "grid_answered",
        "grid_explained",
        "answered",
        "answered",
    ]


@pytest.mark.parametrize(
    ("request_parts", "wrong"),
    [
        ({}, {"reasons", "comment"}),
        ({"reasons": ("not_plain",)}, {"comment"}),
        ({"comment": "Shorter."}, {"reasons"}),
        ({"reasons": ("refusal",), "comment": "Shorter."}, {"reasons"}),
        ({"reasons": ("not_plain", "made_up"), "comment": "Shorter."}, {"reasons"}),
        ({"reasons": ("not_plain",), "comment": "  "}, {"comment"}),
    ],
)
def test_a_return_needs_a_reason_of_the_list_and_a_comment(
    request_parts: dict[str, Any], wrong: set[str]
) -> None:
    with pytest.raises(Invalid) as caught:
        made(whole("quality_review"), the_champion(), "return_for_work", **request_parts)
    assert set(caught.value.problems) == wrong


def test_a_signature_needs_the_attestation() -> None:
    with pytest.raises(Invalid) as caught:
        made(recommended(), the_head(), "sign")
    assert set(caught.value.problems) == {"attested"}


def test_an_author_who_is_also_the_champion_may_not_review_their_own() -> None:
    given = whole("quality_review", authors=frozenset({CHAMPION}))
    assert refusal(given, the_champion(), "recommend").startswith("You wrote part of this version")


@pytest.mark.parametrize(
    "name", ["screen_out", "screen_out_with_mitigation", "require_full", "return_screening"]
)
def test_whoever_wrote_the_screening_does_not_decide_on_it(name: str) -> None:
    given = whole("screening_review", authors=frozenset({CHAMPION}))
    assert refusal(given, the_champion(), name).startswith("You wrote part of this version")


def test_an_author_who_is_also_an_approver_may_not_approve_their_own() -> None:
    given = recommended(authors=frozenset({LEAD, HEAD}))
    assert refusal(given, the_head(), "sign", attested=True).startswith("You wrote part of this version")


def test_an_author_may_not_refuse_their_own_either() -> None:
    given = recommended(authors=frozenset({LEAD, HEAD}))
    assert refusal(given, the_head(), "refuse").startswith("You wrote part of this version")


def test_the_reviewer_may_not_sign() -> None:
    given = recommended(reviewers=frozenset({HEAD}))
    assert refusal(given, the_head(), "sign", attested=True).startswith("You reviewed this version")


def test_one_person_with_both_roles_gives_one_signature() -> None:
    both = an_actor("head", Role.HEAD_OF_SERVICE, Role.DIRECTOR)
    assert made(recommended(), both, "sign", attested=True).role is Role.HEAD_OF_SERVICE
    signed = recommended(signatures=(a_signature(HEAD, Role.HEAD_OF_SERVICE),))
    assert refusal(signed, both, "sign", attested=True) == "You have signed this version already."


def test_nobody_signs_what_changed_after_it_was_recommended() -> None:
    with pytest.raises(NotReady) as caught:
        made(recommended(content_hash="d" * 64), the_head(), "sign", attested=True)
    assert [item.guard for item in caught.value.unmet] == ["unchanged_since_recommended"]


def test_the_director_waits_for_the_head_of_service() -> None:
    assert refusal(recommended(), the_director(), "sign", attested=True) == NOT_YOUR_TURN


def test_the_first_signature_leaves_the_assessment_where_it_is() -> None:
    decision = made(recommended(), the_head(), "sign", attested=True)
    assert (decision.to_stage, decision.followed_by) == ("sign_off", None)
    assert decision.effects == (Effect.SIGNATURE,)


def test_the_last_signature_takes_it_on_by_itself() -> None:
    signed = recommended(signatures=(a_signature(HEAD, Role.HEAD_OF_SERVICE),))
    decision = made(signed, the_director(), "sign", attested=True)
    assert decision.followed_by is not None
    assert (decision.to_stage, decision.followed_by.name) == ("follow_up", "signed_off")
    assert decision.effects == (Effect.SIGNATURE, Effect.APPROVAL)


@pytest.mark.parametrize(
    "changes", [{"lapsed": True}, {"content_hash": "d" * 64}, {"outcome": SignatureOutcome.REFUSED}]
)
def test_a_signature_that_lapsed_does_not_make_way_for_the_next(changes: dict[str, Any]) -> None:
    lapsed = recommended(signatures=(a_signature(HEAD, Role.HEAD_OF_SERVICE, **changes),))
    assert refusal(lapsed, the_director(), "sign", attested=True) == NOT_YOUR_TURN


def with_signatures(**signatures: object) -> WorkflowDefinition:
    changed = data()
    move(changed, "sign")["signatures"] = {"roles": ["head_of_service", "director"], **signatures}
    return loaded(changed)


def test_where_any_may_sign_one_signature_is_enough() -> None:
    decision = made(recommended(), the_director(), "sign", with_signatures(mode="any"), attested=True)
    assert decision.to_stage == "follow_up"


def test_where_all_sign_in_any_order_the_director_may_go_first() -> None:
    decision = made(recommended(), the_director(), "sign", with_signatures(mode="all"), attested=True)
    assert (decision.to_stage, decision.role) == ("sign_off", Role.DIRECTOR)


def test_a_quorum_is_enough() -> None:
    definition = with_signatures(mode="quorum", quorum=1)
    assert made(recommended(), the_head(), "sign", definition, attested=True).to_stage == "follow_up"


def test_putting_on_hold_remembers_the_stage_and_resuming_forgets_it() -> None:
    held = made(whole("evidence"), the_lead(), "hold", reasons=("lead_absent",))
    assert (held.to_stage, held.held_from) == ("on_hold", "evidence")
    back = made(whole("on_hold", held_from="evidence"), the_lead(), "resume")
    assert (back.to_stage, back.held_from) == ("evidence", None)


def test_what_is_withdrawn_on_hold_is_no_longer_held() -> None:
    given = whole("on_hold", held_from="evidence")
    decision = made(given, the_officer(), "withdraw", reasons=("duplicate",), comment="See HOU-2026-002.")
    assert (decision.to_stage, decision.held_from) == ("withdrawn", None)


@pytest.mark.parametrize("stage", ["review", "closed", "screened_out"])
def test_reopening_makes_a_new_version_and_supersedes_the_old(stage: str) -> None:
    decision = made(whole(stage), the_lead(), "reopen", reasons=("challenge",))
    assert (decision.to_stage, decision.effects) == ("superseded", (Effect.NEW_VERSION,))
    assert ENGLAND.new_version_starts_at == "evidence"


def test_the_clock_begins_a_review_on_its_day() -> None:
    given = whole("follow_up", review_on=TODAY)
    decision = made(given, None, "begin_review")
    assert (decision.to_stage, decision.role) == ("review", Role.CLOCK)


def test_the_clock_does_not_begin_it_before() -> None:
    with pytest.raises(NotReady):
        made(whole("follow_up", review_on=date(2026, 3, 3)), None, "begin_review")


def test_the_clock_makes_no_move_that_is_not_its_own() -> None:
    assert refusal(whole("scheduled"), None, "begin_screening") == NOT_YOURS
    assert set(seen(whole("follow_up"), None)) == {"begin_review"}
    assert THE_CLOCK not in (LEAD, CHAMPION)


def test_a_lead_begins_a_review_early_with_a_reason() -> None:
    given = whole("follow_up", review_on=date(2027, 3, 3))
    assert made(given, the_lead(), "begin_early_review", reasons=("new_data",)).to_stage == "review"


def test_the_champion_closes_a_review_as_the_lead_does() -> None:
    given = whole("review", actions=())
    assert made(given, the_champion(), "close").role is Role.CHAMPION
    assert made(given, the_lead(), "close").role is Role.LEAD


def test_a_person_sees_the_moves_of_their_roles_and_no_others() -> None:
    assert set(seen(whole("screening"), the_lead())) == {"submit_screening", "hold", "withdraw"}
    assert set(seen(whole("screening"), the_officer())) == {"hold", "withdraw", "supersede"}
    assert set(seen(whole("screening"), the_director())) == set()


def test_everyone_sees_all_moves_when_asked_for_and_why_they_are_not_theirs() -> None:
    found = seen(whole("screening"), the_director(), everyone=True)
    assert set(found) == {"submit_screening", "hold", "withdraw", "supersede"}
    assert {choice.refused for choice in found.values()} == {NOT_YOURS}


def test_a_blocked_move_tells_each_reason_once() -> None:
    given = facts(
        stage="screening_review", answers=answers(screened(effect="unknown", relevance="no_evidence"))
    )
    choices = seen(given, the_champion())
    assert [item.guard for item in choices["screen_out"].unmet] == ["none_among"]
    assert [item.where for item in choices["screen_out_with_mitigation"].unmet] == ["actions"]
    assert choices["require_full"].is_open


def test_a_button_is_refused_to_an_author_with_the_reason() -> None:
    choice = seen(whole("quality_review", authors=frozenset({CHAMPION})), the_champion())["recommend"]
    assert not choice.is_open
    assert choice.refused == "You wrote part of this version, so someone else must do this."


def test_automatic_moves_are_nobodys_buttons() -> None:
    assert "signed_off" not in seen(recommended(), the_head(), everyone=True)


@pytest.mark.parametrize("stage", ENGLAND.by_stage)
@pytest.mark.parametrize(
    "actor", [the_lead(), the_champion(), the_head(), the_director(), the_officer(), None]
)
def test_a_button_shows_exactly_when_it_would_work(stage: str, actor: Actor | None) -> None:
    given = whole(stage, held_from="evidence", recommended_hash="c" * 64, review_on=TODAY)
    for choice in open_moves(ENGLAND, given, actor, TODAY, everyone=True):
        reasons = ENGLAND.reasons[choice.move.reasons][0].code if choice.move.reasons else ""
        parts = {"reasons": (reasons,) if reasons else (), "comment": "Because.", "attested": True}
        try:
            works = bool(made(given, actor, choice.move.name, **parts))
        except (NotAllowed, NotReady):
            works = False
        assert choice.is_open is works, choice.move.name


def test_the_policy_is_asked_about_this_assessment() -> None:
    subject = subject_of(whole("evidence", actions=(an_action(leads=(DIRECTOR,)),)))
    assert (subject.body_id, subject.action_leads) == (BODY, frozenset({DIRECTOR}))
    assert (LEAD, Role.LEAD) in subject.assigned
