"""Where GOV.UK Notify says what became of a mail."""

from __future__ import annotations

import hmac
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue

from eia.usecases.receipts import Receipt, receive
from eia.usecases.services import Services
from eia.web.operations.blueprint import blueprint
from eia.web.page import house, public_page


@public_page(blueprint, "/mail/receipts", methods=("POST",))
def receipts(services: Services) -> ResponseReturnValue:
    """One receipt from whoever has the token; without one set there is no such page.

    It is no form of ours and carries no cookie, so `security` lets it in without a CSRF token.
    """
    expected = house().settings.notify_callback_token
    if not expected:
        abort(404)
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), expected.encode()):
        abort(401)
    said = request.get_json(silent=True) or {}
    try:
        outbox_id, receipt = UUID(said["reference"]), Receipt(said["status"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return "", 204  # a mail of another service under the same key, or news that we do not need
    receive(services, outbox_id, receipt)
    return "", 204
