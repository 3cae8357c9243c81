"""`eia audit`: whether the record is as it was written."""

from __future__ import annotations

from pathlib import Path

import click

from eia.cli.services import services_in_use
from eia.domain.audit import problems_in, read_export
from eia.usecases import audit


@click.group("audit")
def audit_group() -> None:
    """Check or export the record of what happened."""


@audit_group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
def verify(file: Path | None) -> None:
    """Check every chain of events and every attached file; or the events in an exported FILE."""
    problems = _verify_file(file) if file else _verify_database()
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.ClickException(f"{len(problems)} things are not as they were written.")
    click.echo("The record is as it was written.")


@audit_group.command()
def export() -> None:
    """Print every event as a line of JSON, which the file eia/domain/audit.py alone can check."""
    for line in audit.export(services_in_use()):
        click.echo(line)


@audit_group.command()
def seal() -> None:
    """Add a checkpoint over every chain that moved since the last one."""
    click.echo(f"Sealed {audit.seal(services_in_use())} chains.")


def _verify_file(file: Path) -> tuple[str, ...]:
    with file.open(encoding="utf-8") as lines:
        chains = read_export(lines)
    click.echo(f"{len(chains)} chains, {sum(map(len, chains.values()))} events.")
    return tuple(problems_in(chains))


def _verify_database() -> tuple[str, ...]:
    found = audit.verify(services_in_use())
    click.echo(
        f"{found.chains} chains, {found.events} events, {found.checkpoints} checkpoints, "
        f"{found.moves} moves, {found.signatures} signatures, {found.files} files."
    )
    return found.problems
