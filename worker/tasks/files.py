"""Files that no attachment names."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from eia.usecases.kept_files import discard_unreferenced


@shared_task(bind=True, name="eia.files.tidy")
def tidy_files(self: Any) -> None:
    """Take away what was left when a process ended half-way."""
    discard_unreferenced(self.app.eia.services)
