"""Turns every refusal into a page, once."""

from __future__ import annotations

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, SecurityError

from eia.domain.errors import Invalid, NotAllowed, NotFound, NotReady, Refusal, Stale, Unavailable

_KNOWN_PAGES = {400, 404, 405, 413, 429, 503}


def set_up(app: Flask) -> None:
    """Whatever goes wrong below, a person gets a page that says what to do."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(500, broken)


def refused(error: Refusal) -> ResponseReturnValue:
    """A use case said no."""
    match error:
        case NotFound():
            return render_template("errors/404.html"), 404
        case NotAllowed():
            return render_template("errors/403.html", error=error), 403
        case NotReady():
            return render_template("errors/not_ready.html", error=error), 409
        case Stale():
            return render_template("errors/409.html", error=error), 409
        case Invalid():
            return render_template("errors/422.html", error=error), 422
        case Unavailable():
            return render_template("errors/503.html"), 503
    return broken(error)


def http_error(error: HTTPException) -> ResponseReturnValue:
    """Flask or Werkzeug said no; redirects pass."""
    code = error.code or 500
    # Under a host that is not ours no link can be made, and none should be.
    if code < 400 or error.response is not None or isinstance(error, SecurityError):
        return error.get_response()
    return render_template(f"errors/{code if code in _KNOWN_PAGES else 400}.html"), code


def broken(error: Exception) -> ResponseReturnValue:
    """Our fault: the log has the trace, the page has none, and asks nothing of the database."""
    return current_app.jinja_env.get_template("errors/500.html").render(), 500
