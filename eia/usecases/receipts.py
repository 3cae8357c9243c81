"""What a provider says afterwards of mail that it took."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from eia.store import addresses, outbox
from eia.usecases.refusals import tell_the_next_post
from eia.usecases.services import Services


class Receipt(StrEnum):
    """What became of a mail, in GOV.UK Notify's words."""

    DELIVERED = "delivered"
    PERMANENT = "permanent-failure"
    TEMPORARY = "temporary-failure"
    TECHNICAL = "technical-failure"


STATES = {
    Receipt.DELIVERED: "sent",
    Receipt.PERMANENT: "failed",
    Receipt.TEMPORARY: "expired",
    Receipt.TECHNICAL: "failed",
}


def receive(services: Services, outbox_id: UUID, receipt: Receipt) -> bool:
    """A mail that was taken came through or did not; whether that is news. The same twice changes nothing."""
    now = services.now()
    with services.database.write() as work:
        found = outbox.reported(work.connection, outbox_id, STATES[receipt], error=_error(receipt), now=now)
        if found is None:
            return False
        if receipt is Receipt.DELIVERED:
            addresses.accept(work.connection, found.recipient_id)
        else:
            refused = receipt is Receipt.PERMANENT
            tell_the_next_post(services, work, found, _error(receipt), address_refused=refused)
    return True


def _error(receipt: Receipt) -> str:
    return "" if receipt is Receipt.DELIVERED else f"The provider says: {receipt}"
