"""Keeps the pages from starting with what is fatal, whatever serves them."""

from __future__ import annotations

import os

from eia.settings import Settings
from eia.usecases import deployment
from eia.wiring import build_services


class Unfit(Exception):
    """The pages may not start; the message names everything that is fatal, and the way out."""


def fit_settings() -> Settings:
    """What the environment says, once nothing about it or its database is fatal. Raises `Unfit`."""
    settings = Settings.from_environment()
    services = build_services(settings)
    try:
        wrong = deployment.fatal(settings, services, os.environ)
    finally:
        services.database.close()  # whoever asks may fork, and connections do not survive that
    if wrong:
        raise Unfit("\n".join(map(str, wrong)))
    return settings
