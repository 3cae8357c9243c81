"""Signing in and out."""

from eia.web.sign_in import resume, views
from eia.web.sign_in.blueprint import blueprint

__all__ = ["blueprint", "resume", "views"]
