"""What a digest says of an occasion: what happens when, and why this person is told."""

from __future__ import annotations

from eia.domain.digest import Line, Setting, Why
from eia.domain.occasions import Occasion
from eia.domain.reminders import GIVE_DATE
from eia.mail.catalogue import translations

OCCASIONS = frozenset(occasion.value for occasion in Occasion)


def when(line: Line, day: str, language: str) -> str | None:
    """What happens on the day, which is already in words; None when it is simply due."""
    _ = translations(language).gettext
    if line.rule == GIVE_DATE:
        return _("Still open, and nothing says by when")
    said = {
        Occasion.CLOSING: _("A consultation closes on %(day)s"),
        Occasion.SILENT: _("No answer yet from %(party)s: the consultation closes on %(day)s"),
        Occasion.INVITATION: _("%(party)s is asked to answer by %(day)s"),
        Occasion.PAPERS: _("To be decided on %(day)s, and not approved yet"),
        Occasion.DECISION: _("To be decided on %(day)s"),
    }
    found = said.get(Occasion(line.promise.kind))
    return found and found % {"day": day, "party": _setting(line).party}


def why(line: Line, language: str) -> str:
    """What is asked of the person who has it, or of whoever hears because they do not act."""
    _ = translations(language).gettext
    setting = _setting(line)
    stage = {"stage": setting.stage.words(language)}
    if line.why is Why.NEXT_POST:
        return _("It is late at %(stage)s, and yours is the next post up.") % stage
    if line.why is Why.NO_LEAD:
        return _("Nobody who has it can be reached by mail, at %(stage)s. Please see to it.") % stage
    occasion = Occasion(line.promise.kind)
    if line.rule == GIVE_DATE:
        return _("It is with you, at %(stage)s.") % stage
    if occasion is Occasion.TURN and setting.returned:
        return _("It was returned to you, at %(stage)s. The reasons are on its page.") % stage
    said = {
        Occasion.TURN: _("It is with you: %(stage)s should be over by then.") % stage,
        Occasion.SIGNATURE: _("Your signature is awaited. Please read it, then sign it off or refuse."),
        Occasion.SILENT: _("You lead it. If they have answered, please say so on this page."),
        Occasion.INVITATION: _("You were invited to answer. If you have, you need do nothing more.")
        + _answer_to(setting, language),
        Occasion.PAPERS: _("You lead it, and papers go out some days before the meeting."),
        Occasion.DECISION: _("You lead it. Please see that whoever decides has it before them."),
        Occasion.REVIEW: _("You lead it. It is time to see whether what was expected came about."),
    }
    return said.get(occasion, _("You lead it."))


def page(setting: Setting, kind: str) -> str:
    """Where the occasion is seen to; whoever was invited may see no page of ours."""
    if kind == Occasion.INVITATION:
        return ""
    place = f"/assessments/{setting.assessment_id}"
    return f"{place}/consultation" if kind in (Occasion.CLOSING, Occasion.SILENT) else place


def _answer_to(setting: Setting, language: str) -> str:
    _ = translations(language).gettext
    return " " + _("Questions: %(contact)s.") % {"contact": setting.contact} if setting.contact else ""


def _setting(line: Line) -> Setting:
    assert line.promise.setting is not None  # a line is made only of an occasion that still is one
    return line.promise.setting
