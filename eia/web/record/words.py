"""The words of the documents in the reader's language."""

from __future__ import annotations

from flask_babel import gettext

from eia.documents.record.words import ENGLISH, Words
from eia.web import filters


def document_words() -> Words:
    """Headings and labels as this reader sees them."""
    said = {name: gettext(english) for name, english in ENGLISH.items()}
    return Words(said=said, day=filters.day, role=filters.role)
