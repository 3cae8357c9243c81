"""How answers are said to whoever asks: in their language, with their dates."""

from __future__ import annotations

from flask_babel import gettext

from eia.usecases.record_answers import Wording
from eia.web import filters
from eia.web.wording import words


def answer_wording() -> Wording:
    """How answers are said to this reader."""
    return Wording(
        say=lambda english, welsh: words(english, welsh or None),
        day=filters.day,
        yes=gettext("Yes"),
        no=gettext("No"),
        not_answered=gettext("Not answered yet"),
    )
