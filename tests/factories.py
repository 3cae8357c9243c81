"""Facts and people for rules to be tried on: one assessment of an invented council, with whatever differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from uuid import UUID, uuid5

from eia.domain.facts import (
    ActionFacts,
    ActionState,
    AnswerKey,
    AnswerValue,
    AssessmentFacts,
    ConsultationFacts,
    EvidenceFacts,
    MoveRequest,
    SignatureFacts,
    SignatureOutcome,
)
from eia.domain.people import Actor, Grant, Role
from eia.domain.target_date import TargetDate, TargetKind

NAMESPACE = UUID("6d0d1f8c-0000-4000-8000-000000000000")
TODAY = date(2026, 3, 2)


def an_id(name: str) -> UUID:
    """The same id for the same name, always."""
    return uuid5(NAMESPACE, name)


BODY, DEPARTMENT, ASSESSMENT = an_id("body"), an_id("housing"), an_id("assessment")
LEAD, CHAMPION, HEAD, DIRECTOR = an_id("lead"), an_id("champion"), an_id("head"), an_id("director")
HASH = "c" * 64


def an_actor(name: str, *roles: Role, department_id: UUID | None = DEPARTMENT) -> Actor:
    """A person of the council; a head of service or director holds that in `department_id` alone."""
    wide = (Role.EQUALITY_OFFICER, Role.ADMINISTRATOR, Role.COMMITTEE)
    grants = tuple(Grant(role=role, department_id=None if role in wide else department_id) for role in roles)
    return Actor(
        id=an_id(name),
        body_id=BODY,
        name=name.title(),
        job_title=name.title(),
        email=f"{name}@harbour.example.org",
        department_id=department_id,
        grants=grants,
    )


def the_lead() -> Actor:
    """Leads the assessment that `facts` makes."""
    return an_actor("lead")


def the_champion() -> Actor:
    """Reviews the assessment that `facts` makes."""
    return an_actor("champion")


def the_head() -> Actor:
    """Head of service of its department."""
    return an_actor("head", Role.HEAD_OF_SERVICE)


def the_director() -> Actor:
    """Director of its department."""
    return an_actor("director", Role.DIRECTOR)


def the_officer() -> Actor:
    """The council's equality officer."""
    return an_actor("officer", Role.EQUALITY_OFFICER)


def a_target(raw: str = "June 2026", *, kind: TargetKind = TargetKind.MONTH) -> TargetDate:
    """A target date in June 2026, unless its kind has no day."""
    if kind in (TargetKind.UNKNOWN, TargetKind.EVENT):
        return TargetDate(raw=raw, kind=kind)
    return TargetDate(raw=raw, kind=kind, earliest=date(2026, 6, 1), latest=date(2026, 6, 30))


def facts(**changes: object) -> AssessmentFacts:
    """An assessment just proposed, about two groups, with a lead and a champion; and what differs."""
    usual = AssessmentFacts(
        id=ASSESSMENT,
        body_id=BODY,
        department_id=DEPARTMENT,
        reference="HOU-2026-001",
        title="Repairs by appointment",
        workflow="england-1",
        version=1,
        row_version=1,
        stage="proposed",
        stage_since=datetime(2026, 3, 1, 9, tzinfo=UTC),
        assigned=((LEAD, Role.LEAD), (CHAMPION, Role.CHAMPION)),
        target=a_target(),
        decision_body="Cabinet",
        decision_on=date(2026, 7, 1),
        characteristics=("age", "disability"),
        authors=frozenset({LEAD}),
        content_hash=HASH,
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def answers(*given: Mapping[str, AnswerValue], **of_form: AnswerValue) -> Mapping[AnswerKey, AnswerValue]:
    """Answers from mappings of "form.question" or "form.grid.column@characteristic" to values."""
    found: dict[AnswerKey, AnswerValue] = {}
    for mapping in (*given, of_form):
        for name, value in mapping.items():
            address, _, characteristic = name.partition("@")
            form, _, question = address.partition(".")
            found[AnswerKey(form, question, characteristic)] = value
    return MappingProxyType(found)


def each(question: str, value: AnswerValue, *characteristics: str) -> dict[str, AnswerValue]:
    """The same answer for several characteristics."""
    return {f"{question}@{key}": value for key in characteristics or ("age", "disability")}


def screened(*, effect: str = "negative", relevance: str = "relevant") -> dict[str, AnswerValue]:
    """A screening in which both groups have the same answers."""
    return {
        **each("screening.relevance.relevance", relevance),
        **each("screening.relevance.effect", effect),
        **each("screening.relevance.reason", "Tenants over 75 rarely book online."),
        "schedule.purpose": "Repairs will be booked online.",
        "schedule.who_is_affected": "Four thousand tenants.",
        "screening.outcome_reason": "Some tenants may find booking harder.",
    }


def analysed() -> dict[str, AnswerValue]:
    """An analysis in which age is negative and mitigated, disability positive."""
    return {
        **each("impact.impact.rating", ("negative",), "age"),
        **each("impact.impact.rating", ("positive",), "disability"),
        **each("impact.impact.explanation", "See the survey of tenants."),
        **each("impact.impact.mitigation", "Booking by telephone stays.", "age"),
        "impact.aim_eliminate": "Nobody is turned away.",
        "impact.aim_advance": "Longer visits where they are needed.",
        "impact.aim_foster": "Tenants' groups are told why.",
        "outcome.recommended_outcome": "adjust",
        "outcome.outcome_reason": "Telephone booking was added.",
    }


def checked() -> dict[str, AnswerValue]:
    """A quality check with every question answered with yes."""
    names = (
        "evidence_sufficient",
        "consultation_adequate",
        "impacts_explained",
        "mitigation_realistic",
        "plain_english",
    )
    return {f"quality_check.{name}": True for name in names}


def reviewed() -> dict[str, AnswerValue]:
    """A review that says what came of each predicted impact."""
    return each("review.actual.actual", "as_predicted")


def a_source(*characteristics: str, gap: bool = False, action: UUID | None = None) -> EvidenceFacts:
    """A source about these characteristics, or a gap."""
    return EvidenceFacts(
        id=an_id(f"source {characteristics} {gap}"),
        characteristics=characteristics or ("age", "disability"),
        is_gap=gap,
        action_id=action,
    )


def a_consultation(**changes: object) -> ConsultationFacts:
    """A consultation that was open for 31 days in January, heard both groups and was written up."""
    usual = ConsultationFacts(
        id=an_id("consultation"),
        opens_on=date(2026, 1, 1),
        closes_on=date(2026, 1, 31),
        characteristics=("age", "disability"),
        heard=("age", "disability"),
        summary="Older tenants want to telephone.",
        changed="Telephone booking stays.",
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def an_action(**changes: object) -> ActionFacts:
    """An open action with a lead, due in June 2026."""
    usual = ActionFacts(
        id=an_id("action"),
        state=ActionState.OPEN,
        leads=(LEAD,),
        has_lead=True,
        target=a_target(),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def a_signature(person_id: UUID, role: Role, **changes: object) -> SignatureFacts:
    """A signature that counts."""
    usual = SignatureFacts(person_id=person_id, role=role, outcome=SignatureOutcome.SIGNED, content_hash=HASH)
    return replace(usual, **changes)  # type: ignore[arg-type]


def a_request(actor: Actor | None = None, **changes: object) -> MoveRequest:
    """A bare request, made today by the lead unless somebody else is given."""
    usual = MoveRequest(actor_id=LEAD if actor is None else actor.id, today=TODAY)
    return replace(usual, **changes)  # type: ignore[arg-type]


def whole(stage: str, **changes: object) -> AssessmentFacts:
    """An assessment with everything in it that any forward move of england-1 asks for, at this stage."""
    usual = facts(
        stage=stage,
        lead_accepted=True,
        answers=answers(screened(), analysed(), checked(), reviewed()),
        evidence=(a_source(),),
        consultations=(a_consultation(),),
        actions=(an_action(),),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def recommended(**changes: object) -> AssessmentFacts:
    """An assessment at sign-off, as the champion recommended it."""
    usual = whole("sign_off", reviewers=frozenset({CHAMPION}), recommended_hash=HASH)
    return replace(usual, **changes)  # type: ignore[arg-type]
