"""An assessment to read through, print, or take away."""

from eia.web.record.views import blueprint

__all__ = ["blueprint"]
