from __future__ import annotations

from collections.abc import Callable

import pytest

from eia.domain.workflow.checker import Fault, check
from eia.usecases.rulebook import questions_of
from tests.domain.workflow.planted import (
    ENGLAND,
    Data,
    data,
    loaded,
    move,
    stage,
    without_guard,
    without_move,
)

QUESTIONS = questions_of(ENGLAND)


def faults(changed: Data) -> tuple[Fault, ...]:
    return check(loaded(changed), QUESTIONS)


def test_the_default_workflow_has_no_faults() -> None:
    assert check(ENGLAND, QUESTIONS) == ()


def stage_nobody_reaches(copy: Data) -> None:
    copy["stage"].append({"name": "attic", "title": "Attic", "owner": "lead"})
    copy["move"].append({**move(copy, "begin_analysis"), "name": "leave_attic", "from": ["attic"]})


def stage_only_held_to(copy: Data) -> None:
    without_move(copy, "require_full")
    copy["new_version_starts_at"] = "consultation"


def stage_without_a_way_out(copy: Data) -> None:
    without_move(copy, "begin_review", "begin_early_review")


def stages_that_only_lead_to_each_other(copy: Data) -> None:
    move(copy, "require_full")["to"] = "screening"
    without_move(copy, "screen_out", "screen_out_with_mitigation")


def move_nobody_may_make(copy: Data) -> None:
    move(copy, "close")["who"] = []


def move_of_a_role_without_the_permission(copy: Data) -> None:
    move(copy, "recommend")["who"] = ["champion", "director"]


def move_of_roles_that_all_lack_the_permission(copy: Data) -> None:
    move(copy, "recommend")["who"] = ["director"]


def signature_of_a_role_that_may_not_sign(copy: Data) -> None:
    move(copy, "sign")["who"] = ["head_of_service"]


def guards_that_contradict(copy: Data) -> None:
    move(copy, "begin_early_review")["guards"] = [
        {"name": "review_date_reached"},
        {"name": "review_date_not_reached"},
    ]


def guards_that_contradict_by_their_values(copy: Data) -> None:
    asked = {"question": "screening.relevance.effect", "values": ["negative", "unknown"]}
    move(copy, "require_full")["guards"] = [
        {"name": "wrote_none_of_it"},
        {"name": "none_among", **asked},
        {"name": "some_among", **asked},
    ]


def two_moves_of_one_name(copy: Data) -> None:
    copy["move"].append({**move(copy, "close"), "to": "withdrawn"})


def signature_an_author_could_give(copy: Data) -> None:
    without_guard(copy, "sign", "wrote_none_of_it")


def signature_a_reviewer_could_give(copy: Data) -> None:
    without_guard(copy, "sign", "reviewed_none_of_it")


def signature_of_what_was_never_recommended(copy: Data) -> None:
    without_guard(copy, "sign", "unchanged_since_recommended")


def two_signatures_of_one_person(copy: Data) -> None:
    without_guard(copy, "sign", "has_not_signed")


def recommendation_an_author_could_give(copy: Data) -> None:
    without_guard(copy, "recommend", "wrote_none_of_it")


def signature_of_the_lead(copy: Data) -> None:
    move(copy, "sign")["who"] = ["lead", "head_of_service", "director"]


def signature_with_another_permission(copy: Data) -> None:
    move(copy, "sign")["permission"] = "record_decision"


def section_that_is_no_form(copy: Data) -> None:
    stage(copy, "analysis")["sections"].append("horoscope")


def reviewer_section_that_is_no_form(copy: Data) -> None:
    copy["reviewer_sections"] = ["horoscope"]


def guard_on_a_form_that_is_not_pinned(copy: Data) -> None:
    copy["question_sets"].remove("outcome-1")
    stage(copy, "analysis")["sections"].remove("outcome")


def guard_on_a_question_that_is_not_asked(copy: Data) -> None:
    move(copy, "recommend")["guards"][1]["questions"].append("quality_check.is_lovely")


def scope_on_a_column_that_is_not_there(copy: Data) -> None:
    move(copy, "begin_consultation")["guards"][0]["scope"]["question"] = "screening.relevance.colour"


def question_set_that_is_not_there(copy: Data) -> None:
    copy["question_sets"].append("horoscope-1")


def live_stage_that_nobody_has(copy: Data) -> None:
    del stage(copy, "analysis")["owner"]


@pytest.mark.parametrize(
    ("plant", "table", "key", "said"),
    [
        (stage_nobody_reaches, "stage.attic", "", "no move leads here"),
        (stage_only_held_to, "stage.evidence", "", "no move leads here"),
        (stage_without_a_way_out, "stage.follow_up", "", "has no way on"),
        (stages_that_only_lead_to_each_other, "stage.screening", "", "has no way on"),
        (move_nobody_may_make, "move.close", "who", "nobody may make this move"),
        (move_of_roles_that_all_lack_the_permission, "move.recommend", "who", "nobody may make this move"),
        (move_of_a_role_without_the_permission, "move.recommend", "who", "director does not hold"),
        (signature_of_a_role_that_may_not_sign, "move.sign.signatures", "roles", "director must sign"),
        (guards_that_contradict, "move.begin_early_review", "guards", "can never both hold"),
        (guards_that_contradict_by_their_values, "move.require_full", "guards", "can never both hold"),
        (two_moves_of_one_name, "move.close", "from", "2 moves of this name leave review"),
        (signature_an_author_could_give, "move.sign", "guards", "wrote_none_of_it is missing"),
        (signature_a_reviewer_could_give, "move.sign", "guards", "reviewed_none_of_it is missing"),
        (
            signature_of_what_was_never_recommended,
            "move.sign",
            "guards",
            "unchanged_since_recommended is missing",
        ),
        (two_signatures_of_one_person, "move.sign", "guards", "has_not_signed is missing"),
        (recommendation_an_author_could_give, "move.recommend", "guards", "wrote_none_of_it is missing"),
        (signature_of_the_lead, "move.sign", "who", "lead writes the assessment"),
        (signature_with_another_permission, "move.sign", "permission", "needs the permission sign"),
        (section_that_is_no_form, "stage.analysis", "sections", "'horoscope' is neither"),
        (reviewer_section_that_is_no_form, "", "reviewer_sections", "'horoscope' is neither"),
        (guard_on_a_form_that_is_not_pinned, "move.submit_for_review", "guards", "'outcome' is not a form"),
        (guard_on_a_question_that_is_not_asked, "move.recommend", "guards", "has no question 'is_lovely'"),
        (scope_on_a_column_that_is_not_there, "move.begin_consultation", "guards", "'relevance.colour'"),
        (question_set_that_is_not_there, "", "question_sets", "there is no question set 'horoscope-1'"),
        (live_stage_that_nobody_has, "stage.analysis", "owner", "is missing"),
    ],
)
def test_a_planted_fault_is_found_where_it_is(
    plant: Callable[[Data], object], table: str, key: str, said: str
) -> None:
    changed = data()
    plant(changed)
    found = [fault for fault in faults(changed) if said in fault.sentence]
    assert (table, key) in {(fault.table, fault.key) for fault in found}


def test_different_answers_do_not_contradict() -> None:
    changed = data()
    question = "screening.relevance.effect"
    move(changed, "require_full")["guards"] = [
        {"name": "wrote_none_of_it"},
        {"name": "none_among", "question": question, "values": ["unknown"]},
        {"name": "some_among", "question": question, "values": ["negative"]},
    ]
    assert faults(changed) == ()


def test_a_fault_says_file_table_and_key() -> None:
    fault = Fault(file="england-1.toml", table="move.close", key="who", sentence="nobody may make this move")
    assert str(fault) == "england-1.toml: [move.close]: who: nobody may make this move"
