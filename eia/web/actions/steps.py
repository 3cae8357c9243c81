"""What somebody says about an action: on track, late, moved, done, verified, dropped."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, NotAllowed, NotFound, Stale
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.domain.target_date import parse_target
from eia.usecases import action_progress
from eia.usecases.action_pages import action_page
from eia.usecases.services import Services
from eia.web.actions.blueprint import blueprint
from eia.web.actions.step_words import STEPS, Said, Step
from eia.web.page import page
from eia.web.wording import reading


@page(blueprint, "/actions/<uuid:action_id>/<name>", needs=Permission.USE, methods=("GET", "POST"))
def step(services: Services, actor: Actor, action_id: UUID, name: str) -> ResponseReturnValue:
    """One thing said about an action; whatever was typed survives a mistake and another's change."""
    if name not in STEPS:
        raise NotFound
    asked, said = STEPS[name], Said(request.form)
    if request.method == "GET" or _must_look_again(asked, said):
        return _show(services, actor, action_id, asked, said)
    try:
        _do(services, actor, action_id, asked, said)
    except Invalid as refusal:
        said.problems = {key: gettext(text) for key, text in refusal.problems.items()}
        return _show(services, actor, action_id, asked, said), 422
    except (NotAllowed, Stale):
        return _show(services, actor, action_id, asked, said), 409
    flash(_thanks(asked, said))
    return redirect(url_for("actions.show", action_id=action_id))


def _do(services: Services, actor: Actor, action_id: UUID, asked: Step, said: Said) -> None:
    words = said.text(asked.text)
    if asked.do is not None:
        asked.do(services, actor, action_id, words)
    elif asked.asks == "target":
        action_progress.move_target(services, actor, action_id, said.text("target"), words)
    else:
        action_progress.mark_done(services, actor, action_id, words, done_on=said.day())


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
