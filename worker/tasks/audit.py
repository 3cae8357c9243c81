"""The daily seal on the history."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from eia.usecases.audit import seal


@shared_task(bind=True, name="eia.audit.seal")
def seal_history(self: Any) -> None:
    """Add today's checkpoint."""
    seal(self.app.eia.services)
