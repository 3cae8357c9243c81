from __future__ import annotations

import pytest

from eia import content
from eia.domain.facts import AssessmentFacts, MoveRequest
from eia.domain.occasions import Occasion
from eia.domain.people import Role
from eia.domain.policy import Permission
from eia.domain.reminder_policy import USUAL_CHASES
from eia.domain.rulebook_error import RulebookError
from eia.domain.workflow.definition import SigningMode
from eia.domain.workflow.guards.registry import REGISTRY, guard
from eia.domain.workflow.load import load_workflow
from tests.domain.workflow.planted import ENGLAND, Data, data, loaded, move, stage, without_guard


def refusal(changed: Data) -> RulebookError:
    with pytest.raises(RulebookError) as caught:
        loaded(changed)
    return caught.value


def test_every_stage_of_the_default_workflow_is_there() -> None:
    live = (
        "proposed scheduled screening screening_review evidence consultation analysis quality_review sign_off"
    )
    assert list(ENGLAND.by_stage) == [
        *live.split(),
        "follow_up",
        "review",
        "on_hold",
        "screened_out",
        "closed",
        "withdrawn",
        "superseded",
    ]


@pytest.mark.parametrize(
    ("source", "name", "to", "who"),
    [
        ("proposed", "schedule", "scheduled", {Role.EQUALITY_OFFICER}),
        ("scheduled", "begin_screening", "screening", {Role.LEAD}),
        ("screening", "submit_screening", "screening_review", {Role.LEAD}),
        ("screening_review", "screen_out", "screened_out", {Role.CHAMPION, Role.EQUALITY_OFFICER}),
        (
            "screening_review",
            "screen_out_with_mitigation",
            "screened_out",
            {Role.CHAMPION, Role.EQUALITY_OFFICER},
        ),
        ("screening_review", "require_full", "evidence", {Role.CHAMPION, Role.EQUALITY_OFFICER}),
        ("screening_review", "return_screening", "screening", {Role.CHAMPION, Role.EQUALITY_OFFICER}),
        ("evidence", "begin_consultation", "consultation", {Role.LEAD}),
        ("evidence", "skip_consultation", "analysis", {Role.CHAMPION, Role.EQUALITY_OFFICER}),
        ("consultation", "begin_analysis", "analysis", {Role.LEAD}),
        ("analysis", "submit_for_review", "quality_review", {Role.LEAD}),
        ("quality_review", "return_for_work", "analysis", {Role.CHAMPION, Role.EQUALITY_OFFICER}),
        ("quality_review", "recommend", "sign_off", {Role.CHAMPION, Role.EQUALITY_OFFICER}),
        ("sign_off", "sign", "sign_off", {Role.HEAD_OF_SERVICE, Role.DIRECTOR}),
        ("sign_off", "refuse", "analysis", {Role.HEAD_OF_SERVICE, Role.DIRECTOR}),
        ("sign_off", "signed_off", "follow_up", set()),
        ("follow_up", "begin_review", "review", {Role.LEAD, Role.CLOCK}),
        ("review", "close", "closed", {Role.LEAD, Role.CHAMPION}),
        ("review", "reopen", "superseded", {Role.LEAD}),
    ],
)
def test_every_move_of_the_default_workflow_is_there(source: str, name: str, to: str, who: set[Role]) -> None:
    found = ENGLAND.move(source, name)
    assert found is not None
    assert (found.to, set(found.who)) == (to, who)


@pytest.mark.parametrize("name", ["hold", "withdraw", "supersede"])
def test_any_live_stage_can_be_held_withdrawn_or_superseded(name: str) -> None:
    assert all(ENGLAND.move(stage, name) for stage in ENGLAND.live_stages)


def test_the_head_of_service_signs_and_then_the_director() -> None:
    signing = next(move.signing for move in ENGLAND.moves if move.signing)
    assert (signing.roles, signing.mode, signing.in_order) == (
        (Role.HEAD_OF_SERVICE, Role.DIRECTOR),
        SigningMode.ALL,
        True,
    )


def test_the_reminder_policy_is_data_of_the_file() -> None:
    changed = data()
    changed["reminders"] = {"offsets": [3, 10], "escalate_after_days": 5, "on_the_day": False}
    policy = loaded(changed).reminders
    assert (policy.offsets, policy.escalate_after_days, policy.on_the_day) == ((10, 3), 5, False)


def test_when_people_hear_of_an_occasion_is_data_of_the_file_and_else_as_usual() -> None:
    changed = data()
    changed["reminders"] = {"papers": {"offsets": [10], "escalates": False}, "papers_working_days": 8}
    policy = loaded(changed).reminders
    papers = policy.of(Occasion.PAPERS)
    assert (papers.offsets, papers.on_the_day, papers.papers_working_days) == ((10,), True, 8)
    assert not policy.chases[Occasion.PAPERS].escalates
    assert policy.chases[Occasion.TURN] == USUAL_CHASES[Occasion.TURN]


def test_an_occasion_with_a_word_that_nobody_knows_is_refused() -> None:
    changed = data()
    changed["reminders"] = {"turn": {"ofsets": [10]}}
    with pytest.raises(RulebookError, match="ofsets"):
        loaded(changed)


def test_words_are_welsh_for_who_reads_welsh_and_english_where_nobody_wrote_any() -> None:
    changed = data()
    del stage(changed, "evidence")["title_cy"]
    found = loaded(changed)
    assert (found.stage("review").words("cy"), found.stage("evidence").words("cy")) == ("Adolygu", "Evidence")


def test_every_word_of_the_default_workflow_has_its_welsh() -> None:
    listed = [
        *ENGLAND.stages,
        *ENGLAND.moves,
        *(option for options in ENGLAND.reasons.values() for option in options),
    ]
    assert [each.title for each in listed if not each.title_cy] == []


@pytest.mark.parametrize("file", ["england.toml", "England-1.toml", "england-0.toml"])
def test_a_file_without_a_numbered_name_is_refused(file: str) -> None:
    with pytest.raises(RulebookError, match="must be named like england-1"):
        load_workflow(data(), file)


def test_a_misspelt_key_is_refused_with_file_table_and_key() -> None:
    changed = data()
    move(changed, "schedule")["permision"] = "schedule"
    error = refusal(changed)
    assert (error.file, error.table, error.key) == ("england-1.toml", "move.schedule", "permision")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("from", ["nowhere"]),
        ("to", "nowhere"),
        ("permission", "fly"),
        ("who", ["wizard"]),
        ("kind", "sideways"),
        ("reasons", "no_such_list"),
        ("effects", ["explode"]),
        ("needs_comment", "yes"),
        ("after", "recommend"),
        ("title", " "),
    ],
)
def test_a_move_that_says_what_cannot_be_is_refused_at_its_key(key: str, value: object) -> None:
    changed = data()
    move(changed, "recommend")[key] = value
    error = refusal(changed)
    assert (error.table, error.key) == ("move.recommend", key)


@pytest.mark.parametrize(
    ("guard_table", "said"),
    [
        ({"name": "is_lovely"}, "is not a guard"),
        ({"name": "has_lead", "days": 3}, "has no parameter 'days'"),
        ({"name": "consultation_closed"}, "needs the parameter 'minimum_days'"),
        ({"name": "consultation_closed", "minimum_days": "28"}, "must be a whole number"),
        ({"name": "consultation_closed", "minimum_days": True}, "must be a whole number"),
        ({"name": "answered", "questions": "screening.outcome_reason"}, "must be a list of questions"),
        ({"name": "answered", "questions": ["outcome_reason"]}, "must be a list of questions"),
        (
            {"name": "evidence_or_gap", "scope": {"question": "screening.relevance.effect"}},
            "must be a table like",
        ),
        ({"name": "none_among", "question": "screening.relevance.effect", "values": []}, "a list of texts"),
    ],
)
def test_a_guard_that_does_not_fit_is_refused_with_what_would(guard_table: Data, said: str) -> None:
    changed = data()
    move(changed, "recommend")["guards"] = [guard_table]
    error = refusal(changed)
    assert (error.table, error.key) == ("move.recommend", "guards")
    assert said in error.problem


def test_a_quorum_that_nobody_can_reach_is_refused() -> None:
    changed = data()
    move(changed, "sign")["signatures"] = {"roles": ["head_of_service"], "mode": "quorum", "quorum": 2}
    assert refusal(changed).key == "quorum"


def test_two_stages_of_one_name_are_refused() -> None:
    changed = data()
    changed["stage"].append(stage(changed, "review"))
    assert refusal(changed).table == "stage.review"


def test_an_assessment_cannot_begin_at_an_end() -> None:
    changed = data()
    changed["starts_at"] = "closed"
    assert refusal(changed).key == "starts_at"


def test_a_file_that_forgets_that_authors_do_not_sign_is_obeyed_as_if_it_had_not() -> None:
    found = loaded(without_guard(data(), "sign", "wrote_none_of_it")).move("sign_off", "sign")
    assert found is not None
    assert "wrote_none_of_it" in {use.name for use in found.personal}


def test_each_reviewing_move_keeps_its_authors_out() -> None:
    reviewing = [move for move in ENGLAND.moves if move.permission is Permission.REVIEW]
    assert reviewing
    assert all("wrote_none_of_it" in {use.name for use in move.personal} for move in reviewing)


def test_a_guard_cannot_take_the_name_of_another() -> None:
    def has_lead(facts: AssessmentFacts, request: MoveRequest) -> None:
        """Nothing."""

    with pytest.raises(ValueError, match="two guards are called has_lead"):
        guard()(has_lead)


def test_every_guard_says_in_a_sentence_what_holds() -> None:
    assert [found.name for found in REGISTRY.values() if not found.summary.endswith(".")] == []


def test_a_guard_of_plans_is_refused_in_a_workflow_of_assessments_and_the_other_way_round() -> None:
    plan = content.read_toml("workflows", "plan-approval-1")[0]
    plan["move"][0]["guards"] = [{"name": "has_lead"}]
    with pytest.raises(RulebookError, match="has_lead is not a guard for workflows of plans"):
        load_workflow(plan, "plan-approval-2.toml")
    england = content.read_toml("workflows", "england-2")[0]
    england["move"][0]["guards"] = [{"name": "plan_promises_something"}]
    with pytest.raises(RulebookError, match="not a guard for workflows of assessments"):
        load_workflow(england, "england-3.toml")
