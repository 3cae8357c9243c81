"""`eia begin`: the first body and the first person of a live installation."""

from __future__ import annotations

import click

from eia.cli.services import services_from_environment
from eia.domain.errors import Invalid
from eia.usecases.begin import Beginning
from eia.usecases.begin import begin as begin_installation


@click.command()
@click.option("--body", "body_name", prompt="Name of the council or other body", help="The body's name.")
@click.option(
    "--nation",
    type=click.Choice(["england", "wales", "scotland", "northern_ireland"]),
    default="england",
    show_default=True,
    help="Whose law it follows.",
)
@click.option("--name", "person_name", prompt="Your name", help="The first administrator's name.")
@click.option("--email", prompt="Your email address", help="With which they sign in.")
@click.password_option(help="Asked for when it is left out, which keeps it out of the shell's history.")
def begin(body_name: str, nation: str, person_name: str, email: str, password: str) -> None:
    """Name the body and its first administrator, on an empty database."""
    asked = Beginning(
        body_name=body_name, nation=nation, person_name=person_name, email=email, password=password
    )
    try:
        begin_installation(services_from_environment(), asked)
    except Invalid as refusal:
        raise click.ClickException(" ".join(refusal.problems.values())) from None
    click.echo("Ready. Run: eia up, then sign in and add departments, people and an equality officer.")
