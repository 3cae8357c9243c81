"""What somebody promised, and whether it happened."""

from eia.web.actions.views import blueprint

__all__ = ["blueprint"]
