"""What somebody says about an action: on track, late, moved, done, verified, dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.forms.dates import DateProblem, read_date
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.target_date import parse_target
from eia.usecases import action_progress, actions
from eia.usecases.action_pages import ActionPage, action_page
from eia.usecases.services import Services
from eia.web.actions.blueprint import blueprint
from eia.web.i18n import lazy_gettext
from eia.web.page import page
from eia.web.wording import reading

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


Verb = Callable[[Services, Actor, UUID, Said], None]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to say about an action, on a page with one text to write and a button."""

    title: str
    text: str  # what the text is called in the form: note, evidence, because
    label: str
    button: str
    thanks: str
    do: Verb
    why_not: Callable[[ActionPage], str | None]
    hint: str = ""
    asks: str = ""  # "target" for a new date, "done_on" for a day, besides the text
    warns: bool = False


def _on_track(services: Services, actor: Actor, action_id: UUID, said: Said) -> None:
    action_progress.on_track(services, actor, action_id, said.text("note"))


def _delayed(services: Services, actor: Actor, action_id: UUID, said: Said) -> None:
    action_progress.delayed(services, actor, action_id, said.text("note"))


def _move(services: Services, actor: Actor, action_id: UUID, said: Said) -> None:
    action_progress.move_target(services, actor, action_id, said.text("target"), said.text("note"))


def _done(services: Services, actor: Actor, action_id: UUID, said: Said) -> None:
    action_progress.mark_done(services, actor, action_id, said.text("evidence"), done_on=said.day())


def _verify(services: Services, actor: Actor, action_id: UUID, said: Said) -> None:
    action_progress.verify(services, actor, action_id, said.text("note"))


def _not_verified(services: Services, actor: Actor, action_id: UUID, said: Said) -> None:
    action_progress.not_verified(services, actor, action_id, said.text("note"))


def _drop(services: Services, actor: Actor, action_id: UUID, said: Said) -> None:
    actions.drop_action(services, actor, action_id, said.text("because"))


def _carry_forward(services: Services, actor: Actor, action_id: UUID, said: Said) -> None:
    actions.carry_forward(services, actor, action_id, said.text("because"))


def _not_update(found: ActionPage) -> str | None:
    return found.not_update


def _not_verify(found: ActionPage) -> str | None:
    return found.not_verify


def _not_close(found: ActionPage) -> str | None:
    return found.not_close


STEPS = {
    "on-track": Step(
        title=lazy_gettext("It is on track"),
        text="note",
        label=lazy_gettext("Is there anything to say about it? (optional)"),
        hint=lazy_gettext("For example what has been done so far."),
        button=lazy_gettext("Say that it is on track"),
        thanks=lazy_gettext("Thank you. It is on record that this is on track."),
        do=_on_track,
        why_not=_not_update,
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
        do=_delayed,
        why_not=_not_update,
    ),
    "move": Step(
        title=lazy_gettext("Move the date"),
        text="note",
        label=lazy_gettext("Why does the date move?"),
        hint=lazy_gettext("The old date stays in the history, beside your reason."),
        button=lazy_gettext("Move the date"),
        thanks=lazy_gettext("The date has moved."),
        do=_move,
        why_not=_not_update,
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
        do=_done,
        why_not=_not_update,
        asks="done_on",
    ),
    "verify": Step(
        title=lazy_gettext("It is done indeed"),
        text="note",
        label=lazy_gettext("What did you look at? (optional)"),
        button=lazy_gettext("Verify that it is done"),
        thanks=lazy_gettext("Verified. The action is closed."),
        do=_verify,
        why_not=_not_verify,
    ),
    "not-verified": Step(
        title=lazy_gettext("It is not done yet"),
        text="note",
        label=lazy_gettext("What is still missing?"),
        hint=lazy_gettext("The action is open again, and its lead can read this."),
        button=lazy_gettext("Send it back"),
        thanks=lazy_gettext("Sent back. The action is open again."),
        do=_not_verified,
        why_not=_not_verify,
    ),
    "drop": Step(
        title=lazy_gettext("Drop this action"),
        text="because",
        label=lazy_gettext("Why will it not be done?"),
        hint=lazy_gettext("The record keeps the action and shows this reason beside it."),
        button=lazy_gettext("Drop this action"),
        thanks=lazy_gettext("Dropped. The record shows why."),
        do=_drop,
        why_not=_not_close,
        warns=True,
    ),
    "carry-forward": Step(
        title=lazy_gettext("Carry this action forward"),
        text="because",
        label=lazy_gettext("Where does it go on, and why?"),
        hint=lazy_gettext("For example in next year's plan, under the same lead."),
        button=lazy_gettext("Carry it forward"),
        thanks=lazy_gettext("Carried forward. The record shows where it goes on."),
        do=_carry_forward,
        why_not=_not_close,
        warns=True,
    ),
}


@page(blueprint, "/actions/<uuid:action_id>/<name>", needs=Permission.USE, methods=("GET", "POST"))
def step(services: Services, actor: Actor, action_id: UUID, name: str) -> ResponseReturnValue:
    """One thing said about an action; whatever was typed survives a mistake and another's change."""
    if name not in STEPS:
        raise NotFound
    asked, said = STEPS[name], Said(request.form)
    if request.method == "GET" or _must_look_again(asked, said):
        return _show(services, actor, action_id, asked, said)
    try:
        asked.do(services, actor, action_id, said)
    except Invalid as refusal:
        said.problems = {key: gettext(text) for key, text in refusal.problems.items()}
        return _show(services, actor, action_id, asked, said), 422
    except (NotAllowed, Stale):
        return _show(services, actor, action_id, asked, said), 409
    flash(_thanks(asked, said))
    return redirect(url_for("actions.show", action_id=action_id))


def _show(services: Services, actor: Actor, action_id: UUID, asked: Step, said: Said) -> str:
    found = action_page(services, actor, action_id)
    refused = asked.why_not(found)
    if refused is not None and request.method == "GET":
        raise NotAllowed(refused)
    return render_template("actions/step.html", page=found, step=asked, said=said, refused=refused)


def _must_look_again(asked: Step, said: Said) -> bool:
    """A date that is not clear is shown once as it is read, before it is promised."""
    typed = said.text("target")
    if asked.asks != "target" or not typed or not said.text("note") or typed == said.text("read_as"):
        return False
    target = parse_target(typed)
    return bool(target.problems) or not target.is_certain


def _thanks(asked: Step, said: Said) -> str:
    if asked.asks != "target":
        return str(asked.thanks)
    return f"{asked.thanks} {reading(parse_target(said.text('target')))}"
