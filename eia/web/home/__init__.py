"""What a person finds when they come in."""

from eia.web.home.views import blueprint

__all__ = ["blueprint"]
