"""Where every page of plans is registered."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("plans", __name__)
