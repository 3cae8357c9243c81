"""How the installation is doing, what mail it sent, and its rulebook."""

from eia.web.operations.views import blueprint

__all__ = ["blueprint"]
