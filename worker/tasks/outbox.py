"""Delivery."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from eia.usecases.outbox import deliver

BATCH = 100


@shared_task(bind=True, name="eia.outbox.deliver")
def deliver_outbox(self: Any) -> None:
    """Send what is due, a batch at a time, until a batch is not full."""
    while deliver(self.app.eia.services, self.app.eia.mailer, limit=BATCH).sent == BATCH:
        pass
