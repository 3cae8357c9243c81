"""The application for a server of its own: `gunicorn -c python:eia.web.server eia.web.wsgi:app`."""

from __future__ import annotations

from eia.web.app import create_app
from eia.web.fitness import fit_settings
from eia.wiring import build_services, set_up_logs

_settings = fit_settings()
set_up_logs()
app = create_app(build_services(_settings), _settings)
