"""What is known about each group, and what is missing."""

from eia.web.evidence.views import blueprint

__all__ = ["blueprint"]
