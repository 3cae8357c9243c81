"""Every page of plans, so that importing one name registers them all."""

from __future__ import annotations

from eia.web.plans import (
    carrying,
    checking,
    correcting,
    importing,
    leading,
    parties,
    reading,
    telling,
    versions,
)
from eia.web.plans.blueprint import blueprint

__all__ = [
    "blueprint",
    "carrying",
    "checking",
    "correcting",
    "importing",
    "leading",
    "parties",
    "reading",
    "telling",
    "versions",
]
