"""Who works here and what they hold."""

from eia.web.people import leaving
from eia.web.people.views import blueprint

__all__ = ["blueprint", "leaving"]
