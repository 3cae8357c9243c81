"""Which line of the policy a reminder follows, in words."""

from __future__ import annotations

from eia.domain.digest import Line
from eia.domain.reminders import (
    ANNOUNCED,
    BEFORE,
    CHECK_IN,
    CONFIRM,
    ESCALATED,
    GIVE_DATE,
    ON_THE_DAY,
    OVERDUE,
)
from eia.mail.catalogue import translations


def rule_words(line: Line, language: str) -> str:
    """Such as "28 days before the date"."""
    _, ngettext = translations(language).gettext, translations(language).ngettext
    said = {
        ON_THE_DAY: _("On the day itself"),
        ESCALATED: _("Late for so long that the next post up hears"),
        CHECK_IN: _("From time to time, for what has no end"),
        ANNOUNCED: _("From time to time, for what waits for an event"),
        GIVE_DATE: _("From time to time, for what has no date"),
        CONFIRM: _("Some time before a date that is provisional"),
    }
    if line.rule in said:
        return said[line.rule]
    kind = BEFORE if line.rule.startswith(BEFORE) else OVERDUE
    count = line.rule.removeprefix(kind)
    if kind == BEFORE:
        return ngettext("%(n)s day before the date", "%(n)s days before the date", int(count)) % {"n": count}
    if count.endswith("d"):
        return _("Again when it is %(n)s days late") % {"n": count.removesuffix("d")}
    late = ngettext("Again when it is %(n)s week late", "Again when it is %(n)s weeks late", int(count))
    return late % {"n": count}
