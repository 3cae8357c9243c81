"""`eia backup` and `eia restore`: everything that cannot be made again, in one file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from eia.cli.services import services_from_environment
from eia.domain.errors import Invalid
from eia.usecases import backup as backups
from eia.usecases.backup import Contents, NotCopied


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the database and the attached files into FILE, while people work."""
    with _refusals():
        _said("Backed up", backups.back_up(services_from_environment(), file))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put the backup in FILE back, where there is no database yet; all mail is on hold."""
    with _refusals():
        _said("Restored", backups.restore(services_from_environment(), file))
    click.echo("Mail is on hold: look through what waits on the page Operations, then let it go.")
    click.echo("Now run: eia audit verify")


def _said(what: str, contents: Contents) -> None:
    click.echo(
        f"{what}: the database at {contents.revision} as of {contents.made_at}, {contents.files} files."
    )


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except Invalid as refusal:
        raise click.ClickException(" ".join(refusal.problems.values())) from None
    except NotCopied as fault:
        raise click.ClickException(str(fault)) from None
