"""The figures that are asked for: each with what it counts, out of what, and what is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID


class FigureName(StrEnum):
    """The figures in the order in which they are shown; the first is what courts ask about."""

    APPROVED_BEFORE = "approved_before"
    WITHOUT_ASSESSMENT = "without_assessment"
    IN_TIME = "in_time"
    SCREENED_OUT = "screened_out"
    DAYS_TO_APPROVAL = "days_to_approval"
    RETURNED = "returned"
    CONSULTED = "consulted"
    ACTIONS_ON_TIME = "actions_on_time"
    DATES_MOVED = "dates_moved"
    REVIEWS_DONE = "reviews_done"


class PartName(StrEnum):
    """What a figure's number is made of, or what the rest is."""

    APPROVED_AFTER = "approved_after"
    NEVER_APPROVED = "never_approved"
    FULL_IN_TIME = "full_in_time"
    SCREENED_IN_TIME = "screened_in_time"
    FINISHED_LATE = "finished_late"
    NOT_FINISHED = "not_finished"
    TO_BE_VERIFIED = "to_be_verified"
    DONE_LATE = "done_late"
    DROPPED = "dropped"
    CARRIED_FORWARD = "carried_forward"
    STILL_OPEN = "still_open"
    TIMES_MOVED = "times_moved"
    REVIEW_BEGUN = "review_begun"
    REVIEW_NOT_BEGUN = "review_not_begun"


NO_PARTS: Mapping[PartName, int] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What was counted in one department (None: in none); counts of several add up."""

    department_id: UUID | None
    counted: int
    out_of: int
    unknown: int = 0
    parts: Mapping[PartName, int] = field(default_factory=lambda: NO_PARTS)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`counted` of `out_of`; `unknown` are those about which the question cannot be answered.

    `median` is in days, for the one figure that is no share: then `out_of` says of how many.
    """

    name: FigureName
    counted: int = 0
    out_of: int = 0
    unknown: int = 0
    parts: Mapping[PartName, int] = field(default_factory=lambda: NO_PARTS)
    median: float | None = None

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, halves up; None where nothing was to be counted."""
        if not self.out_of or self.name is FigureName.DAYS_TO_APPROVAL:
            return None
        return (200 * self.counted + self.out_of) // (2 * self.out_of)


def figure(name: FigureName, tallies: Iterable[Tally]) -> Figure:
    """The tallies of several departments as one figure."""
    found = tuple(tallies)
    parts: Counter[PartName] = Counter()
    for each in found:
        parts.update(each.parts)
    return Figure(
        name=name,
        counted=sum(each.counted for each in found),
        out_of=sum(each.out_of for each in found),
        unknown=sum(each.unknown for each in found),
        parts=MappingProxyType(dict(parts)),
    )
