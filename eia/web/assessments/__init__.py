"""Assessments: scheduled, answered section by section, moved from stage to stage, and remembered."""

from eia.web.assessments.views import blueprint

__all__ = ["blueprint"]
