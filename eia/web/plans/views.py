"""Every page of plans, so that importing one name registers them all."""

from __future__ import annotations

from eia.web.plans import importing, parties, reading
from eia.web.plans.blueprint import blueprint

__all__ = ["blueprint", "importing", "parties", "reading"]
