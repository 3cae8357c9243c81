"""Actions that point to other rows, and the dates that contradict each other across the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from eia.documents.plan_reading.labels import covers
from eia.documents.plan_reading.sections import BELOW
from eia.domain.plan import Claim, Conflict, Passage, PlanAction

SHORTEST_TEXT = 4
"""Words; the same shorter text twice, as `Report progress.`, need not be one promise."""

MOST_REFERENCES = 200
"""Rows that point to others; each is compared with the whole plan."""

_LABELS = r"\((?:[ivxl]+|[a-z]|\d{1,2})(?:\s?[-–]\s?(?:[ivxl]+|[a-z]|\d{1,2}))?\)"
_BESIDE = re.compile(rf"\b[Ss]ee (?:\w+ ){{0,2}}(?P<labels>{_LABELS}) (?:above|below)\b")
_ELSEWHERE = re.compile(
    r"\b[Ss]ee (?:\w+ ){0,3}(?:under|in|at) (?:section |part |table )?"
    r"(?P<quote>['‘\"“])?(?P<letter>[A-Z]|\d{1,2})(?(quote)['’\"”]|\b)"
)
_FARTHEST = 120  # characters after it that may say more


def with_references(actions: Sequence[PlanAction]) -> tuple[PlanAction, ...]:
    """The same actions, each that points to another saying where."""
    pointing = set(map(id, _pointing(actions)))
    return tuple(_saying_where(each, actions) if id(each) in pointing else each for each in actions)


def find_conflicts(actions: Sequence[PlanAction]) -> tuple[Conflict, ...]:
    """Dates of one thing that cannot all be meant: a row against those it points to, or one text twice."""
    return (*_between_references(actions), *_between_repetitions(actions))


def _saying_where(action: PlanAction, actions: Sequence[PlanAction]) -> PlanAction:
    words, found = _reference(action), _pointed_to(action, actions)
    lines = tuple(dict.fromkeys(str(each.passage.first_line) for each in found))
    where = f"found at line{'s' * (len(lines) > 1)} {', '.join(lines)}" if found else "which was not found"
    return replace(action, problems=(*action.problems, f"It points to another row, '{words}', {where}."))


def _reference(action: PlanAction) -> str:
    match = _BESIDE.search(action.text)
    if match:
        return match[0]
    match = _ELSEWHERE.search(action.text)
    return f"{match[0]}{_after(match)}" if match else ""


def _after(match: re.Match[str]) -> str:
    """The rest of the line, which may name a heading and labels."""
    return match.string[match.end() : match.end() + _FARTHEST].partition("\n")[0].rstrip(" .")


def _pointed_to(action: PlanAction, actions: Sequence[PlanAction]) -> list[PlanAction]:
    beside = _BESIDE.search(action.text)
    if beside:
        here = [each for each in actions if each.passage == action.passage and each is not action]
        return [each for each in here if covers(beside["labels"], each.label)]
    elsewhere = _ELSEWHERE.search(action.text)
    return _under(elsewhere, action, actions) if elsewhere else []


def _under(match: re.Match[str], action: PlanAction, actions: Sequence[PlanAction]) -> list[PlanAction]:
    """The actions under a letter, of the same lower heading and labels where the words leave a choice."""
    headings = {each.heading for each in actions}
    wanted = {heading for heading in headings if _has_letter(heading, match["letter"])}
    alike = {heading for heading in wanted if _lower(heading) == _lower(action.heading)}
    found = [each for each in actions if each.heading in wanted and each is not action]
    same = [each for each in found if each.heading in alike]
    labels = re.search(_LABELS, _after(match))
    found = same or found
    labelled = [each for each in found if labels and covers(labels[0], each.label)]
    return labelled or found


def _has_letter(heading: str, letter: str) -> bool:
    return bool(re.match(rf"(?:\w+ )?{letter}(?:[.):]|\s)", heading))


def _lower(heading: str) -> str:
    return heading.rpartition(BELOW)[2].casefold()


def _between_references(actions: Sequence[PlanAction]) -> Iterator[Conflict]:
    """All who point to the same rows are one conflict with them."""
    groups: dict[tuple[int, ...], tuple[list[PlanAction], list[PlanAction]]] = {}
    for action in _pointing(actions):
        there = _pointed_to(action, actions)
        groups.setdefault(tuple(map(id, there)), (there, []))[1].append(action)
    for there, pointing in groups.values():
        dates = {each.target.latest for each in there}
        against = [each for each in pointing if each.target.latest and each.target.latest not in dates]
        if against and any(dates):
            yield _conflict(_lower_name(there), [*there, *pointing])


def _between_repetitions(actions: Sequence[PlanAction]) -> Iterator[Conflict]:
    by_text: dict[str, list[PlanAction]] = {}
    for action in actions:
        words = re.findall(r"\w+", action.text.casefold())
        if len(words) >= SHORTEST_TEXT and not _reference(action) and action.target.latest:
            by_text.setdefault(" ".join(words), []).append(action)
    for same in by_text.values():
        if len({each.target.latest for each in same}) > 1:
            yield _conflict(f"'{same[0].text[:80]}'", same)


def _pointing(actions: Sequence[PlanAction]) -> list[PlanAction]:
    return [each for each in actions if _reference(each)][:MOST_REFERENCES]


def _lower_name(actions: Sequence[PlanAction]) -> str:
    return actions[0].heading.rpartition(BELOW)[2] or actions[0].label


def _conflict(subject: str, actions: Sequence[PlanAction]) -> Conflict:
    dated = sorted((each for each in actions if each.target.latest), key=lambda each: each.passage.first_line)
    values: dict[date | None, str] = {}
    for each in dated:
        values.setdefault(each.target.latest, each.target.raw)
    claims = tuple(_claim(list(same)) for _, same in groupby(dated, key=_stand))
    return Conflict(subject=subject, claims=claims, values=tuple(values.values()))


def _stand(action: PlanAction) -> tuple[Passage, str]:
    return action.passage, action.target.raw


def _claim(actions: Sequence[PlanAction]) -> Claim:
    """What one row says, with the labels of all its actions."""
    first = actions[0]
    labels = ", ".join(each.label for each in actions if each.label)
    return Claim(value=first.target.raw, heading=first.heading, label=labels, passage=first.passage)
