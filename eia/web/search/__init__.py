"""Finding what was written."""

from eia.web.search.views import blueprint

__all__ = ["blueprint"]
