"""Where every page of an assessment is registered."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("assessments", __name__)
