"""The body's assessments by department, year and stage."""

from eia.web.programme.views import blueprint

__all__ = ["blueprint"]
