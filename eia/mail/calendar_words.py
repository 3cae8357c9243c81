"""What a calendar shows of a promise: by what people know it, and never its words."""

from __future__ import annotations

from eia.domain.calendar import Entry
from eia.mail.catalogue import translations


def summary(entry: Entry, language: str) -> str:
    """Such as "Action due: FIN-2026-004"."""
    _ = translations(language).gettext
    if entry.is_milestone:
        return _("Milestone of an action: %(known_as)s") % {"known_as": entry.known_as}
    if entry.kind == "assessment":
        return _("Assessment due: %(known_as)s") % {"known_as": entry.known_as}
    return _("Action due: %(known_as)s") % {"known_as": entry.known_as}


def name(language: str) -> str:
    """What the calendar is called."""
    return translations(language).gettext("Equality target dates")
