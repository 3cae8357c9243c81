"""The body's library of evidence, and the gaps in it."""

from eia.web.library.views import blueprint

__all__ = ["blueprint"]
