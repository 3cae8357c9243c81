"""Whether what is promised can be held to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from eia.domain.coach.advice import Advice, Severity
from eia.domain.coach.questions import MITIGATION, rated, text_of
from eia.domain.coach.registry import rule
from eia.domain.coach.words import is_placeholder, is_vague
from eia.domain.facts import ActionFacts, ActionState, AssessmentFacts
from eia.domain.target_date import TargetKind


@rule
def mitigation_not_promised(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """What will reduce a harm is an action too, with a lead and a date.

    An action that names no group counts for each.
    """
    kept = [action for action in facts.actions if action.state is not ActionState.DROPPED]
    idle = tuple(key for key in _mitigated(facts) if not _of(kept, key))
    loose = tuple(
        key for key in _mitigated(facts) if _of(kept, key) and not any(map(_can_be_held_to, _of(kept, key)))
    )
    if idle:
        yield Advice(
            rule="mitigation_not_promised",
            message="Mitigation that nobody has promised may never come. Add an action, a lead and a date.",
            where="actions",
            characteristics=idle,
            severity=Severity.SERIOUS,
        )
    if loose:
        yield Advice(
            rule="mitigation_not_promised",
            message="The actions that mitigation relies on have no lead, or no date.",
            where="actions",
            characteristics=loose,
            severity=Severity.SERIOUS,
        )


@rule
def vague_mitigation(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """Mitigation says what will be different, not that somebody will monitor or consider."""
    vague = tuple(key for key in _mitigated(facts) if is_vague(text_of(facts, MITIGATION, key)))
    if vague:
        yield Advice(
            rule="vague_mitigation",
            message="To monitor, consider or signpost changes nothing by itself. Say what will be different.",
            where=MITIGATION.form,
            characteristics=vague,
        )


def _mitigated(facts: AssessmentFacts) -> tuple[str, ...]:
    return tuple(
        key for key in rated(facts, "negative") if not is_placeholder(text_of(facts, MITIGATION, key))
    )


def _of(actions: list[ActionFacts], characteristic: str) -> list[ActionFacts]:
    return [action for action in actions if action.characteristic in (None, characteristic)]


def _can_be_held_to(action: ActionFacts) -> bool:
    return action.has_lead and action.target.kind is not TargetKind.UNKNOWN
