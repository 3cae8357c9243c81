"""Every page of evidence, so that importing one name registers them all."""

from __future__ import annotations

from eia.web.evidence import reading, writing
from eia.web.evidence.blueprint import blueprint

__all__ = ["blueprint", "reading", "writing"]
