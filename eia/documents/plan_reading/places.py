"""Says where a line is to be found, in files that have no lines: `line 12 (table 2, row 5)`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from eia.domain.plan import Conflict, PlanAction, PlannedAssessment, PlanRead

MOST_PLACES = 4
"""In one sentence; whoever wants the others looks at the lines."""

_LINES = re.compile(r"\b[Ll]ines? (?P<first>\d+)(?: to (?P<last>\d+)|(?P<more>(?:, \d+)+))?")


def with_places(plan: PlanRead, places: Mapping[int, str]) -> PlanRead:
    """The same plan, every doubt saying where to look."""
    if not places:
        return plan
    return replace(
        plan,
        actions=tuple(_action(each, places) for each in plan.actions),
        assessments=tuple(_assessment(each, places) for each in plan.assessments),
        conflicts=tuple(_conflict(each, places) for each in plan.conflicts),
        problems=tuple(_placed(each, places) for each in plan.problems),
    )


def _action(action: PlanAction, places: Mapping[int, str]) -> PlanAction:
    return replace(action, problems=tuple(_placed(each, places) for each in action.problems))


def _assessment(promised: PlannedAssessment, places: Mapping[int, str]) -> PlannedAssessment:
    return replace(promised, problems=tuple(_placed(each, places) for each in promised.problems))


def _conflict(conflict: Conflict, places: Mapping[int, str]) -> Conflict:
    found = dict.fromkeys(places.get(claim.passage.first_line, "") for claim in conflict.claims)
    return replace(conflict, places=tuple(filter(None, found)))


def _placed(sentence: str, places: Mapping[int, str]) -> str:
    """The first mention of lines is ours: what follows may be the document's own words."""

    def named(match: re.Match[str]) -> str:
        numbers = [int(each) for each in re.findall(r"\d+", match[0])]
        found = list(dict.fromkeys(filter(None, (places.get(number) for number in numbers))))
        return f"{match[0]} ({'; '.join(found[:MOST_PLACES])})" if found else match[0]

    return _LINES.sub(named, sentence, count=1)
