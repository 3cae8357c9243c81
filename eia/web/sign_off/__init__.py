"""Signing an assessment, or refusing to."""

from eia.web.sign_off.views import blueprint

__all__ = ["blueprint"]
