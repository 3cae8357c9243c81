"""The application for a server of its own: `gunicorn eia.web.wsgi:app`."""

from __future__ import annotations

from eia.settings import Settings
from eia.web.app import create_app
from eia.wiring import build_services

_settings = Settings.from_environment()
app = create_app(build_services(_settings), _settings)
