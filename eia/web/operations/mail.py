"""Mail that did not simply go, and what to do about it."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from eia.domain.errors import Invalid, NotReady
from eia.domain.people import Actor
from eia.domain.policy import Permission
from eia.usecases import mails, unsettled
from eia.usecases.services import Services
from eia.usecases.unsettled import Choice
from eia.web.operations.blueprint import blueprint
from eia.web.operations.words import CHOICES, STATES
from eia.web.page import page

_NEEDS = Permission.SEE_OPERATIONS
_ALL = "/operations/mail/all/<any(failed, expired, in_doubt, held):state>"


@page(blueprint, "/operations/mail", needs=_NEEDS)
def waiting(services: Services, actor: Actor) -> ResponseReturnValue:
    """Every mail that waits for a person, by why it waits."""
    order = tuple(STATES)
    found = sorted(unsettled.unsettled_mails(services, actor), key=lambda each: order.index(each.state))
    by_state = [(state, list(each)) for state, each in groupby(found, key=lambda each: each.state)]
    return render_template("operations/waiting.html", by_state=by_state, states=STATES)


@page(blueprint, "/operations/mail/<uuid:outbox_id>", needs=_NEEDS, methods=("GET", "POST"))
def decide(services: Services, actor: Actor, outbox_id: UUID) -> ResponseReturnValue:
    """What is to become of one mail."""
    message = mails.outbox_message(services, actor, outbox_id)
    offered = unsettled.choices(message)
    if not offered:
        return redirect(url_for("operations.message", outbox_id=outbox_id))
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            unsettled.settle(services, actor, outbox_id, _choice(), because=_because())
        except Invalid as refusal:
            problems = refusal.problems
        except NotReady as refusal:
            flash(gettext(refusal.unmet[0].message))
            return redirect(url_for("operations.waiting"))
        else:
            flash(gettext("Done: %(what)s.", what=CHOICES[_choice()][0]))
            return redirect(url_for("operations.waiting"))
    return _form(offered, problems, state=message.state, message=message)


@page(blueprint, _ALL, needs=_NEEDS, methods=("GET", "POST"))
def decide_all(services: Services, actor: Actor, state: str) -> ResponseReturnValue:
    """What is to become of every mail that waits for the same reason."""
    found = [each for each in unsettled.unsettled_mails(services, actor) if each.state == state]
    if not found:
        return redirect(url_for("operations.waiting"))
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            count = unsettled.settle_all(services, actor, state, _choice(), because=_because())
        except Invalid as refusal:
            problems = refusal.problems
        else:
            flash(ngettext("Done, for %(num)s mail.", "Done, for %(num)s mails.", count))
            return redirect(url_for("operations.waiting"))
    return _form(unsettled.choices(found[0]), problems, state=state, count=len(found))


def _form(offered: tuple[Choice, ...], problems: dict[str, str], **what: object) -> ResponseReturnValue:
    shown = render_template(
        "operations/decide.html",
        offered=[(each, *CHOICES[each]) for each in offered],
        problems={name: gettext(problem) for name, problem in problems.items()},
        chosen=request.form.get("choice", ""),
        because=_because(),
        states=STATES,
        **what,
    )
    return shown, 422 if problems else 200


def _choice() -> Choice:
    try:
        return Choice(request.form.get("choice", ""))
    except ValueError as unknown:
        raise Invalid({"choice": "Select what to do"}) from unknown


def _because() -> str:
    return request.form.get("because", "")
