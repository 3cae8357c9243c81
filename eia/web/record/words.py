"""The words of the documents in the reader's language."""

from __future__ import annotations

from flask_babel import gettext

from eia.documents.record.words import ENGLISH, Words
from eia.usecases.record_answers import Wording
from eia.web import filters
from eia.web.wording import words


def document_words() -> Words:
    """Headings and labels as this reader sees them."""
    said = {name: gettext(english) for name, english in ENGLISH.items()}
    return Words(said=said, day=filters.day, role=filters.role)


def answer_wording() -> Wording:
    """How answers are said to this reader."""
    return Wording(
        say=lambda english, welsh: words(english, welsh or None),
        day=filters.day,
        yes=gettext("Yes"),
        no=gettext("No"),
        not_answered=gettext("Not answered yet"),
    )
