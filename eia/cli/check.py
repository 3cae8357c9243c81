"""`eia check`: whether the installation may start, and whether it may be put before people."""

from __future__ import annotations

import os

import click

from eia.cli.services import settings_from_environment
from eia.usecases import deployment

USUAL = 2  # what deploy/ starts


@click.command()
@click.option("--deploy", is_flag=True, help="Everything, as it should be before people use it.")
@click.option(
    "--processes",
    type=click.IntRange(1),
    envvar="WEB_CONCURRENCY",
    default=USUAL,
    show_default=True,
    help="How many answer pages (WEB_CONCURRENCY).",
)
def check(deploy: bool, processes: int) -> None:
    """Say by name what is unsafe about this installation, and the way out.

    Without --deploy only what would keep the pages from starting.
    """
    from eia.wiring import build_services

    settings = settings_from_environment()
    services = build_services(settings)
    if deploy:
        found = deployment.unsafe(settings, services, os.environ, processes=processes)
    else:
        found = deployment.fatal(settings, services, os.environ)
    for each in found:
        click.echo(each, err=True)
    if found:
        raise click.ClickException(f"{len(found)} to put right.")
    click.echo(
        "Nothing here is unsafe." if deploy else "It may start. Before people use it: eia check --deploy"
    )
