"""`eia check`: whether the installation may start, and whether it may be put before people."""

from __future__ import annotations

import os

import click

from eia.cli.services import settings_from_environment
from eia.settings import Settings
from eia.usecases import deployment

USUAL = 2  # what deploy/ starts


@click.command()
@click.option("--ready", metavar="URL", help="Only whether the pages that listen at URL are ready.")
@click.option("--deploy", is_flag=True, help="Everything, as it should be before people use it.")
@click.option(
    "--processes",
    type=click.IntRange(1),
    envvar="WEB_CONCURRENCY",
    default=USUAL,
    show_default=True,
    help="How many answer pages (WEB_CONCURRENCY).",
)
def check(ready: str | None, deploy: bool, processes: int) -> None:
    """Say by name what is unsafe about this installation, and the way out.

    Without --deploy only what would keep the pages from starting.
    """
    from eia.wiring import build_services

    settings = settings_from_environment()
    if ready:
        _must_be_ready(ready, settings)
        return
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


def _must_be_ready(address: str, settings: Settings) -> None:
    """Asks under the name that people use: to another one nothing is answered."""
    from urllib.error import URLError
    from urllib.request import Request, urlopen

    asked = Request(f"{address.rstrip('/')}/readyz", headers={"Host": settings.hosts[0]})  # noqa: S310 - ours
    try:
        with urlopen(asked, timeout=10) as answer:  # noqa: S310
            click.echo(answer.read().decode())
    except (URLError, OSError) as fault:
        raise click.ClickException(f"The pages at {address} are not ready: {fault}") from None
