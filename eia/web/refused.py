"""What was refused, as the page says it beside its fields."""

from __future__ import annotations

from flask_babel import gettext

from eia.domain.errors import Invalid


def in_words(refusal: Invalid) -> dict[str, str]:
    """Each field with the sentence that says how to put it right, in the reader's language."""
    return {field: gettext(sentence) for field, sentence in refusal.problems.items()}
