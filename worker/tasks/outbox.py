"""Delivery."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from eia.usecases.outbox import deliver

BATCH = 100


@shared_task(bind=True, name="eia.outbox.deliver")
def deliver_outbox(self: Any) -> None:
    """Send what is due, a batch at a time, until nothing is left that can go now."""
    while deliver(self.app.eia.services, self.app.eia.mailer, limit=BATCH).goes_on:
        pass
