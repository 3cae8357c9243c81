"""How often somebody may try what costs us time or guesses at a secret."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from flask import current_app
from werkzeug.exceptions import TooManyRequests

if TYPE_CHECKING:
    from limits.strategies import MovingWindowRateLimiter


def limit(key: str, *, tries: int = 10) -> None:
    """Counts a try; more than `tries` in five minutes under one key are refused. Raises TooManyRequests."""
    from limits import RateLimitItemPerMinute

    hashed = sha256(key.encode()).hexdigest()  # a key can be a secret, an address or megabytes: none is kept
    if not _limiter().hit(RateLimitItemPerMinute(tries, 5), hashed):
        raise TooManyRequests


def _limiter() -> MovingWindowRateLimiter:
    """Made at the first try, not at the start: most processes never see one."""
    if "limits" not in current_app.extensions:
        from limits.storage import storage_from_string
        from limits.strategies import MovingWindowRateLimiter

        storage = storage_from_string(current_app.extensions["eia"].settings.limits_url)
        current_app.extensions["limits"] = MovingWindowRateLimiter(storage)
    limiter: MovingWindowRateLimiter = current_app.extensions["limits"]
    return limiter
