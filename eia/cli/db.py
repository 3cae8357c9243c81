"""`eia db`: the shape of the database."""

from __future__ import annotations

import click

from eia.cli.services import services_from_environment
from eia.usecases import upkeep


@click.group("db")
def db_group() -> None:
    """Look at the database, or bring it up to this release."""


@db_group.command()
def upgrade() -> None:
    """Run every migration that is missing."""
    click.echo(f"The database is at {upkeep.upgrade(services_from_environment())}.")


@db_group.command()
def current() -> None:
    """Say which migration the database is at, and which this release expects."""
    at, expected = upkeep.revisions(services_from_environment())
    click.echo(f"The database is at {at or 'nothing yet'}; this release expects {expected}.")
    if at != expected:
        raise click.ClickException("Run: eia db upgrade")
