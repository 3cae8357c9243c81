"""What a command is handed: the services as the environment asks for them."""

from __future__ import annotations

import click

from eia.settings import Settings, SettingsError
from eia.usecases.services import Services
from eia.wiring import build_services


def services_from_environment() -> Services:
    """The services of the installation that the EIA_ variables name."""
    return build_services(settings_from_environment())


def settings_from_environment() -> Settings:
    """The settings that the EIA_ variables give; one that cannot be used ends the command."""
    try:
        return Settings.from_environment()
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
