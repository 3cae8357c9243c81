"""Where every page of how it is running is registered."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("operations", __name__)
