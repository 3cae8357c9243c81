"""What the coach noticed, told alike to whoever writes an assessment and to whoever checks it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from eia import content
from eia.domain.coach import Advice, advise
from eia.domain.facts import AssessmentFacts
from eia.domain.people import Actor
from eia.domain.policy import Permission, may
from eia.usecases.sections import why_closed
from eia.usecases.writing import subject_of

LISTENERS = (Permission.EDIT_ANSWERS, Permission.REVIEW)


@dataclass(frozen=True, kw_only=True)
class Coaching:
    """The advice, and the sections among those it points to that this person can put right now."""

    advice: tuple[Advice, ...]
    open: frozenset[str]


def coaching(actor: Actor, facts: AssessmentFacts, today: date) -> Coaching | None:
    """All that the coach notices; None for whoever neither writes nor checks, and once it is approved."""
    if not any(may(actor, permission, subject_of(facts)) for permission in LISTENERS):
        return None
    if facts.approved_on is not None or content.workflow(facts.workflow).is_end(facts.stage):
        return None
    advice = advise(facts, today)
    return Coaching(advice=advice, open=_open(actor, facts, {each.where for each in advice}))


def coaching_for(actor: Actor, facts: AssessmentFacts, today: date, section: str) -> Coaching | None:
    """What is about this section alone; all of it where somebody checks the whole assessment."""
    found = coaching(actor, facts, today)
    if found is None or is_for_checking(facts, section):
        return found
    return replace(found, advice=tuple(each for each in found.advice if section_of(each) == section))


def is_for_checking(facts: AssessmentFacts, section: str) -> bool:
    """Whether the section is where somebody checks the whole assessment."""
    return section in content.workflow(facts.workflow).reviewer_sections


def section_of(advice: Advice) -> str:
    """The section in which it is put right; title, dates and people open with the schedule."""
    return "schedule" if advice.where == "details" else advice.where


def _open(actor: Actor, facts: AssessmentFacts, places: Iterable[str]) -> frozenset[str]:
    as_section = {place: "schedule" if place == "details" else place for place in places}
    return frozenset(
        place for place, section in as_section.items() if why_closed(actor, facts, section) is None
    )
