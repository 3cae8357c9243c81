"""Reports of a period or a plan: to read, to print, and as files."""

from eia.web.reports.views import blueprint

__all__ = ["blueprint"]
