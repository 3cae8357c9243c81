"""The app for servers: `celery -A worker.production worker` and `celery -A worker.production beat`."""

from __future__ import annotations

from eia.wiring import Settings

from .app import make_app

app = make_app(Settings.from_environment())
