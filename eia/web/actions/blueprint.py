"""Where every page of actions is registered."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("actions", __name__)
