"""The app for servers: `celery -A worker.production worker` and `celery -A worker.production beat`."""

from __future__ import annotations

from celery.signals import setup_logging

from eia.wiring import Settings, set_up_logs

from .app import make_app


@setup_logging.connect
def logs(**_: object) -> None:
    """Celery asks who sets up the log, and leaves it alone when somebody does."""
    set_up_logs()


app = make_app(Settings.from_environment())
