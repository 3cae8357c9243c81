"""Evidence: a typed source that says something about some characteristics, or a gap that somebody admits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from eia.domain.target_date import TargetDate


class EvidenceKind(StrEnum):
    """What kind of source it is; how soon it grows old depends on it."""

    SERVICE_DATA = "service_data"
    WORKFORCE_DATA = "workforce_data"
    CENSUS = "census"
    SURVEY = "survey"
    RESEARCH = "research"
    COMPLAINTS = "complaints"
    ENGAGEMENT = "engagement"
    PROFESSIONAL_VIEW = "professional_view"
    GAP = "gap"


FRESH_FOR_YEARS: Mapping[str, int] = MappingProxyType(
    {
        EvidenceKind.SERVICE_DATA: 2,
        EvidenceKind.WORKFORCE_DATA: 2,
        EvidenceKind.CENSUS: 12,  # taken every ten years, published in the two that follow
        EvidenceKind.SURVEY: 3,
        EvidenceKind.RESEARCH: 5,
        EvidenceKind.COMPLAINTS: 2,
        EvidenceKind.ENGAGEMENT: 3,
        EvidenceKind.PROFESSIONAL_VIEW: 2,
    }
)
"""For how many years after its date a source of this kind still says something about today."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A source in the body's library: entered once, cited by many assessments."""

    id: UUID
    title: str
    kind: EvidenceKind
    published_on: date | None
    characteristics: tuple[str, ...]  # whom it covers
    link: str
    added_by: UUID

    def is_called(self, title: str) -> bool:
        """Whether the title is the source's, however its letters and spaces were typed."""
        return _plain(self.title) == _plain(title)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One source as it was cited, or one gap: whose it is, by when, and the action that will close it."""

    id: UUID
    title: str
    kind: EvidenceKind
    published_on: date | None
    characteristics: tuple[str, ...]
    finding: str
    link: str
    is_gap: bool
    action_id: UUID | None
    source_id: UUID | None = None
    lead_id: UUID | None = None  # a party
    lead: str = ""  # its name, as written
    lead_person: UUID | None = None  # whom somebody confirmed to be meant
    target: TargetDate | None = None

    def cites(self, source: Source) -> bool:
        """Whether the source still reads as it was cited."""
        cited = (self.title, self.kind, self.published_on, self.link)
        return cited == (source.title, source.kind, source.published_on, source.link)


def oldest_fresh(kind: str, today: date) -> date | None:
    """The earliest day on which a source of this kind can be dated and not be too old; None: any day."""
    years = FRESH_FOR_YEARS.get(kind)
    if years is None:
        return None
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # the 29th of February, in a year that has none
        return date(today.year - years, 3, 1)


def is_old(kind: str, published_on: date | None, today: date) -> bool:
    """Whether a source is older than its kind allows; of an unknown kind or date nobody can tell."""
    oldest = oldest_fresh(kind, today)
    return oldest is not None and published_on is not None and published_on < oldest


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())
