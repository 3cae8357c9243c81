"""Signing in and out."""

from eia.web.sign_in.views import blueprint

__all__ = ["blueprint"]
