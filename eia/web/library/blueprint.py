"""The pages of the library, and how every page shows the age of a source."""

from __future__ import annotations

from flask import Blueprint

from eia.domain.evidence import FRESH_FOR_YEARS, is_old
from eia.usecases.writing import token_of

blueprint = Blueprint("library", __name__)


@blueprint.app_context_processor
def _ages() -> dict[str, object]:
    return {"is_old": is_old, "fresh_for": FRESH_FOR_YEARS.get, "token_of": token_of}
