"""What a body chooses for itself."""

from eia.web.settings.views import blueprint

__all__ = ["blueprint"]
