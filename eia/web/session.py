"""Recognises a browser by a cookie that means something only while our own row says so."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from flask import Flask, Request, Response, current_app, g, request, session
from flask.sessions import SessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response as BaseResponse

from eia.usecases import sign_in
from eia.usecases.sign_in import Visit

_MESSAGES = "_flashes"  # where Flask's flash() keeps them
# These ask nothing of anybody.
_UNRECOGNISED = (
    "static",
    "operations.healthz",
    "operations.readyz",
    "operations.metrics",
    "reminders.feed",
)


class Browser(dict[str, Any], SessionMixin):
    """What Flask may hold between two pages: the CSRF secret, and messages for the next page."""


class Browsers(SessionInterface):
    """Keeps nothing but messages in the browser, signed; who is signed in is a row of ours."""

    def open_session(self, app: Flask, request: Request) -> Browser:
        """The messages that the last page left."""
        try:
            kept = _signer(app).loads(request.cookies.get("eia_messages", ""), max_age=300)
        except BadSignature:
            return Browser()
        return Browser({_MESSAGES: [tuple(each) for each in kept]})

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Leaves messages for the next page, or takes away those that were shown."""
        if messages := session.get(_MESSAGES):
            _put(response, "eia_messages", str(_signer(app).dumps(messages)))
        elif "eia_messages" in request.cookies:
            response.delete_cookie("eia_messages")


def set_up(app: Flask) -> None:
    """Every request but those for files knows who asks, before anything else looks at it."""
    app.session_interface = Browsers()
    app.before_request(_recognise)
    app.after_request(_greet)


def current_visit() -> Visit | None:
    """Whoever is signed in at the browser that asks."""
    visit: Visit | None = g.get("visit")
    return visit


def is_confirmed(visit: Visit) -> bool:
    """Whether this person gave their password within the last 15 minutes."""
    return bool(current_app.extensions["eia"].services.now() <= visit.confirmed_until)


def token() -> str:
    """What the browser's session cookie holds; "" when it has none."""
    return request.cookies.get(_cookie_name(), "")


def remember(response: BaseResponse, token: str) -> None:
    """The browser is signed in from now on, under a token it never had before."""
    _put(response, _cookie_name(), token)
    response.delete_cookie("eia_visitor")


def forget(response: BaseResponse) -> None:
    """The browser is signed out."""
    response.delete_cookie(_cookie_name(), secure=_is_secure(), httponly=True, samesite="Lax")


def _recognise() -> None:
    if request.endpoint in _UNRECOGNISED:
        return
    held = token()
    g.visit = sign_in.visit(current_app.extensions["eia"].services, held) if held else None
    session["csrf_token"] = g.visit.csrf_secret if g.visit else _visitor_secret()


def _visitor_secret() -> str:
    """For forms of people who have not signed in: bound to a cookie that only this browser has."""
    held = request.cookies.get("eia_visitor")
    if not held:
        held = g.new_visitor = secrets.token_urlsafe(32)
    return hashlib.sha256(f"csrf {held}".encode()).hexdigest()


def _greet(response: Response) -> Response:
    if new_visitor := g.get("new_visitor"):
        _put(response, "eia_visitor", new_visitor)
    return response


def _put(response: BaseResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, secure=_is_secure(), httponly=True, samesite="Lax")


def _cookie_name() -> str:
    # The prefix makes browsers refuse it from a subdomain or over http; it works only with https.
    return "__Host-eia" if _is_secure() else "eia_session"


def _is_secure() -> bool:
    return bool(current_app.extensions["eia"].settings.is_secure)


def _signer(app: Flask) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(app.secret_key), salt="eia-messages")
