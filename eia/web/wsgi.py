"""The application for a server of its own: `gunicorn -c python:eia.web.server eia.web.wsgi:app`."""

from __future__ import annotations

import os
import sys

from eia.settings import Settings
from eia.usecases import deployment
from eia.web.app import create_app
from eia.wiring import build_services, set_up_logs

_settings = Settings.from_environment()
_services = build_services(_settings)
if _wrong := deployment.fatal(_settings, _services, os.environ):
    sys.exit("\n".join(map(str, _wrong)))
set_up_logs()
app = create_app(_services, _settings)
