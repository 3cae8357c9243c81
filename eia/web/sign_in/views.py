"""Signing in with a password, as a person of the demo, again before signing off, and signing out."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid
from eia.domain.people import Actor, Role
from eia.domain.policy import Permission
from eia.usecases import sign_in
from eia.usecases.services import Services
from eia.web import session
from eia.web.i18n import lazy_gettext
from eia.web.limits import limit
from eia.web.page import page, public_page
from eia.web.sign_in.blueprint import blueprint
from eia.web.sign_in.forms import ConfirmForm, SignInForm
from eia.web.sign_in.resume import keep, shown_back

HINTS = {
    Role.EQUALITY_OFFICER: lazy_gettext("Schedules assessments, sees all of them and imports action plans."),
    Role.AUTHOR: lazy_gettext("Leads assessments: screens, gathers evidence, consults and analyses."),
    Role.CONTRIBUTOR: lazy_gettext("Writes the parts of an assessment that they are asked for."),
    Role.CHAMPION: lazy_gettext("Reviews what others wrote, recommends it or returns it with reasons."),
    Role.HEAD_OF_SERVICE: lazy_gettext("Signs off the assessments of one department, first."),
    Role.DIRECTOR: lazy_gettext("Signs off the assessments of one department, last."),
    Role.COMMITTEE: lazy_gettext("Reads what is put before the committee."),
    Role.CABINET_MEMBER: lazy_gettext("Approves plans once scrutiny has seen them."),
    Role.ADMINISTRATOR: lazy_gettext("Looks after people and settings, and reads no assessment."),
    None: lazy_gettext("Do what an assessment promised, and say when it is done."),
}
"""What each person of the demo can show."""


@public_page(blueprint, "/sign-in", methods=("GET", "POST"))
def show(services: Services) -> ResponseReturnValue:
    """The door: in a demo, its people; elsewhere, address and password."""
    if request.method == "GET" and sign_in.front(services).is_demo:
        return redirect(url_for("sign_in.demo", next=request.args.get("next")))
    form = SignInForm()
    if form.validate_on_submit():
        limit(f"sign-in {request.remote_addr}", tries=100)  # a whole town hall may share one address
        limit(f"sign-in {(form.email.data or '').strip().lower()}")
        try:
            token = sign_in.sign_in(services, email=form.email.data or "", password=form.password.data or "")
        except Invalid as refusal:
            form.password.errors = [gettext(text) for text in refusal.problems.values()]
        else:
            return _welcome(services, token)
    return render_template("sign_in/show.html", form=form), 422 if form.errors else 200


@public_page(blueprint, "/sign-in/demo")
def demo(services: Services) -> ResponseReturnValue:
    """The demo's people, one click each."""
    return render_template("sign_in/demo.html", groups=sign_in.demo_groups(services), hints=HINTS)


@public_page(blueprint, "/sign-in/demo/<uuid:person_id>", methods=("POST",))
def enter_demo(services: Services, person_id: UUID) -> ResponseReturnValue:
    """Becomes a person of the demo."""
    return _welcome(services, sign_in.sign_in_to_demo(services, person_id))


@page(blueprint, "/sign-in/again", needs=Permission.USE, methods=("GET", "POST"))
def confirm(services: Services, actor: Actor) -> ResponseReturnValue:
    """Proves that it is still the same person, before something that only they may do."""
    form, kept = ConfirmForm(), request.form.get("kept", "")
    if request.method == "POST" and "again" not in request.form:
        kept = keep(_next())  # a form that came too late: it waits until we know who sends it
    elif request.method == "POST":
        limit(f"confirm {actor.id}")
        try:
            sign_in.confirm(services, actor, session.token(), password=form.password.data or "")
        except Invalid as refusal:
            form.password.errors = [gettext(text) for text in refusal.problems.values()]
        else:
            return shown_back(kept) if kept else redirect(_next())
    return render_template("sign_in/confirm.html", form=form, kept=kept), 422 if form.errors else 200


@public_page(blueprint, "/sign-out", methods=("POST",))
def leave(services: Services) -> ResponseReturnValue:
    """Signs out, here and in the database."""
    if held := session.token():
        sign_in.sign_out(services, held)
    response = redirect(url_for("sign_in.show"))
    session.forget(response)
    return response


def _welcome(services: Services, token: str) -> ResponseReturnValue:
    if former := session.token():  # one browser is one person: nobody stays signed in behind somebody else
        sign_in.sign_out(services, former)
    response = redirect(_next())
    session.remember(response, token)
    return response


def _next() -> str:
    """Where the person was going, if that is here and not elsewhere."""
    wanted = request.values.get("next", "")
    # "//host" and "/\host" lead away although they begin with a slash.
    is_ours = wanted.startswith("/") and wanted[1:2] not in {"/", "\\"} and wanted.isprintable()
    return wanted if is_ours else url_for("home.show")
