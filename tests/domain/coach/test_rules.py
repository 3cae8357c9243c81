"""Each rule sees the weakness it is for, and leaves a good record alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from eia import content
from eia.domain.coach import REGISTRY, Severity, advise, questions
from eia.domain.evidence import EvidenceKind
from eia.domain.forms.definition import Kind
from eia.domain.workflow.guards.registry import Question
from tests.domain.coach.records import SOURCE, good, rules
from tests.factories import (
    TODAY,
    a_consultation,
    answers,
    each,
    facts,
    whole,
)

EVERY_RULE = {
    "blanks",
    "combination_left_open",
    "combinations_not_considered",
    "consultation_missed_the_affected",
    "copied_words",
    "decided_before_approval",
    "mitigation_not_promised",
    "negative_unanswered",
    "neutral_without_evidence",
    "nobody_affected",
    "old_evidence",
    "outcome_denies_harm",
    "positive_only",
    "rating_without_evidence",
    "same_for_everyone",
    "too_thin",
    "unknown_left_open",
    "vague_mitigation",
}


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
        "impact.combination.name@added_1": "Deaf tenants over 75",
        "outcome.recommended_outcome": "proceed",
        "outcome.outcome_reason": "Booking online helps deaf tenants, and a telephone line stays for others.",
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


def test_every_question_that_the_coach_reads_is_asked_in_england_now():
    read = {value for value in vars(questions).values() if isinstance(value, Question)} | {*questions.AIMS}
    asked = set()
    for form in {question.form for question in read}:
        for question in content.question_set("england-2", form).questions:
            names = (
                [f"{question.id}.{column.id}" for column in question.columns]
                if question.kind is Kind.GRID
                else [question.id]
            )
            asked |= {Question(form, name) for name in names}
    assert read <= asked
