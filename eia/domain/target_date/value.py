"""A target date as promised: the words, and the earliest and latest day they can mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self, TypedDict


class TargetKind(StrEnum):
    """How the words give their date, or why they give none."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    FINANCIAL_YEAR = "financial_year"
    MUNICIPAL_YEAR = "municipal_year"
    BY = "by"  # nothing says when it may begin: `earliest` is None
    FROM = "from"  # nothing says when it ends: `latest` is None
    SPAN = "span"
    MILESTONES = "milestones"
    ONGOING = "ongoing"
    EVENT = "event"  # counted from something that has no date yet
    UNKNOWN = "unknown"


class MilestoneJson(TypedDict):
    """A milestone as stored and as printed."""

    name: str
    raw: str
    kind: str
    earliest: str | None
    latest: str | None


class TargetJson(TypedDict):
    """A target date as `eia plan read --json` prints it, with ISO dates."""

    raw: str
    kind: str
    earliest: str | None
    latest: str | None
    provisional: bool
    milestones: list[MilestoneJson]


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """One of several dates of a target; `name` is what the words call it, or nothing."""

    name: str = ""
    raw: str
    kind: TargetKind
    earliest: date | None = None
    latest: date | None = None

    def as_json(self) -> MilestoneJson:
        """Ready for a JSON column; `from_json` reads it back."""
        return {
            "name": self.name,
            "raw": self.raw,
            "kind": str(self.kind),
            "earliest": _iso(self.earliest),
            "latest": _iso(self.latest),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, str | None]) -> Self:
        """A milestone out of its stored form."""
        return cls(
            name=stored.get("name") or "",
            raw=stored.get("raw") or "",
            kind=TargetKind(stored.get("kind") or TargetKind.UNKNOWN),
            earliest=_day(stored.get("earliest")),
            latest=_day(stored.get("latest")),
        )


@dataclass(frozen=True, kw_only=True)
class TargetDate:
    """What was promised, kept as written, and the days it can mean; reminders count back from `latest`.

    `provisional`: the words say that the date may change. `inferred`: part of the reading is not in the
    words (a year out of the plan's period, an assumed start of year). `problems`: sentences saying what a
    person should confirm; a reading without any is certain.
    """

    raw: str
    kind: TargetKind
    earliest: date | None = None
    latest: date | None = None
    provisional: bool = False
    inferred: bool = False
    milestones: tuple[Milestone, ...] = ()
    problems: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"earliest {self.earliest} is after latest {self.latest}")

    @property
    def is_certain(self) -> bool:
        """Whether nothing in the reading needs a person to confirm it."""
        return not (self.provisional or self.inferred or self.problems or self.kind is TargetKind.UNKNOWN)

    def as_json(self) -> TargetJson:
        """The six keys that are stored and printed; dates are ISO or null, kinds plain strings."""
        return {
            "raw": self.raw,
            "kind": str(self.kind),
            "earliest": _iso(self.earliest),
            "latest": _iso(self.latest),
            "provisional": self.provisional,
            "milestones": [milestone.as_json() for milestone in self.milestones],
        }

    @classmethod
    def from_columns(
        cls,
        *,
        raw: str,
        kind: str,
        earliest: date | None,
        latest: date | None,
        provisional: bool,
        milestones: Sequence[Mapping[str, str | None]] = (),
    ) -> Self:
        """A target date out of its stored columns; how it was inferred is not stored."""
        return cls(
            raw=raw,
            kind=TargetKind(kind),
            earliest=earliest,
            latest=latest,
            provisional=provisional,
            milestones=tuple(Milestone.from_json(stored) for stored in milestones),
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
