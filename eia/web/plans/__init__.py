"""Action plans: imported, read as people know them, their names matched to people."""

from eia.web.plans.views import blueprint

__all__ = ["blueprint"]
