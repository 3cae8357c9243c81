"""Whole lives of an assessment, each step made by the person whose step it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from eia.domain.errors import NotAllowed, NotReady
from eia.domain.facts import ActionState, AssessmentFacts, SignatureFacts, SignatureOutcome
from eia.domain.people import Actor
from eia.domain.workflow.choices import Decision, decide
from eia.domain.workflow.definition import Effect
from tests.domain.workflow.planted import ENGLAND
from tests.factories import (
    LEAD,
    TODAY,
    a_consultation,
    a_request,
    a_source,
    an_action,
    analysed,
    answers,
    checked,
    facts,
    reviewed,
    screened,
    the_champion,
    the_director,
    the_head,
    the_lead,
    the_officer,
)

WHY = {"comment": "Because."}


@dataclass
class Life:
    """An assessment as time goes by; it records what a use case would."""

    facts: AssessmentFacts

    def make(self, actor: Actor | None, move: str, *, today: date = TODAY, **parts: Any) -> Decision:
        decision = decide(ENGLAND, self.facts, actor, move, a_request(actor, today=today, **parts))
        self.know(stage=decision.to_stage, held_from=decision.held_from)
        if actor is not None:
            self._record(decision, actor)
        return decision

    def know(self, **changes: Any) -> None:
        self.facts = replace(self.facts, **changes)

    def _record(self, decision: Decision, actor: Actor) -> None:
        if Effect.RECOMMENDATION in decision.effects:
            self.know(reviewers=frozenset({actor.id}), recommended_hash=self.facts.content_hash)
        if Effect.SIGNATURE in decision.effects:
            signature = SignatureFacts(
                person_id=actor.id,
                role=decision.role,
                outcome=SignatureOutcome.SIGNED,
                content_hash=self.facts.content_hash,
            )
            self.know(signatures=(*self.facts.signatures, signature))
        if Effect.LAPSE_SIGNATURES in decision.effects:
            self.know(signatures=tuple(replace(item, lapsed=True) for item in self.facts.signatures))


def begun() -> Life:
    life = Life(facts())
    life.make(the_officer(), "schedule")
    life.know(lead_accepted=True)
    life.make(the_lead(), "begin_screening")
    life.know(answers=answers(screened()))
    life.make(the_lead(), "submit_screening")
    return life


def at_sign_off() -> Life:
    life = begun()
    life.make(the_champion(), "require_full")
    life.know(evidence=(a_source(),))
    life.make(the_lead(), "begin_consultation")
    life.know(consultations=(a_consultation(),))
    life.make(the_lead(), "begin_analysis")
    life.know(answers=answers(screened(), analysed()), actions=(an_action(),))
    life.make(the_lead(), "submit_for_review")
    life.make(the_champion(), "return_for_work", reasons=("not_plain",), **WHY)
    life.make(the_lead(), "submit_for_review")
    life.know(answers=answers(screened(), analysed(), checked()))
    life.make(the_champion(), "recommend")
    return life


def test_from_schedule_to_closed() -> None:
    life = at_sign_off()
    life.make(the_head(), "sign", attested=True)
    life.make(the_director(), "sign", attested=True)
    assert life.facts.stage == "follow_up"
    life.know(review_on=date(2027, 3, 2))
    with pytest.raises(NotReady):
        life.make(the_lead(), "begin_review")
    life.make(None, "begin_review", today=date(2027, 3, 2))
    life.know(answers=answers(screened(), analysed(), checked(), reviewed()))
    with pytest.raises(NotReady):
        life.make(the_lead(), "close")
    life.know(actions=(an_action(state=ActionState.VERIFIED),))
    life.make(the_lead(), "close")
    assert ENGLAND.is_end(life.facts.stage)


def test_screened_out_with_mitigation() -> None:
    life = begun()
    with pytest.raises(NotReady):
        life.make(the_champion(), "screen_out_with_mitigation")
    life.know(actions=(an_action(),))
    assert life.make(the_champion(), "screen_out_with_mitigation").to_stage == "screened_out"


def test_a_screening_returned_and_then_screened_out() -> None:
    life = begun()
    life.make(the_champion(), "return_screening", reasons=("reasons_thin",), **WHY)
    life.know(answers=answers(screened(effect="neutral", relevance="not_relevant")))
    life.make(the_lead(), "submit_screening")
    assert life.make(the_champion(), "screen_out").to_stage == "screened_out"


def test_without_consultation_when_the_champion_agrees() -> None:
    life = begun()
    life.make(the_champion(), "require_full")
    life.know(evidence=(a_source(),))
    with pytest.raises(NotAllowed):
        life.make(the_lead(), "skip_consultation", **WHY)
    assert life.make(the_champion(), "skip_consultation", **WHY).to_stage == "analysis"


def test_refused_changed_and_signed_anew_by_both() -> None:
    life = at_sign_off()
    life.make(the_head(), "sign", attested=True)
    life.make(the_director(), "refuse", reasons=("not_satisfied",), **WHY)
    assert life.facts.stage == "analysis"
    life.know(content_hash="e" * 64)
    life.make(the_lead(), "submit_for_review")
    life.make(the_champion(), "recommend")
    life.make(the_head(), "sign", attested=True)
    assert life.make(the_director(), "sign", attested=True).to_stage == "follow_up"


def test_changed_behind_the_champions_back_it_cannot_be_signed() -> None:
    life = at_sign_off()
    life.know(content_hash="e" * 64)
    with pytest.raises(NotReady):
        life.make(the_head(), "sign", attested=True)
    assert life.make(the_head(), "refuse", reasons=("content_changed",), **WHY).to_stage == "analysis"


def test_held_and_resumed_it_goes_on_as_if_nothing_had_been() -> None:
    life = begun()
    life.make(the_lead(), "hold", reasons=("election_period",))
    life.make(the_officer(), "resume")
    life.make(the_champion(), "require_full")
    assert (life.facts.stage, life.facts.held_from) == ("evidence", None)


def test_reviewed_and_reopened_as_a_new_version() -> None:
    life = at_sign_off()
    life.make(the_head(), "sign", attested=True)
    life.make(the_director(), "sign", attested=True)
    life.know(review_on=date(2027, 3, 2))
    life.make(the_lead(), "begin_early_review", reasons=("challenge",))
    decision = life.make(the_lead(), "reopen", reasons=("impact_worse",))
    assert Effect.NEW_VERSION in decision.effects
    second = Life(facts(stage=ENGLAND.new_version_starts_at, version=2, authors=frozenset({LEAD})))
    second.know(answers=life.facts.answers, evidence=(a_source(),))
    assert second.make(the_lead(), "begin_consultation").to_stage == "consultation"
