"""What every request leaves behind: its id in the answer, one line in the log, and how long it took."""

from __future__ import annotations

import logging
from time import perf_counter

from flask import Flask, Response, g, request

from eia import correlation

_log = logging.getLogger(__name__)
_UNSEEN = ("static", "operations.healthz", "operations.readyz", "operations.metrics")


def set_up(app: Flask) -> None:
    """First in and last out, so that what other parts do is named and timed with it."""
    app.before_request(_begun)
    app.after_request(_answered)
    app.teardown_request(_over)


def _begun() -> None:
    g.begun_at = perf_counter()
    correlation.begin(request.headers.get(correlation.HEADER))


def _answered(response: Response) -> Response:
    """The address itself stays out of the log: it can hold a token, or what somebody searched for."""
    response.headers[correlation.HEADER] = correlation.current() or correlation.begin()
    if "begun_at" not in g or request.endpoint in _UNSEEN:
        return response
    seconds, endpoint = perf_counter() - g.begun_at, request.endpoint or "unknown"
    from eia.web.page_times import took  # a tenth of a second that the first page spends, and no start

    took(seconds, endpoint=endpoint, method=request.method, status=response.status_code)
    said = {"endpoint": endpoint, "method": request.method, "status": response.status_code}
    _log.info("Page answered", extra=said | {"took_ms": round(seconds * 1000, 1)})
    return response


def _over(fault: BaseException | None) -> None:
    correlation.end()
