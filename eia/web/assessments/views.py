"""Every page of an assessment, so that importing one name registers them all."""

from __future__ import annotations

from eia.web.assessments import (
    changes,
    coach,
    drafts,
    history,
    moves,
    people,
    returns,
    schedule,
    sections,
    share_out,
    show,
    starting,
    whole,
)
from eia.web.assessments.blueprint import blueprint

__all__ = [
    "blueprint",
    "changes",
    "coach",
    "drafts",
    "history",
    "moves",
    "people",
    "returns",
    "schedule",
    "sections",
    "share_out",
    "show",
    "starting",
    "whole",
]
