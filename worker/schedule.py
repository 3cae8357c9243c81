"""What is looked at when. Every round may run twice or late: each finds whatever is unfinished."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from celery.schedules import crontab

from eia.usecases.rounds import SWEEP_HOURS, SWEEP_MINUTES


def beat_schedule(*, lively: bool) -> dict[str, dict[str, Any]]:
    """The rounds; a lively outbox goes every few seconds, for the one process in which people watch it."""
    outbox = timedelta(seconds=5) if lively else timedelta(minutes=1)
    return {
        "reminders": _round("eia.reminders.sweep", _sweeps(), 600),
        "outbox": _round("eia.outbox.deliver", outbox, int(outbox.total_seconds())),
        "moves": _round("eia.moves.clock", crontab(minute="*/15"), 600),
        "audit": _round("eia.audit.seal", crontab(minute=30, hour="12,18"), 3600),
        "files": _round("eia.files.tidy", crontab(minute=45, hour=12), 3600),
    }


def _round(task: str, schedule: Any, expires: int) -> dict[str, Any]:
    """One round; a ring that nobody answered in time is dropped, since the next one asks the same."""
    return {"task": task, "schedule": schedule, "options": {"expires": expires}}


def _sweeps() -> Any:
    return crontab(minute=",".join(map(str, SWEEP_MINUTES)), hour=",".join(map(str, SWEEP_HOURS)))
