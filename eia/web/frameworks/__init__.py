"""Where the body stands in equality frameworks."""

from eia.web.frameworks.views import blueprint

__all__ = ["blueprint"]
