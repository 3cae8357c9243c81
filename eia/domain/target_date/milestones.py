"""Several dates in one text, each a milestone called by its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eia.domain.target_date.phrases import MARK
from eia.domain.target_date.reading import Found, Reading, doubtful
from eia.domain.target_date.shapes import shape_of
from eia.domain.target_date.value import Milestone, TargetDate, TargetKind
from eia.domain.target_date.words import DOUBTFUL_NAME, FILLERS, SEPARATOR


def milestone_of(name: str, raw: str, reading: Reading) -> Milestone:
    """A reading as a milestone, called `name`."""
    return Milestone(name=name, raw=raw, kind=reading.kind, earliest=reading.earliest, latest=reading.latest)


def milestones_of(raw: str, shape: str, found: Sequence[Found], readings: Sequence[Reading]) -> TargetDate:
    """Each part between separators is a milestone, called by its own words."""
    milestones: list[Milestone] = []
    problems: list[str] = []
    inferred = False
    taken = 0
    for part in SEPARATOR.split(shape):
        count = part.count(MARK)
        for milestone, reading in _part(part, found[taken : taken + count], readings[taken : taken + count]):
            milestones.append(milestone)
            problems.extend(reading.problems)
            inferred = inferred or reading.inferred
        if count == 0 and FILLERS.sub("", part):
            problems.append(f"These words played no part in the reading: '{part}'.")
            inferred = True
        taken += count
    if any(DOUBTFUL_NAME.search(milestone.name) for milestone in milestones):
        problems.append("How its dates belong together is not certain.")
    latest = [m.latest for m in milestones if m.latest]
    earliest = [*latest, *(m.earliest for m in milestones if m.earliest)]
    return TargetDate(
        raw=raw,
        kind=TargetKind.MILESTONES,
        earliest=min(earliest, default=None),
        latest=max(latest, default=None),
        inferred=inferred,
        milestones=tuple(milestones),
        problems=tuple(dict.fromkeys(problems)),
    )


def _part(part: str, found: Sequence[Found], readings: Sequence[Reading]) -> list[tuple[Milestone, Reading]]:
    if not found:
        return []
    shaped = shape_of(part, readings)
    if shaped is not None:
        raw = " - ".join(phrase.raw for phrase in found)
        return [(milestone_of(_name(shaped.left_over), raw, shaped.reading), shaped.reading)]
    if len({reading.kind for reading in readings}) > 1 and not _name(part.replace(MARK, "")):
        readings = [
            doubtful(reading, "How its dates belong together is not certain.") for reading in readings
        ]
    names = [_name(words) for words in part.split(MARK)]
    if names[-1] and not names[0]:
        names = names[1:]  # the words stand after their dates
    return [
        (milestone_of(name, phrase.raw, reading), reading)
        for name, phrase, reading in zip(names, found, readings, strict=False)
    ]


def _name(words: str) -> str:
    name = re.sub(r"\s+", " ", words).strip(" ,;:()[]-.")
    return name if FILLERS.sub("", name) else ""
