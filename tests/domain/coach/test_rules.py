"""Each rule sees the weakness it is for, and leaves a good record alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eia import content
from eia.domain.coach import REGISTRY, Advice, Severity, advise, questions, writing
from eia.domain.evidence import FRESH_FOR_YEARS, EvidenceKind, is_old
from eia.domain.facts import ActionState, AssessmentFacts
from eia.domain.forms.definition import Kind
from eia.domain.target_date import TargetKind
from eia.domain.workflow.guards.registry import Question
from tests.domain.coach.records import SOURCE, WRITTEN, good, good_but, good_without
from tests.factories import (
    TODAY,
    a_consultation,
    a_source,
    a_target,
    an_action,
    an_id,
    answers,
    each,
    facts,
    whole,
)

EVERY_RULE = {
    "blanks",
    "combinations_not_considered",
    "consultation_missed_the_affected",
    "copied_words",
    "decided_before_approval",
    "mitigation_not_promised",
    "negative_unanswered",
    "neutral_without_evidence",
    "nobody_affected",
    "old_evidence",
    "positive_only",
    "rating_without_evidence",
    "same_for_everyone",
    "too_thin",
    "unknown_left_open",
    "vague_mitigation",
}


def rules(record: AssessmentFacts) -> set[str]:
    return {advice.rule for advice in advise(record, TODAY)}


def only(record: AssessmentFacts) -> Advice:
    """The one thing the coach notices."""
    found = advise(record, TODAY)
    assert len(found) == 1, [advice.rule for advice in found]
    return found[0]


def test_the_coach_has_these_rules_and_no_others():
    assert set(REGISTRY) == EVERY_RULE


def test_every_rule_says_what_should_hold():
    assert all((rule.__doc__ or "").strip().endswith(".") for rule in REGISTRY.values())


def test_a_good_record_is_left_alone_at_every_stage():
    for stage in ("screening", "evidence", "consultation", "analysis", "quality_review", "sign_off"):
        assert advise(good(stage), TODAY) == (), stage


def test_nothing_is_weak_before_anybody_wrote_anything():
    assert advise(facts(stage="proposed"), TODAY) == ()


def test_what_satisfies_every_guard_can_still_be_weak():
    assert {"copied_words", "too_thin", "combinations_not_considered"} <= rules(whole("quality_review"))


# The words


def test_a_blank_in_a_section_that_was_begun_is_noticed():
    advice = only(good_without("impact.impact.who_and_how_many@age"))
    assert (advice.rule, advice.where, advice.characteristics) == ("blanks", "impact", ("age",))


@pytest.mark.parametrize("nothing", ["n/a", "TBC", " - ", "None.", "See above", "?", "Not applicable"])
def test_a_word_that_says_nothing_counts_as_a_blank(nothing):
    assert only(good_but({"impact.aim_foster": nothing})).rule == "blanks"


def test_a_section_that_nobody_began_is_not_blank():
    screening_only = {name: value for name, value in WRITTEN.items() if not name.startswith(("imp", "out"))}
    assert advise(good("screening", answers=answers(screening_only), consultations=()), TODAY) == ()


def test_a_group_set_aside_by_screening_needs_no_impact():
    left = {key: value for key, value in WRITTEN.items() if key[:6] != "impact" or "disability" not in key}
    aside = {
        "screening.relevance.relevance@disability": "not_relevant",
        "impact.combinations": "",
        "screening.relevance.reason@disability": "Nothing changes in adapted homes: these have a line.",
    }
    assert advise(good(answers=answers(left, aside)), TODAY) == ()


@pytest.mark.parametrize(
    "column", ["screening.relevance.reason", "impact.impact.explanation", "impact.impact.who_and_how_many"]
)
def test_the_same_sentence_pasted_for_each_group_is_noticed(column):
    pasted = "Some people may find it harder to book a repair when they need one, and would wait for longer."
    advice = only(good_but(each(column, pasted)))
    assert (advice.rule, advice.where) == ("copied_words", column.partition(".")[0])
    assert advice.characteristics == ("age", "disability")
    assert advice.severity is Severity.SERIOUS


def test_a_copy_with_the_name_of_the_group_changed_is_still_a_copy():
    same = "We looked at the survey of 2025 and {} makes no difference to how people book a repair with us."
    copies = {f"impact.impact.explanation@{key}": same.format(key) for key in ("age", "disability")}
    assert only(good_but(copies)).rule == "copied_words"


def test_a_copy_with_other_capitals_and_stops_is_still_a_copy():
    said = "People who do not use the web would wait longer for a visit, as the survey shows."
    copies = {
        "impact.impact.explanation@age": said,
        "impact.impact.explanation@disability": said.upper()[:-1],
    }
    assert only(good_but(copies)).rule == "copied_words"


def test_one_mitigation_may_serve_several_groups():
    same = {
        **each("impact.impact.rating", ("negative",)),
        **each("impact.impact.mitigation", "The telephone line stays open from 8 to 12."),
    }
    assert advise(good_but(same), TODAY) == ()


def test_that_everybody_is_treated_alike_is_no_reason():
    said = "The policy treats everyone the same, whoever they are and wherever in the borough they live."
    advice = only(good_but({"impact.impact.explanation@age": said}))
    assert (advice.rule, advice.characteristics) == ("same_for_everyone", ("age",))


def test_the_same_for_everybody_with_a_figure_beside_it_is_left_alone():
    said = "It applies to everyone. Of 412 tenants over 65 whom we asked 11 would need help with it."
    assert advise(good_but({"impact.impact.explanation@age": said}), TODAY) == ()


def test_an_explanation_of_three_words_is_too_thin():
    advice = only(good_but({"impact.impact.explanation@age": "Some wait longer."}))
    assert (advice.rule, advice.characteristics) == ("too_thin", ("age",))


@pytest.mark.parametrize("question", ["outcome.outcome_reason", "impact.aim_advance", "schedule.purpose"])
def test_what_is_asked_once_can_be_too_thin_as_well(question):
    advice = only(good_but({question: "It helps."}))
    assert (advice.rule, advice.where, advice.characteristics) == ("too_thin", question.partition(".")[0], ())


@pytest.mark.parametrize(("question", "fewest"), writing.FEWEST_WORDS.items())
def test_exactly_enough_words_are_enough(question, fewest):
    name = ".".join(question) + ("@age" if "." in question.question else "")
    enough = " ".join(f"word{number}" for number in range(fewest))
    assert "too_thin" not in rules(good_but({name: enough}))
    assert "too_thin" in rules(good_but({name: enough.rpartition(" ")[0]}))


def test_every_group_called_not_relevant_is_noticed():
    advice = only(
        good(
            "screening",
            answers=answers(
                {name: value for name, value in WRITTEN.items() if name[:6] not in ("impact", "outcom")},
                each("screening.relevance.relevance", "not_relevant"),
            ),
        )
    )
    assert (advice.rule, advice.severity) == ("nobody_affected", Severity.SERIOUS)


# The ratings


def test_only_good_effects_are_noticed():
    assert only(good_but(each("impact.impact.rating", ("positive",)))).rule == "positive_only"


def test_good_effects_are_not_judged_before_each_group_is_rated():
    half = good_but({"impact.impact.rating@age": ("positive",), "impact.impact.rating@disability": ()})
    assert "positive_only" not in rules(half)


def test_good_and_bad_for_one_group_is_not_positive_only():
    both = {"impact.impact.rating@age": ("positive", "negative")}
    assert advise(good_but(both), TODAY) == ()


def test_a_harm_neither_reduced_nor_justified_is_noticed():
    advice = only(good_without("impact.impact.mitigation@age"))
    assert (advice.rule, advice.where, advice.characteristics) == ("negative_unanswered", "impact", ("age",))


@pytest.mark.parametrize(
    "answer",
    [
        {"impact.impact.justification@age": "Without it the out-of-hours service could not be paid for."},
        {"impact.changed_proposal": "Booking online is now one way of three."},
    ],
)
def test_a_harm_that_is_justified_or_ended_by_a_change_is_answered(answer):
    record = good_without("impact.impact.mitigation@age")
    answered = replace(record, answers={**record.answers, **answers(answer)})
    assert advise(answered, TODAY) == ()


def test_a_harm_answered_with_not_applicable_is_not_answered():
    assert only(good_but({"impact.impact.mitigation@age": "N/A"})).rule == "negative_unanswered"


def test_unknown_without_anybody_finding_out_is_noticed():
    advice = only(good_but({"impact.impact.rating@disability": ("unknown",)}))
    assert (advice.rule, advice.where, advice.characteristics) == (
        "unknown_left_open",
        "actions",
        ("disability",),
    )


@pytest.mark.parametrize(
    "pursued",
    [
        {"actions": (an_action(characteristic="disability"), an_action(characteristic="age"))},
        {"evidence": (SOURCE, a_source("disability", gap=True, action=an_id("action")))},
    ],
)
def test_unknown_with_an_action_is_left_alone(pursued):
    assert advise(good_but({"impact.impact.rating@disability": ("unknown",)}, **pursued), TODAY) == ()


@pytest.mark.parametrize("said", ["", "None", "n/a"])
def test_combinations_never_thought_of_are_noticed(said):
    assert only(good_but({"impact.combinations": said})).rule == "combinations_not_considered"


# Evidence


def test_no_impact_without_evidence_is_noticed():
    record = good_but(
        {"impact.impact.rating@disability": ("neutral",)},
        evidence=(replace(SOURCE, characteristics=("age",)),),
        consultations=(a_consultation(heard=("age",)),),
    )
    advice = only(record)
    assert (advice.rule, advice.characteristics) == ("neutral_without_evidence", ("disability",))
    assert advice.severity is Severity.SERIOUS


def test_a_gap_is_no_evidence_of_no_impact():
    record = good_but(
        {"impact.impact.rating@disability": ("neutral",)},
        evidence=(replace(SOURCE, characteristics=("age",)), a_source("disability", gap=True)),
        consultations=(a_consultation(heard=("age",)),),
    )
    assert only(record).rule == "neutral_without_evidence"


def test_a_rating_without_evidence_is_noticed():
    advice = only(
        good(evidence=(replace(SOURCE, characteristics=("disability",)),), consultations=HEARD_NONE)
    )
    assert (advice.rule, advice.where, advice.characteristics) == (
        "rating_without_evidence",
        "evidence",
        ("age",),
    )


HEARD_NONE = (a_consultation(heard=()),)


def test_people_of_the_group_who_were_heard_are_evidence():
    assert advise(good(evidence=()), TODAY) == ()


@pytest.mark.parametrize(("kind", "years"), FRESH_FOR_YEARS.items())
def test_a_source_is_old_the_day_after_its_years_are_over(kind, years):
    published = TODAY.replace(year=TODAY.year - years)
    assert not is_old(kind, published, TODAY)
    assert is_old(kind, published.replace(day=published.day - 1), TODAY)


def test_a_leap_day_grows_old_too():
    assert is_old(EvidenceKind.SURVEY, date(2024, 2, 29), date(2027, 3, 1))
    assert not is_old(EvidenceKind.SURVEY, date(2024, 2, 29), date(2027, 2, 28))


def test_every_kind_of_source_has_an_age():
    assert set(FRESH_FOR_YEARS) == set(EvidenceKind) - {EvidenceKind.GAP}


def test_old_sources_are_counted():
    old = replace(SOURCE, kind=EvidenceKind.SERVICE_DATA, published_on=date(2023, 1, 1))
    advice = only(good(evidence=(SOURCE, old)))
    assert advice.rule == "old_evidence"
    assert advice.sentence().startswith("Sources older than their kind allows: 1.")


def test_a_census_of_the_same_age_still_holds():
    census = replace(SOURCE, kind=EvidenceKind.CENSUS, published_on=date(2021, 3, 21))
    assert advise(good(evidence=(census,)), TODAY) == ()


# Consultation


def test_a_group_neither_invited_nor_heard_is_named():
    advice = only(good(consultations=(a_consultation(characteristics=("age",), heard=("age",)),)))
    assert (advice.rule, advice.characteristics) == ("consultation_missed_the_affected", ("disability",))
    assert advice.severity is Severity.WORTH_A_LOOK


@pytest.mark.parametrize("held", [(), (a_consultation(characteristics=(), heard=()),)])
def test_a_consultation_without_anybody_affected_is_serious(held):
    advice = only(good(consultations=held))
    assert (advice.rule, advice.severity) == ("consultation_missed_the_affected", Severity.SERIOUS)
    assert advice.characteristics == ("age", "disability")


def test_a_group_that_came_uninvited_was_reached():
    came = a_consultation(characteristics=("age",), heard=("age", "disability"))
    assert advise(good(consultations=(came,)), TODAY) == ()


# What is promised


@pytest.mark.parametrize(
    "kept",
    [
        (),
        (an_action(characteristic="disability"),),
        (an_action(characteristic="age", state=ActionState.DROPPED),),
    ],
)
def test_mitigation_without_an_action_for_the_group_is_noticed(kept):
    advice = only(good(actions=kept))
    assert (advice.rule, advice.where, advice.characteristics) == (
        "mitigation_not_promised",
        "actions",
        ("age",),
    )


@pytest.mark.parametrize(
    "loose",
    [
        an_action(has_lead=False, leads=()),
        an_action(target=a_target("to be agreed", kind=TargetKind.UNKNOWN)),
    ],
)
def test_mitigation_whose_action_has_no_lead_or_date_is_noticed(loose):
    advice = only(good(actions=(loose,)))
    assert advice.rule == "mitigation_not_promised"
    assert "no lead, or no date" in advice.sentence()


@pytest.mark.parametrize(
    "said",
    [
        "We will monitor the impact.",
        "Adjustments will be made where possible.",
        "The service will consider requests. Officers will signpost tenants to other help.",
    ],
)
def test_mitigation_that_only_monitors_or_considers_is_vague(said):
    advice = only(good_but({"impact.impact.mitigation@age": said}))
    assert (advice.rule, advice.characteristics) == ("vague_mitigation", ("age",))


@pytest.mark.parametrize(
    "said",
    [
        "We will monitor the impact. The telephone line stays open.",
        "Wardens look into it with each of the 40 tenants before June.",
    ],
)
def test_mitigation_that_says_what_will_be_different_is_not_vague(said):
    assert advise(good_but({"impact.impact.mitigation@age": said}), TODAY) == ()


# The decision


@pytest.mark.parametrize(
    "dates",
    [
        {"decision_on": date(2026, 3, 1)},
        {"decision_on": date(2026, 6, 29)},
        {"decision_on": date(2026, 2, 1), "approved_on": date(2026, 2, 2)},
    ],
)
def test_a_decision_before_approval_is_noticed(dates):
    advice = only(good(**dates))
    assert (advice.rule, advice.where, advice.severity) == (
        "decided_before_approval",
        "details",
        Severity.SERIOUS,
    )


@pytest.mark.parametrize(
    "dates",
    [
        {"decision_on": None},
        {"decision_on": date(2026, 6, 30)},
        {"decision_on": TODAY, "target": None},
        {"decision_on": date(2026, 2, 1), "approved_on": date(2026, 2, 1)},
    ],
)
def test_approval_in_time_is_left_alone(dates):
    assert advise(good(**dates), TODAY) == ()


# All together


def test_each_planted_weakness_is_named_once():
    groups = ("age", "disability", "race", "sex", "religion_or_belief", "sexual_orientation")
    copied = "Some tenants may find it harder to book a repair when they need one, and wait longer."
    weak = {
        "impact.impact.rating@age": ("negative",),
        "impact.impact.rating@disability": ("negative",),
        "impact.impact.rating@race": ("neutral",),
        "impact.impact.rating@sex": ("unknown",),
        "impact.impact.rating@religion_or_belief": ("positive",),
        "impact.impact.rating@sexual_orientation": ("neutral",),
        "impact.impact.explanation@age": copied,
        "impact.impact.explanation@disability": copied,
        "impact.impact.explanation@race": "No impact found.",
        "impact.impact.explanation@sex": "We do not know yet who books: the sex of callers is not kept.",
        "impact.impact.explanation@religion_or_belief": (
            "Nobody has to be in on Fridays any more: visits can be moved to another day with a click."
        ),
        "impact.impact.explanation@sexual_orientation": (
            "The policy treats everyone the same, whoever they are and whomever they live with."
        ),
        "impact.impact.mitigation@age": "We will monitor the impact and act where possible.",
        **{f"impact.impact.who_and_how_many@{key}": f"{len(key)} tenants of {key}" for key in groups},
        "impact.aim_eliminate": "tbc",
        "impact.aim_advance": "Longer visits can be asked for by whoever needs them.",
        "impact.aim_foster": "Tenants' groups planned the change together and are told why.",
    }
    record = good(
        characteristics=groups,
        answers=answers(weak, each("screening.relevance.relevance", "relevant", *groups), _reasons(groups)),
        evidence=(
            replace(
                SOURCE,
                kind=EvidenceKind.SERVICE_DATA,
                published_on=date(2020, 1, 1),
                characteristics=("age", "disability", "sexual_orientation"),
            ),
        ),
        consultations=(a_consultation(characteristics=("age",), heard=()),),
        actions=(),
        decision_on=date(2026, 2, 1),
    )
    found = [advice.rule for advice in advise(record, TODAY)]
    whole_record_only = {"positive_only", "nobody_affected"}  # cannot be true beside the others
    assert sorted(found) == sorted(EVERY_RULE - whole_record_only)


def _reasons(groups: tuple[str, ...]) -> dict[str, str]:
    """A screening that nothing is wrong with."""
    found = {"screening.outcome_reason": "Several groups could lose their only way of asking for a repair."}
    for number, key in enumerate(groups):
        found[f"screening.relevance.effect@{key}"] = "negative"
        found[f"screening.relevance.reason@{key}"] = " ".join(f"{key}{number}{word}" for word in range(12))
    return found


def test_what_is_serious_comes_first_and_the_order_is_always_the_same():
    weak = whole("quality_review", actions=(), consultations=())
    found = advise(weak, TODAY)
    severities = [advice.severity for advice in found]
    assert severities == sorted(severities, key=tuple(Severity).index)
    assert len(set(severities)) == 2
    assert found == advise(replace(weak, answers=dict(reversed(weak.answers.items()))), TODAY)


def test_every_question_that_the_coach_reads_is_asked_in_england():
    read = {value for value in vars(questions).values() if isinstance(value, Question)} | {*questions.AIMS}
    asked = set()
    for form in {question.form for question in read}:
        for question in content.question_set("england-1", form).questions:
            names = (
                [f"{question.id}.{column.id}" for column in question.columns]
                if question.kind is Kind.GRID
                else [question.id]
            )
            asked |= {Question(form, name) for name in names}
    assert read <= asked
