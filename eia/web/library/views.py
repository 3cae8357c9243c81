"""Every page of the library, so that importing one name registers them all."""

from __future__ import annotations

from eia.web.library import files, gaps, sources
from eia.web.library.blueprint import blueprint

__all__ = ["blueprint", "files", "gaps", "sources"]
