"""Whether conclusions rest on anything, and on anything that still holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from eia.domain.coach.advice import Advice, Severity
from eia.domain.coach.questions import rated
from eia.domain.coach.registry import rule
from eia.domain.evidence import is_old
from eia.domain.facts import AssessmentFacts


@rule
def neutral_without_evidence(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """That nothing changes for a group is a finding too, and needs evidence as any other."""
    bare = _without_evidence(facts, rated(facts, "neutral", "none"))
    if bare:
        yield Advice(
            rule="neutral_without_evidence",
            message="No impact is claimed without evidence. Add a source, or call it unknown.",
            where="evidence",
            characteristics=bare,
            severity=Severity.SERIOUS,
        )


@rule
def rating_without_evidence(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """A good or bad effect is shown by a source about this group, or by people of it who were heard."""
    bare = _without_evidence(facts, rated(facts, "positive", "negative"))
    if bare:
        yield Advice(
            rule="rating_without_evidence",
            message="An impact is rated and no source is about this group. Add one, or say who was heard.",
            where="evidence",
            characteristics=bare,
        )


@rule
def old_evidence(facts: AssessmentFacts, today: date) -> Iterator[Advice]:
    """No source is older than its kind allows."""
    old = [item for item in facts.evidence if is_old(item.kind, item.published_on, today)]
    groups = {key for item in old for key in item.characteristics}
    if old:
        yield Advice(
            rule="old_evidence",
            message="Sources older than their kind allows: %(count)s. Find newer ones, or say why they hold.",
            values=(("count", str(len(old))),),
            where="evidence",
            characteristics=tuple(key for key in facts.characteristics if key in groups),
        )


def _without_evidence(facts: AssessmentFacts, groups: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the groups that no source is about and nobody was heard from; a gap is no source."""
    covered = {key for item in facts.evidence if not item.is_gap for key in item.characteristics}
    heard = {key for item in facts.consultations for key in item.heard}
    return tuple(key for key in groups if key not in covered | heard)
