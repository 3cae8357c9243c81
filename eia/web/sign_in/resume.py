"""What somebody typed outlives their session: once they have signed in again, they may send it."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from itsdangerous import BadSignature, URLSafeTimedSerializer

from eia.usecases.services import Services
from eia.usecases.sign_in import LONGEST
from eia.web.page import public_page
from eia.web.session import current_visit
from eia.web.sign_in.blueprint import blueprint


@blueprint.app_errorhandler(CSRFError)
def session_ended(error: CSRFError) -> ResponseReturnValue:
    """A form came from a page of ours whose session has run out: what was typed goes back with the answer."""
    if current_visit() or not _from_here() or request.endpoint == "sign_in.resume":
        return render_template("errors/400.html"), 400
    kept = keep(request.path)
    return render_template("sign_in/ended.html", kept=kept, files=bool(request.files)), 401


@blueprint.record_once
def _without_token(state: BlueprintSetupState) -> None:
    """`resume` changes nothing: its answer asks for a click, and that click brings a token."""
    state.app.extensions["csrf"].exempt(resume)


@public_page(blueprint, "/sign-in/resume", methods=("POST",))
def resume(services: Services) -> ResponseReturnValue:
    """Shows what was typed to whoever has signed in again; they send it, or not."""
    if current_visit() is None:
        return redirect(url_for("sign_in.show"))
    return shown_back(request.form.get("kept", ""))


def keep(to: str) -> str:
    """What this request's form says, signed, to be sent to `to` later."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    return str(_signer().dumps({"to": to, "fields": fields}))


def shown_back(text: str) -> ResponseReturnValue:
    """A page with what was kept, and the button that sends it."""
    try:
        kept: dict[str, Any] = _signer().loads(text, max_age=LONGEST.seconds)
    except BadSignature:
        return render_template("errors/400.html"), 400
    return render_template("sign_in/resume.html", to=kept["to"], fields=kept["fields"])


def _from_here() -> bool:
    """Whether a page of ours sent the form: one of another site must not put words into anybody's mouth."""
    return request.headers.get("Origin", "") == request.host_url.rstrip("/")


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="eia-typed")
