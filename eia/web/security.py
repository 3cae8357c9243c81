"""What every answer says to the browser, and what every form must bring."""

from __future__ import annotations

import secrets

from flask import Flask, Response, current_app, g, request
from flask_wtf import CSRFProtect

from eia.web import printable
from eia.web.session import current_visit


def set_up(app: Flask) -> None:
    """CSRF tokens bound to the session, and headers on every answer."""
    if not app.config["TRUSTED_HOSTS"]:
        raise RuntimeError(
            "Set EIA_BASE_URL to the address people use: links must not be built from any Host header."
        )
    printable.set_up(app)
    CSRFProtect(app).exempt("eia.web.operations.receipts.receipts")  # a provider's call: it has a token
    app.jinja_env.globals["nonce"] = nonce
    app.after_request(_headers)


def nonce() -> str:
    """This answer's word for its own style element."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def _headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", _content_policy())
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("X-Frame-Options", "DENY")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    # The CSRF check reads the referrer on https; other sites are told nothing.
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if current_app.extensions["eia"].settings.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store" if current_visit() else "no-cache")
    return response


def _content_policy() -> str:
    style = f" 'nonce-{g.nonce}'" if "nonce" in g else ""
    return (
        "default-src 'none'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        f"style-src 'self'{style}; frame-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
