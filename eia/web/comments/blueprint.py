"""Where the pages of comments are registered."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("comments", __name__)
