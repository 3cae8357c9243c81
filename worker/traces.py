"""What every task leaves behind: one id that it passes on, and one line in the log."""

from __future__ import annotations

import logging
from time import perf_counter
from typing import Any

from celery import signals

from eia import correlation

_log = logging.getLogger(__name__)


@signals.before_task_publish.connect
def published(headers: dict[str, Any], **_: object) -> None:
    """A task is about whatever rang for it; the clock rings for nobody, and then it is about itself."""
    headers.setdefault("correlation", correlation.current() or headers["id"])


@signals.task_prerun.connect
def begun(task: Any, task_id: str, **_: object) -> None:
    """From here on every line and every mail is about what the task is about."""
    correlation.begin(task.request.get("correlation") or task_id)
    task.request.begun_at = perf_counter()


@signals.task_postrun.connect
def over(task: Any, state: str | None = None, **_: object) -> None:
    """One line, however it ended; of a failure Celery says where it was."""
    seconds = perf_counter() - task.request.begun_at
    said = {"task": task.name, "status": state, "took_ms": round(seconds * 1000, 1)}
    _log.info("Task done", extra=said)
    correlation.end()
