"""What can be said about an action, and the words of the page where it is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from uuid import UUID

from eia.domain.action import ProgressKind
from eia.domain.errors import Invalid
from eia.domain.forms.dates import DateProblem, read_date
from eia.domain.people import Actor
from eia.usecases import action_progress, actions
from eia.usecases.action_pages import ActionPage
from eia.usecases.services import Services
from eia.web.i18n import lazy_gettext

PARTS = ("day", "month", "year")


@dataclass
class Said:
    """What the form of a step brought."""

    sent: Mapping[str, str]
    problems: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The text, without the spaces round it."""
        return self.sent.get(name, "").strip()

    def day(self) -> date | None:
        """The day on which it was done; nothing when all three parts are blank."""
        found = read_date(**{part: self.text(f"done_on-{part}") for part in PARTS})
        self.anchors["done_on"] = "done_on-day"
        if isinstance(found, DateProblem):
            self.anchors["done_on"] = f"done_on-{found.part}"
            raise Invalid({"done_on": found.message})
        return found


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to say about an action, on a page with one text to write and a button.

    `do` takes the text; without one the step takes more than a text.
    """

    title: str
    text: str  # what the text is called in the form: note, evidence, because
    label: str
    button: str
    thanks: str
    why_not: Callable[[ActionPage], str | None]
    do: Callable[[Services, Actor, UUID, str], None] | None = None
    kind: ProgressKind | None = None  # of what whoever leads it says, also without signing in
    hint: str = ""
    asks: str = ""  # "target" for a new date, "done_on" for a day, besides the text
    warns: bool = False


_UPDATE, _VERIFY, _CLOSE = attrgetter("not_update"), attrgetter("not_verify"), attrgetter("not_close")

STEPS = {
    "on-track": Step(
        title=lazy_gettext("It is on track"),
        text="note",
        label=lazy_gettext("Is there anything to say about it? (optional)"),
        hint=lazy_gettext("For example what has been done so far."),
        button=lazy_gettext("Say that it is on track"),
        thanks=lazy_gettext("Thank you. It is on record that this is on track."),
        do=action_progress.on_track,
        kind=ProgressKind.ON_TRACK,
        why_not=_UPDATE,
    ),
    "delayed": Step(
        title=lazy_gettext("It is delayed"),
        text="note",
        label=lazy_gettext("Why is it delayed?"),
        hint=lazy_gettext(
            "The promised date stays as it is. If you can promise another, move the date instead."
        ),
        button=lazy_gettext("Say that it is delayed"),
        thanks=lazy_gettext("Thank you. It is on record why this is delayed."),
        do=action_progress.delayed,
        kind=ProgressKind.DELAYED,
        why_not=_UPDATE,
    ),
    "move": Step(
        title=lazy_gettext("Move the date"),
        text="note",
        label=lazy_gettext("Why does the date move?"),
        hint=lazy_gettext("The old date stays in the history, beside your reason."),
        button=lazy_gettext("Move the date"),
        thanks=lazy_gettext("The date has moved."),
        why_not=_UPDATE,
        asks="target",
    ),
    "done": Step(
        title=lazy_gettext("It is done"),
        text="evidence",
        label=lazy_gettext("What shows that it is done?"),
        hint=lazy_gettext(
            "A link, a document and where it is, a figure, or what is different now. Somebody else checks."
        ),
        button=lazy_gettext("Say that it is done"),
        thanks=lazy_gettext("Thank you. Somebody else will now verify that it is done."),
        kind=ProgressKind.DONE,
        why_not=_UPDATE,
        asks="done_on",
    ),
    "verify": Step(
        title=lazy_gettext("It is done indeed"),
        text="note",
        label=lazy_gettext("What did you look at? (optional)"),
        button=lazy_gettext("Verify that it is done"),
        thanks=lazy_gettext("Verified. The action is closed."),
        do=action_progress.verify,
        why_not=_VERIFY,
    ),
    "not-verified": Step(
        title=lazy_gettext("It is not done yet"),
        text="note",
        label=lazy_gettext("What is still missing?"),
        hint=lazy_gettext("The action is open again, and its lead can read this."),
        button=lazy_gettext("Send it back"),
        thanks=lazy_gettext("Sent back. The action is open again."),
        do=action_progress.not_verified,
        why_not=_VERIFY,
    ),
    "drop": Step(
        title=lazy_gettext("Drop this action"),
        text="because",
        label=lazy_gettext("Why will it not be done?"),
        hint=lazy_gettext("The record keeps the action and shows this reason beside it."),
        button=lazy_gettext("Drop this action"),
        thanks=lazy_gettext("Dropped. The record shows why."),
        do=actions.drop_action,
        why_not=_CLOSE,
        warns=True,
    ),
    "carry-forward": Step(
        title=lazy_gettext("Carry this action forward"),
        text="because",
        label=lazy_gettext("Where does it go on, and why?"),
        hint=lazy_gettext("For example in next year's plan, under the same lead."),
        button=lazy_gettext("Carry it forward"),
        thanks=lazy_gettext("Carried forward. The record shows where it goes on."),
        do=actions.carry_forward,
        why_not=_CLOSE,
        warns=True,
    ),
}
