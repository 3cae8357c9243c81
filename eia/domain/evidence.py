"""Evidence: a typed source that says something about some characteristics, or a gap that somebody admits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
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
