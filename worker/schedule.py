"""What is looked at when. Every round may run twice or late: each finds whatever is unfinished."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from celery.schedules import crontab

OFFICE_HOURS = "8-17"


def beat_schedule(*, lively: bool) -> dict[str, dict[str, Any]]:
    """The rounds; a lively outbox goes every few seconds, for the one process in which people watch it."""
    outbox = timedelta(seconds=5) if lively else timedelta(minutes=1)
    return {
        "reminders": _round("eia.reminders.sweep", crontab(minute="5,20,35,50", hour=OFFICE_HOURS), 600),
        "outbox": _round("eia.outbox.deliver", outbox, int(outbox.total_seconds())),
        "moves": _round("eia.moves.clock", crontab(minute="*/15"), 600),
        "audit": _round("eia.audit.seal", crontab(minute=30, hour="12,18"), 3600),
    }


def _round(task: str, schedule: Any, expires: int) -> dict[str, Any]:
    """One round; a ring that nobody answered in time is dropped, since the next one asks the same."""
    return {"task": task, "schedule": schedule, "options": {"expires": expires}}
