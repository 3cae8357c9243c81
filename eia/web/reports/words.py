"""The words of a report in the reader's language."""

from __future__ import annotations

from flask_babel import gettext

from eia.documents.record.words import Words
from eia.documents.report.words import ENGLISH
from eia.web import filters


def report_words() -> Words:
    """Headings, figures and definitions as this reader sees them."""
    said = {name: gettext(english) for name, english in ENGLISH.items()}
    return Words(said=said, day=filters.day, role=filters.role)
