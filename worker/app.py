"""The Celery app. The broker is a doorbell, not a memory: messages carry no more than "look again"."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from celery import Celery

from eia.usecases.services import Services
from eia.wiring import Mailer, Settings, build_mailer, build_services

from . import traces  # noqa: F401 - to import it is to connect it
from .schedule import beat_schedule

QUEUE = "eia"
MODULES = ("reminders", "outbox", "moves", "audit", "files")


class Hands:
    """What tasks work with, built when the first one runs: a forked worker opens its own connections."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def services(self) -> Services:
        """The services of the installation."""
        return build_services(self._settings)

    @cached_property
    def mailer(self) -> Mailer:
        """Where its mail goes."""
        return build_mailer(self._settings)


def make_app(settings: Settings) -> Any:
    """An app for this installation's broker, with every task and the schedule."""
    app = Celery("eia", set_as_current=False)
    app.conf.update(
        broker_url=settings.broker_url.replace("filesystem://", "filesystem://localhost//"),
        broker_connection_retry_on_startup=True,
        broker_transport_options=_transport(settings),
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_default_queue=QUEUE,
        task_time_limit=600,  # well below the visibility timeout of Redis
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        enable_utc=True,
        timezone="Europe/London",  # the schedule keeps office hours; messages are in UTC
        beat_schedule=beat_schedule(lively=settings.broker_url.startswith(("filesystem", "memory"))),
    )
    app.eia = Hands(settings)
    # The threads pool drops a task it does not know without a word: all are registered before it starts.
    for module in MODULES:
        app.loader.import_task_module(f"{__package__}.tasks.{module}")
    app.set_default()
    app.set_current()
    app.finalize()
    return app


def queue_folder(settings: Settings) -> Path:
    """Where the embedded broker keeps its messages."""
    return settings.data_dir / "queue"


def _transport(settings: Settings) -> dict[str, Any]:
    if not settings.broker_url.startswith("filesystem"):
        return {"visibility_timeout": 3600} if settings.broker_url.startswith("redis") else {}
    folder = queue_folder(settings)
    return {
        "data_folder_in": str(folder / "in"),
        "data_folder_out": str(folder / "in"),
        "processed_folder": str(folder / "done"),
        "control_folder": str(folder / "control"),
        "store_processed": True,
        "polling_interval": 0.1,
    }
