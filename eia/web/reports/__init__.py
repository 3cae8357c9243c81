"""Reports of a period or a plan: to read, to print, to take away and to keep."""

from eia.web.reports import kept, views
from eia.web.reports.blueprint import blueprint

__all__ = ["blueprint", "kept", "views"]
