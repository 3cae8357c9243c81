"""`eia rulebook`: whether workflows and forms can be used, and how a workflow looks."""

from __future__ import annotations

from pathlib import Path

import click

from eia.domain.errors import NotFound
from eia.usecases import rulebook as rules
from eia.usecases.rulebook import Report


@click.group()
def rulebook() -> None:
    """Check workflows and forms, or draw them."""


@rulebook.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
def check(file: Path | None) -> None:
    """Name every fault in FILE, or in all workflows and forms, by file, table and key."""
    reports = [rules.check_file(file)] if file else list(rules.check_all())
    for report in reports:
        _print(report)
    if any(report.faults for report in reports):
        raise click.exceptions.Exit(1)


@rulebook.command()
@click.argument("name")
@click.option("--language", type=click.Choice(["en", "cy"]), default="en", help="The language of its words.")
def diagram(name: str, language: str) -> None:
    """Print the workflow NAME ("england-1") as a Mermaid diagram."""
    try:
        click.echo(rules.diagram(name, language), nl=False)
    except NotFound:
        raise click.ClickException(f"There is no workflow called {name}.") from None


@rulebook.command()
def guards() -> None:
    """Print every guard that a workflow may ask for, with its parameters."""
    for found in rules.guards():
        click.echo(f"{found.name}({', '.join(found.parameters)}): {found.summary}")


def _print(report: Report) -> None:
    for fault in report.faults:
        click.echo(fault)
    if not report.faults:
        click.echo(f"{report.name}: {report.holds}, no faults")
