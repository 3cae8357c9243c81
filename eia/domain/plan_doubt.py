"""How sure the reading of an action is: certain, likely and only to be glanced at, or to be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from eia.domain.action import PartyKind
from eia.domain.plan import PlanAction, PlanLead, PlannedAssessment
from eia.domain.target_date import TargetDate, TargetKind

_NOTES = re.compile(
    r"Joined from lines|One (?:outcome|target date|progress) stands beside|Its progress is written as"
    r"|It has no label|It points to another row|No lead stands beside it: taken from"
    r"|Its time, .* stands above the whole list"
)
"""Doubts that only tell how something was read. Any other asks: nothing uncertain passes unseen."""


class Sureness(StrEnum):
    """How sure a reading is, surest first."""

    SURE = "sure"
    LIKELY = "likely"
    ASK = "ask"

    @classmethod
    def least(cls, *parts: Sureness) -> Sureness:
        """A whole is as sure as the least sure of its parts."""
        return max(parts, key=list(cls).index)


def asking(problems: Iterable[str]) -> tuple[str, ...]:
    """Those that ask for something, without those that only tell how it was read."""
    return tuple(problem for problem in problems if not _NOTES.match(problem))


def sureness_of(action: PlanAction) -> Sureness:
    """How sure the reading of the whole action is."""
    return Sureness.least(_of_words(action), of_target(action.target), of_leads(action.leads))


def of_target(target: TargetDate) -> Sureness:
    """How sure the reading of a target date is."""
    if target.kind is TargetKind.UNKNOWN or target.problems:
        return Sureness.ASK
    return Sureness.SURE if target.is_certain else Sureness.LIKELY


def of_leads(leads: tuple[PlanLead, ...]) -> Sureness:
    """How sure it is who was named; who that is stays to be confirmed after the import in any case."""
    if not leads:
        return Sureness.ASK
    is_plain = all(lead.party is not PartyKind.UNCLEAR and not lead.inherited for lead in leads)
    return Sureness.SURE if is_plain else Sureness.LIKELY


def of_assessment(promised: PlannedAssessment) -> Sureness:
    """How sure the reading of a promised assessment is."""
    words = Sureness.ASK if promised.problems or not promised.lead_name else Sureness.SURE
    return Sureness.least(words, of_target(promised.target))


def _of_words(action: PlanAction) -> Sureness:
    if action.is_draft or not action.text.strip():
        return Sureness.ASK
    if not action.problems:
        return Sureness.SURE
    return Sureness.ASK if asking(action.problems) else Sureness.LIKELY
