"""Evidence: a typed source that says something about some characteristics, or a gap that somebody admits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID


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
class Evidence:
    """One source, or one gap with the action that will close it."""

    id: UUID
    title: str
    kind: EvidenceKind
    published_on: date | None
    characteristics: tuple[str, ...]
    finding: str
    link: str
    is_gap: bool
    action_id: UUID | None


def is_old(kind: str, published_on: date | None, today: date) -> bool:
    """Whether a source is older than its kind allows; of an unknown kind or date nobody can tell."""
    years = FRESH_FOR_YEARS.get(kind)
    if years is None or published_on is None:
        return False
    last = (published_on.year + years, published_on.month, published_on.day)
    return (today.year, today.month, today.day) > last
