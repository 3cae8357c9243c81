from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eia import content
from eia.domain.facts import ActionState, AssessmentFacts, SignatureOutcome
from eia.domain.people import Role
from eia.domain.target_date import TargetKind
from eia.domain.unmet import Unmet
from eia.domain.workflow.definition import Finding
from eia.domain.workflow.guards import REGISTRY, Among, Question
from eia.domain.workflow.guards import actions as on_actions
from eia.domain.workflow.guards import answers as on_answers
from eia.domain.workflow.guards import comments as on_comments
from eia.domain.workflow.guards import consultation as on_consultation
from eia.domain.workflow.guards import evidence as on_evidence
from eia.domain.workflow.guards import people as on_people
from eia.domain.workflow.guards import schedule as on_schedule
from tests.domain.workflow.planted import ENGLAND
from tests.factories import (
    CHAMPION,
    HEAD,
    LEAD,
    TODAY,
    a_consultation,
    a_request,
    a_signature,
    a_source,
    a_target,
    an_action,
    an_id,
    answers,
    each,
    facts,
    screened,
)

ASKED = a_request()
RELEVANCE = Question("screening", "relevance.relevance")
EFFECT = Question("screening", "relevance.effect")
REASON = Question("screening", "relevance.reason")
RATING = Question("impact", "impact.rating")
IN_SCOPE = Among(question=RELEVANCE, values=("relevant", "no_evidence"))


def unmet(finding: Finding) -> tuple[Unmet, ...]:
    return () if finding is None else (finding,) if isinstance(finding, Unmet) else finding


def about(finding: Finding) -> tuple[str, ...]:
    """The characteristics that a guard misses something about."""
    return tuple(key for each_unmet in unmet(finding) for key in each_unmet.characteristics)


def in_scope(*keys: str) -> dict[str, str | bool | tuple[str, ...]]:
    return each("screening.relevance.relevance", "relevant", *keys)


@pytest.mark.parametrize(
    ("guard", "lacking", "having"),
    [
        (on_schedule.has_lead, facts(assigned=()), facts()),
        (on_schedule.has_department, facts(department_id=None), facts()),
        (on_schedule.has_decision_body, facts(decision_body=" "), facts()),
        (on_schedule.has_target_date, facts(target=None), facts()),
        (on_schedule.has_target_date, facts(target=a_target("?", kind=TargetKind.UNKNOWN)), facts()),
        (on_schedule.lead_accepted, facts(), facts(lead_accepted=True)),
        (on_schedule.review_date_reached, facts(review_on=None), facts(review_on=TODAY)),
        (
            on_schedule.review_date_reached,
            facts(review_on=date(2026, 3, 3)),
            facts(review_on=date(2026, 3, 1)),
        ),
        (on_schedule.review_date_not_reached, facts(review_on=TODAY), facts(review_on=date(2026, 3, 3))),
        (on_actions.action_promised, facts(), facts(actions=(an_action(),))),
        (
            on_actions.action_promised,
            facts(actions=(an_action(has_lead=False),)),
            facts(actions=(an_action(),)),
        ),
        (
            on_actions.action_promised,
            facts(actions=(an_action(target=a_target("when announced", kind=TargetKind.EVENT)),)),
            facts(actions=(an_action(),)),
        ),
        (
            on_actions.action_promised,
            facts(actions=(an_action(state=ActionState.DROPPED),)),
            facts(actions=(an_action(),)),
        ),
        (on_actions.actions_settled, facts(actions=(an_action(),)), facts()),
        (on_consultation.consultation_reported, facts(consultations=(a_consultation(summary=""),)), facts()),
        (
            on_consultation.consultation_reported,
            facts(consultations=(a_consultation(changed=" "),)),
            facts(consultations=(a_consultation(),)),
        ),
        (on_people.unchanged_since_recommended, facts(), facts(recommended_hash=facts().content_hash)),
        (
            on_people.unchanged_since_recommended,
            facts(recommended_hash="d" * 64),
            facts(recommended_hash=facts().content_hash),
        ),
        (
            on_people.wrote_none_of_it,
            facts(authors=frozenset({LEAD}), assigned=()),
            facts(authors=frozenset(), assigned=()),
        ),
        (
            on_people.wrote_none_of_it,  # but leads it
            facts(authors=frozenset()),
            facts(authors=frozenset(), assigned=()),
        ),
        (
            on_people.wrote_none_of_it,  # but handed it in
            facts(authors=frozenset(), assigned=(), submitters=frozenset({LEAD})),
            facts(authors=frozenset(), assigned=()),
        ),
        (
            on_people.reviewed_none_of_it,
            facts(reviewers=frozenset({LEAD})),
            facts(reviewers=frozenset({CHAMPION})),
        ),
    ],
)
def test_a_guard_without_parameters_is_unmet_and_met(
    guard: object, lacking: AssessmentFacts, having: AssessmentFacts
) -> None:
    assert callable(guard)
    assert [item.guard for item in unmet(guard(lacking, ASKED))] == [guard.__name__]
    assert unmet(guard(having, ASKED)) == ()


@pytest.mark.parametrize(
    "state", [ActionState.DONE, ActionState.VERIFIED, ActionState.DROPPED, ActionState.CARRIED_FORWARD]
)
def test_an_action_is_settled_when_it_is_no_longer_open(state: ActionState) -> None:
    assert on_actions.actions_settled(facts(actions=(an_action(state=state),)), ASKED) is None


def test_a_fuzzy_target_date_will_do() -> None:
    found = facts(target=a_target("2026/27", kind=TargetKind.FINANCIAL_YEAR))
    assert on_schedule.has_target_date(found, ASKED) is None


def test_a_review_that_is_not_due_says_when_it_is() -> None:
    found = on_schedule.review_date_reached(facts(review_on=date(2026, 12, 1)), ASKED)
    assert found is not None
    assert found.sentence() == "The review is not due before 1 December 2026."


def test_questions_without_an_answer_are_told_once_for_each_form() -> None:
    questions = (
        Question("impact", "aim_eliminate"),
        Question("impact", "aim_advance"),
        Question("outcome", "outcome_reason"),
    )
    given = facts(answers=answers({"impact.aim_advance": "Longer visits."}))
    found = unmet(on_answers.answered(given, ASKED, questions=questions))
    assert [item.where for item in found] == ["impact", "outcome"]


def test_a_blank_answer_is_no_answer() -> None:
    questions = (Question("screening", "outcome_reason"),)
    given = facts(answers=answers({"screening.outcome_reason": "  "}))
    assert unmet(on_answers.answered(given, ASKED, questions=questions))


def test_answered_is_met_when_every_question_is() -> None:
    questions = (Question("screening", "outcome_reason"),)
    assert unmet(on_answers.answered(facts(answers=answers(screened())), ASKED, questions=questions)) == ()


@pytest.mark.parametrize(("answer", "met"), [(True, True), (False, False), (None, False)])
def test_a_checklist_is_complete_when_all_is_yes(answer: bool | None, met: bool) -> None:
    given = answers({} if answer is None else {"quality_check.plain_english": answer})
    found = on_answers.all_yes(
        facts(answers=given), ASKED, questions=(Question("quality_check", "plain_english"),)
    )
    assert (found is None) is met


def test_a_grid_names_the_characteristics_without_an_answer() -> None:
    given = facts(answers=answers(each("screening.relevance.relevance", "relevant", "age")))
    assert about(on_answers.grid_answered(given, ASKED, question=RELEVANCE)) == ("disability",)


def test_a_grid_is_answered_when_every_characteristic_is() -> None:
    given = facts(answers=answers(screened()))
    assert on_answers.grid_answered(given, ASKED, question=RELEVANCE) is None


def test_a_grid_asks_only_about_the_characteristics_it_is_for() -> None:
    given = facts(
        answers=answers(in_scope("age"), each("screening.relevance.relevance", "not_relevant", "disability"))
    )
    assert about(on_answers.grid_answered(given, ASKED, question=EFFECT, when=IN_SCOPE)) == ("age",)


def test_reasons_are_missing_where_a_characteristic_has_none() -> None:
    given = facts(answers=answers(each("screening.relevance.reason", "None use it.", "age")))
    assert about(on_answers.grid_explained(given, ASKED, question=REASON)) == ("disability",)
    assert on_answers.grid_explained(facts(answers=answers(screened())), ASKED, question=REASON) is None


@pytest.mark.parametrize(("effect", "stopped"), [("negative", True), ("unknown", True), ("neutral", False)])
def test_what_is_negative_or_unknown_is_not_screened_out(effect: str, stopped: bool) -> None:
    given = facts(answers=answers(screened(effect=effect)))
    found = on_answers.none_among(given, ASKED, question=EFFECT, values=("negative", "unknown"))
    assert (found is not None) is stopped


@pytest.mark.parametrize(("effect", "met"), [("negative", True), ("neutral", False)])
def test_a_move_can_ask_that_some_characteristic_has_an_answer(effect: str, met: bool) -> None:
    given = facts(answers=answers(screened(effect=effect)))
    found = on_answers.some_among(given, ASKED, question=EFFECT, values=("negative",))
    assert (found is None) is met


def negatives(given: AssessmentFacts) -> Finding:
    return on_answers.negatives_answered(
        given,
        ASKED,
        negative=Among(question=RATING, values=("negative",)),
        mitigation=Question("impact", "impact.mitigation"),
        justification=Question("impact", "impact.justification"),
        changed=Question("impact", "changed_proposal"),
    )


def test_a_negative_impact_needs_mitigation_or_justification() -> None:
    given = facts(answers=answers(each("impact.impact.rating", ("positive", "negative"))))
    assert about(negatives(given)) == ("age", "disability")


@pytest.mark.parametrize(
    "answer",
    [
        each("impact.impact.mitigation", "Booking by telephone stays."),
        each("impact.impact.justification", "The law requires it."),
        {"impact.changed_proposal": "Appointments are no longer required."},
    ],
)
def test_mitigation_justification_or_a_changed_proposal_answers_a_negative_impact(
    answer: dict[str, str | bool | tuple[str, ...]],
) -> None:
    given = facts(answers=answers(each("impact.impact.rating", ("negative",)), answer))
    assert unmet(negatives(given)) == ()


def unknowns(given: AssessmentFacts) -> Finding:
    return on_answers.unknown_is_not_neutral(
        given,
        ASKED,
        unknown=Among(question=RATING, values=("unknown",)),
        neutral=Among(question=RATING, values=("neutral",)),
    )


def test_unknown_is_not_neutral() -> None:
    both = answers(each("impact.impact.rating", ("unknown", "neutral"), "age"))
    found = unmet(unknowns(facts(answers=both, actions=(an_action(characteristic="age"),))))
    assert [item.message for item in found] == [
        "Some impacts are called both unknown and neutral: unknown is not neutral."
    ]


def test_somebody_must_be_finding_out_what_is_unknown() -> None:
    given = facts(answers=answers(each("impact.impact.rating", ("unknown",), "age")))
    assert about(unknowns(given)) == ("age",)


def test_an_action_or_a_gap_with_one_pursues_what_is_unknown() -> None:
    rated = answers(each("impact.impact.rating", ("unknown",), "age"))
    by_action = facts(answers=rated, actions=(an_action(characteristic="age"),))
    by_gap = facts(answers=rated, evidence=(a_source("age", gap=True, action=an_id("action")),))
    assert (unmet(unknowns(by_action)), unmet(unknowns(by_gap))) == ((), ())


def test_a_characteristic_in_scope_needs_evidence_or_a_gap_with_an_action() -> None:
    given = facts(answers=answers(in_scope()), evidence=(a_source("age"), a_source("disability", gap=True)))
    assert about(on_evidence.evidence_or_gap(given, ASKED, scope=IN_SCOPE)) == ("disability",)


def test_a_gap_with_an_action_is_honest_enough() -> None:
    sources = (a_source("age"), a_source("disability", gap=True, action=an_id("action")))
    given = facts(answers=answers(in_scope()), evidence=sources)
    assert on_evidence.evidence_or_gap(given, ASKED, scope=IN_SCOPE) is None


def test_a_characteristic_out_of_scope_needs_no_evidence() -> None:
    given = facts(answers=answers(in_scope("age")), evidence=(a_source("age"),))
    assert on_evidence.evidence_or_gap(given, ASKED, scope=IN_SCOPE) is None


def closed(given: AssessmentFacts) -> list[str]:
    found = on_consultation.consultation_closed(given, ASKED, minimum_days=28)
    return [item.sentence() for item in unmet(found)]


def test_without_a_consultation_none_can_be_closed() -> None:
    assert closed(facts()) == ["No consultation is recorded yet."]


@pytest.mark.parametrize("closes_on", [None, TODAY, date(2026, 4, 1)])
def test_a_consultation_is_open_to_the_end_of_its_last_day(closes_on: date | None) -> None:
    consultations = (a_consultation(), a_consultation(closes_on=closes_on))
    assert closed(facts(consultations=consultations)) == ["The consultation has not closed yet."]


@pytest.mark.parametrize(("last", "long_enough"), [(date(2026, 1, 27), False), (date(2026, 1, 28), True)])
def test_twenty_eight_days_are_counted_with_the_first_and_the_last(last: date, long_enough: bool) -> None:
    found = closed(facts(consultations=(a_consultation(closes_on=last),)))
    assert found == ([] if long_enough else ["The consultation must be open for at least 28 days."])


def test_groups_not_heard_from_are_named() -> None:
    given = facts(answers=answers(in_scope()), consultations=(a_consultation(heard=("age",)),))
    assert about(on_consultation.heard_or_explained(given, ASKED, scope=IN_SCOPE)) == ("disability",)


@pytest.mark.parametrize(
    "changes", [{"heard": ("age", "disability")}, {"heard": (), "not_heard_because": "Snow."}]
)
def test_groups_are_heard_from_or_it_is_explained_why_not(changes: dict[str, object]) -> None:
    given = facts(answers=answers(in_scope()), consultations=(a_consultation(**changes),))
    assert on_consultation.heard_or_explained(given, ASKED, scope=IN_SCOPE) is None


def test_a_person_signs_a_version_once_whatever_roles_they_hold() -> None:
    given = facts(signatures=(a_signature(LEAD, Role.HEAD_OF_SERVICE),))
    assert on_people.has_not_signed(given, ASKED) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"lapsed": True},
        {"content_hash": "d" * 64},
        {"outcome": SignatureOutcome.REFUSED},
        {"person_id": HEAD},
    ],
)
def test_a_signature_that_does_not_count_keeps_nobody_from_signing(changes: dict[str, object]) -> None:
    signature = replace(a_signature(LEAD, Role.HEAD_OF_SERVICE), **changes)  # type: ignore[arg-type]
    assert on_people.has_not_signed(facts(signatures=(signature,)), ASKED) is None


def test_every_guard_that_is_met_by_a_whole_assessment_is_used_or_named_here() -> None:
    known = (ENGLAND, content.workflow("england-2"), content.workflow("plan-approval-3"))
    used = {use.name for each in known for move in each.moves for use in (*move.guards, *move.personal)}
    assert set(REGISTRY) - used == {"some_among"}


def test_open_comments_hold_an_assessment_up_and_resolved_ones_do_not():
    assert on_comments.comments_resolved(facts(), ASKED) is None
    unmet = on_comments.comments_resolved(replace(facts(), open_threads=("screening",)), ASKED)
    assert unmet is not None
    assert unmet.where == "comments"


NO_IMPACT = Among(question=RATING, values=("none",))
EXPLANATION = Question("impact", "impact.explanation")


@pytest.mark.parametrize("reason", ["", "n/a", "The same for all"])
def test_no_impact_needs_a_reason_that_is_one(reason: str) -> None:
    said = answers(each("impact.impact.rating", ("none",), "age"), {"impact.impact.explanation@age": reason})
    found = on_answers.no_impact_explained(
        facts(answers=said), ASKED, none=NO_IMPACT, reason=EXPLANATION, words=5
    )
    assert about(found) == ("age",)


def test_no_impact_with_a_reason_is_a_finding() -> None:
    reason = "Take-up by age did not differ in the two years after the same change at Eastfield."
    said = answers(each("impact.impact.rating", ("none",), "age"), {"impact.impact.explanation@age": reason})
    assert (
        on_answers.no_impact_explained(
            facts(answers=said), ASKED, none=NO_IMPACT, reason=EXPLANATION, words=5
        )
        is None
    )


COMBINATION = Question("impact", "combination")
NAMED = {"impact.combination.name@added_1": "Older disabled women"}


@pytest.mark.parametrize(
    ("said", "finished"),
    [({}, True), (NAMED, False), (NAMED | {"impact.combination.rating@added_1": ("none",)}, True)],
)
def test_whoever_adds_a_combination_of_groups_finishes_it(said: dict[str, str], finished: bool) -> None:
    found = on_answers.grid_answered(
        facts(answers=answers(said)),
        ASKED,
        question=Question("impact", "combination.rating"),
        added=COMBINATION,
    )
    assert (found is None) is finished


def test_harm_to_a_combination_of_groups_is_answered_too() -> None:
    said = NAMED | {"impact.combination.rating@added_1": ("negative",)}

    def found(more: dict[str, str]) -> Finding:
        return on_answers.negatives_answered(
            facts(answers=answers(said, more)),
            ASKED,
            negative=Among(question=Question("impact", "combination.rating"), values=("negative",)),
            mitigation=Question("impact", "combination.mitigation"),
            justification=Question("impact", "combination.justification"),
            added=COMBINATION,
        )

    assert len(unmet(found({}))) == 1
    assert found({"impact.combination.mitigation@added_1": "A minibus fetches them."}) is None
