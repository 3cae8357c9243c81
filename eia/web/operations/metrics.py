"""Where Prometheus asks how clock, mail and pages stand."""

from __future__ import annotations

import hmac

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from eia.usecases.operations import operations_state
from eia.usecases.services import Services
from eia.web.operations.blueprint import blueprint
from eia.web.page import house, public_page

_LOOPBACK = ("127.0.0.1", "::1")
_BY_A_PROXY = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")


@public_page(blueprint, "/metrics")
def metrics(services: Services) -> ResponseReturnValue:
    """Every figure, for whoever has the token; without one set, for this machine alone."""
    if not _may_read():
        abort(404)
    from eia.web import page_times  # most installations are never asked
    from eia.web.operations.figures import exposition

    figures = exposition(operations_state(services), services.now())
    return Response(figures + page_times.exposition(), content_type=page_times.CONTENT_TYPE)


def _may_read() -> bool:
    expected = house().settings.metrics_token
    if expected:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), expected.encode())
    # What a proxy on this machine passes on comes from here as well, and says so.
    passed_on = any(name in request.headers for name in _BY_A_PROXY)
    return request.remote_addr in _LOOPBACK and not passed_on
