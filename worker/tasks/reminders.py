"""The reminder sweep."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from eia.usecases.reminders import sweep


@shared_task(bind=True, name="eia.reminders.sweep")
def sweep_reminders(self: Any) -> None:
    """Record what should exist by today."""
    sweep(self.app.eia.services)
