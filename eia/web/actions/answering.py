"""A reminder answered from the mail, by whoever holds its link, without signing in."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, NotFound
from eia.usecases import one_use_links
from eia.usecases.action_progress import Update
from eia.usecases.services import Services
from eia.web.actions.blueprint import blueprint
from eia.web.actions.step_words import STEPS, Said, Step
from eia.web.limits import limit
from eia.web.page import public_page

ANSWERS = tuple(name for name, step in STEPS.items() if step.kind is not None)


@public_page(blueprint, "/answer/<token>/<name>", methods=("GET", "POST"))
def answer(services: Services, token: str, name: str) -> ResponseReturnValue:
    """One action's few facts and the answer's form; nothing changes until its button is pressed."""
    limit(f"answer {request.remote_addr}", tries=100)  # a mail scanner may look at every link of a town hall
    said = Said(request.form)
    if name not in ANSWERS:
        raise NotFound
    try:
        if request.method == "POST":
            limit(f"answer {token}")
            _answer(services, token, STEPS[name], said)
            return _private(redirect(url_for("actions.answered")))
        return _private(_form(services, token, name, said))
    except Invalid as refusal:
        said.problems = {key: gettext(text) for key, text in refusal.problems.items()}
        return _private(_form(services, token, name, said), 422)
    except NotFound:
        return _private(render_template("actions/answer_gone.html", said=said, step=STEPS[name]), 404)


@public_page(blueprint, "/answered")
def answered(services: Services) -> ResponseReturnValue:
    """It is on record; what to do next is behind the door."""
    return render_template("actions/answered.html")


def _answer(services: Services, token: str, step: Step, said: Said) -> None:
    assert step.kind is not None
    day = said.day() if step.asks == "done_on" else None
    one_use_links.answer(services, token, Update(kind=step.kind, note=said.text(step.text), done_on=day))
    flash(str(step.thanks))


def _form(services: Services, token: str, name: str, said: Said) -> str:
    others = [(each, STEPS[each]) for each in ANSWERS if each != name]
    return render_template(
        "actions/answer.html",
        asked=one_use_links.look(services, token),
        step=STEPS[name],
        said=said,
        token=token,
        others=others,
    )


def _private(shown: ResponseReturnValue, status: int | None = None) -> ResponseReturnValue:
    """The address is a secret: it is neither kept nor told to the next page."""
    response = make_response(shown)
    if status is not None:
        response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
