"""A record that the coach has nothing to say about, to plant weaknesses in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from eia.domain.coach import Advice, advise
from eia.domain.evidence import EvidenceKind
from eia.domain.facts import AnswerValue, AssessmentFacts
from tests.factories import TODAY, a_source, answers, whole

WRITTEN: dict[str, AnswerValue] = {
    "schedule.purpose": (
        "Repairs are booked by telephone or at the desk today. From April they would be booked online, "
        "so that visits can be planned by street."
    ),
    "schedule.who_is_affected": "About 6,100 tenants, a third of them over 65, and eleven staff.",
    "schedule.why_now": "The contract for the booking system ends in March and nothing is chosen yet.",
    "screening.relevance.relevance@age": "relevant",
    "screening.relevance.relevance@disability": "relevant",
    "screening.relevance.effect@age": "negative",
    "screening.relevance.effect@disability": "positive",
    "screening.relevance.reason@age": "Of our tenants over 75 only one in five has booked anything online.",
    "screening.relevance.reason@disability": "Deaf tenants have asked for years to book without a call.",
    "screening.outcome_reason": "One group could lose its only way of booking: it needs a full look.",
    "impact.impact.rating@age": ("negative",),
    "impact.impact.rating@disability": ("positive",),
    "impact.impact.explanation@age": (
        "Whoever does not use the web would wait longer: 820 of 2,000 tenants over 65 said so in the survey."
    ),
    "impact.impact.explanation@disability": (
        "Booking without a call ends what 31 deaf tenants complained about; the access panel tried it in May."
    ),
    "impact.impact.who_and_how_many@age": "About 820 tenants over 65 who are not online.",
    "impact.impact.who_and_how_many@disability": "31 deaf tenants, and others who find calls hard.",
    "impact.impact.mitigation@age": "The line stays open from 8 to 12, and wardens book for whoever asks.",
    "impact.combinations": "Deaf tenants over 75 were asked at two visits: they want help to book.",
    "impact.aim_eliminate": "Nobody is refused a repair because of how they ask for it.",
    "impact.aim_advance": "Longer visits can be asked for by whoever needs them.",
    "impact.aim_foster": "Tenants' groups planned the change together and are told why.",
    "outcome.recommended_outcome": "adjust",
    "outcome.outcome_reason": "Booking online helps deaf tenants, and a telephone line stays for others.",
}
SOURCE = replace(a_source(), kind=EvidenceKind.SURVEY, published_on=date(2025, 5, 1))


def good(stage: str = "quality_review", **changes: object) -> AssessmentFacts:
    """`whole`, written as an officer would who knows the tenants."""
    usual = whole(stage, answers=answers(WRITTEN), evidence=(SOURCE,))
    return replace(usual, **changes)  # type: ignore[arg-type]


def good_but(changes: dict[str, AnswerValue], **others: object) -> AssessmentFacts:
    """The good record with these answers instead."""
    return good(answers=answers(WRITTEN, changes), **others)


def good_without(*names: str, **others: object) -> AssessmentFacts:
    """The good record with these answers never given."""
    left = {name: value for name, value in WRITTEN.items() if name not in names}
    return good(answers=answers(left), **others)


def rules(record: AssessmentFacts) -> set[str]:
    """The names of the rules by which the coach notices something."""
    return {advice.rule for advice in advise(record, TODAY)}


def only(record: AssessmentFacts) -> Advice:
    """The one thing the coach notices."""
    found = advise(record, TODAY)
    assert len(found) == 1, [advice.rule for advice in found]
    return found[0]
