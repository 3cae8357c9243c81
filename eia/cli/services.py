"""What a command is handed: the services as the environment asks for them."""

from __future__ import annotations

import click

from eia.settings import Settings, SettingsError
from eia.usecases import upkeep
from eia.usecases.services import Services
from eia.wiring import build_services


def services_from_environment() -> Services:
    """The services of the installation that the EIA_ variables name, whatever its database holds."""
    settings = settings_from_environment()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    return build_services(settings)


def services_in_use() -> Services:
    """The same, when its database is as this release expects; otherwise a sentence on what to do."""
    services = services_from_environment()
    at, expected = upkeep.revisions(services)
    if at is None:
        raise click.ClickException(
            "There is no installation here. Run: eia begin, or name one that there is "
            "with EIA_DATA_DIR or EIA_DATABASE_URL."
        )
    if at != expected:
        raise click.ClickException("The database is not as this release expects. Run: eia db upgrade")
    return services


def settings_from_environment() -> Settings:
    """The settings that the EIA_ variables give; one that cannot be used ends the command."""
    try:
        return Settings.from_environment()
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
